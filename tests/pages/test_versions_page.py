"""Versioner through the router: what was published, what differs, back again, waves, rows confirmed."""

import datetime
import io
import zipfile

import pytest
import sqlalchemy as sa

from mapping.delivery import erase
from mapping.server import rate_limit
from mapping.server.datasets import datasets
from mapping.store.permission import Actor
from mapping.store.schema import CONTENT, VERSION_FILE
from mapping.store.versions import DeliveredFile
from pages.ui.frame import server, visitor
from pages.ui.versions import confirm_form, erase_form, version_actions
from tests.conftest import ARENAS, DAY, OFFERS
from tests.deliveries import NEW_ARENA, edited, written
from tests.visiting import NO_COMMENT, hand_in, press, told, words

ROLE = "Folkhälsostrateg, Region Örebro län"


@pytest.fixture
def two_versions(store):
    """Publish a second version: one arena new, one with another name."""
    rows = [dict(row) for row in ARENAS]
    rows[0]["namn"] = "Familjecentralen Björken"
    store.publish(
        store.contents(1) | {"arenor.csv": written([*rows, NEW_ARENA])},
        base=1,
        actor=Actor("redaktor@exempel.se", via="command", role=ROLE),
        comment="Öppna förskolan Ängen är ny",
        sources=[DeliveredFile("nora <b>.csv", "ab" * 32, 512)],
        accepted=[{"code": "bad-postcode", "message": "Postnumret ”713” har inte fem siffror."}],
    )
    return store


def restore(at, version, comment):
    at.selectbox(key="restore_version").set_value(version)
    at.text_area(key="restore_comment").set_value(comment)
    press(at, "restore")


def test_every_version_is_told_with_who_when_why_files_and_warnings_and_accounts_to_editors(
    visit, two_versions, request
):
    text = words(visit("versioner.py"))
    assert "2 versioner. Den senaste är version 2" in text
    for expected in (
        ROLE, "Öppna förskolan Ängen är ny", "nora &lt;b&gt;.csv, SHA-256 abababababab",
        "arenor.csv, 8 rader", "Postnumret ”713” har inte fem siffror.", "8 arenor, 6 insatser",
        "Första innehållet",
    ):  # fmt: skip
        assert expected in text, expected
    assert "redaktor@exempel.se" not in text
    request.getfixturevalue("at_own_computer")
    assert "redaktor@exempel.se" in words(visit("versioner.py"))


def test_two_versions_are_compared_and_the_address_names_them(visit, two_versions):
    at = visit("versioner.py")
    assert (at.selectbox(key="versions_fran").value, at.selectbox(key="versions_till").value) == (1, 2)
    assert "1 ny och 1 ändrad" in " ".join(expander.label for expander in at.expander)
    assert "På kartan" in [heading.value for heading in at.subheader]
    at.selectbox(key="versions_till").set_value(1).run()
    assert at.query_params["till"] == "1"
    assert "Välj två olika versioner." in words(at)
    at = visit("versioner.py", fran="2", till="1")
    assert (at.selectbox(key="versions_fran").value, at.selectbox(key="versions_till").value) == (2, 1)


@pytest.mark.parametrize("asked", ["9" * 5000, "²", "-1", "1_0", "٣" * 4000, "2" * 20])
def test_a_number_that_names_no_version_is_as_if_it_were_not_there(visit, two_versions, asked):
    at = visit("versioner.py", fran=asked, till=asked)
    assert (at.selectbox(key="versions_fran").value, at.selectbox(key="versions_till").value) == (1, 2)


def test_one_version_alone_has_nothing_to_be_compared_with(visit, store):
    at = visit("versioner.py")
    assert "Det finns bara en version, så det finns inget att jämföra med." in words(at)
    assert "1 version. Den senaste är version 1" in words(at)


def test_a_link_names_a_version_and_a_banner_shows_the_way_to_the_latest(visit, two_versions):
    text = words(visit("karta.py", version="1", arena="nora-fc"))
    assert "Du ser version 1 av uppgifterna. Den senaste är version 2." in text
    assert "Familjecentralen Eken" in text
    latest = words(visit("karta.py", arena="nora-fc"))
    assert "Familjecentralen Björken" in latest
    assert "Du ser version" not in latest


@pytest.mark.parametrize("asked", ["77", "0", "-1", "ett", "²", "9" * 5000])
def test_a_version_that_is_not_there_is_told_and_the_latest_is_shown(visit, two_versions, asked):
    text = words(visit("oversikt.py", version=asked))
    assert f"Version ”{asked}” finns inte. Du ser den senaste." in text
    assert "Dataversion 2" in text


def test_an_earlier_version_comes_back_as_a_new_one(visit, two_versions, at_own_computer):
    at = visit("versioner.py")
    restore(at, 1, "")
    assert told(at) == [NO_COMMENT]
    restore(at, 1, "Ängen öppnar först i vår")
    assert told(at) == ["Version 1 är återställd som version 3 och syns för alla."]
    assert "Återställd från version 1" in words(at)
    assert two_versions.contents(3) == two_versions.contents(1)
    assert "Dataversion 3" in words(at)


def test_going_back_to_where_a_protected_place_was_shown_is_ticked(visit, store, at_own_computer):
    contents = store.contents(1)
    for number, display in ((1, "full"), (2, "ort")):
        rows = edited(ARENAS, "nora-fc", adress_visning=display)
        changed = contents | {"arenor.csv": written(rows)}
        store.publish(changed, base=number, actor=Actor.command(), comment="Ny")
    at = visit("versioner.py")
    restore(at, 2, "")
    assert "har varit skyddad" in told(at)[0]
    assert NO_COMMENT in told(at)[0]
    restore(at, 2, "Åter")
    (refused,) = told(at)
    assert "Adressen till Familjecentralen Eken har varit skyddad" in refused
    assert store.latest().number == 3
    at.checkbox(key="restore_shows_protected").check()
    restore(at, 2, "Åter")
    assert store.latest().number == 4


def test_a_restore_decided_before_somebody_published_is_not_done(visit, two_versions, at_own_computer):
    at = visit("versioner.py")
    rows = [*OFFERS, {**OFFERS[0], "insats_id": "eken-ny"}]
    contents = two_versions.contents(2) | {"insatser.csv": written(rows)}
    two_versions.publish(contents, base=2, actor=Actor.command(), comment="Före dig")
    at.text_area(key="restore_comment").set_value("Tillbaka")
    press(at, "restore")
    assert told(at)[0].startswith("Version 3 har publicerats medan du arbetade.")
    assert two_versions.latest().number == 3


def test_a_version_is_marked_as_a_wave_and_later_ones_are_compared_with_it(
    visit, two_versions, at_own_computer
):
    question = {"ruta": "2.4-1884"}
    assert server.wave_before(server.published(2)) is None
    before = words(visit("mal.py", **question))
    at = visit("versioner.py")
    at.selectbox(key="wave_version").set_value(1)
    at.selectbox(key="wave_year").set_value(2024)
    press(at, "mark")
    assert told(at) == ["Version 1 är märkt som mätomgång 2024."]
    assert "mätomgång 2024" in words(at)
    assert server.wave_before(server.published(2)).number == 1
    assert words(visit("mal.py", **question)) != before
    at.selectbox(key="wave_version").set_value(2)
    at.selectbox(key="wave_year").set_value(2024)
    press(at, "mark")
    assert told(at) == ["Version 2 är märkt som mätomgång 2024. Märkningen har flyttats från version 1."]
    at.selectbox(key="wave_year").set_value(0)
    at.selectbox(key="wave_version").set_value(2)
    press(at, "mark")
    assert (told(at), two_versions.waves()) == (["Version 2 är inte märkt som någon mätomgång längre."], {})


def test_chosen_rows_are_confirmed_unchanged_in_one_go(visit, store, at_own_computer):
    at = visit("versioner.py")
    press(at, "confirm")
    assert told(at) == [f"Välj minst en arena att bekräfta. {NO_COMMENT}"]
    at.selectbox(key="confirm_place").set_value("1884").run()
    at.multiselect(key="confirm_arenas").set_value(["nora-fc", "nora-hus"])
    at.text_area(key="confirm_comment").set_value("Genomgång med Nora kommun")
    press(at, "confirm")
    assert told(at) == ["2 arenor är bekräftade i version 2."]
    latest = server.published(2)
    arenor, insatser = latest.tables["arenor"].frame, latest.tables["insatser"].frame
    confirmed = arenor[arenor["kontrollerad_datum"] == DAY.isoformat()]
    assert sorted(confirmed["arena_id"]) == ["nora-fc", "nora-hus"]
    offered = insatser[insatser["kontrollerad_datum"] == DAY.isoformat()]
    assert sorted(offered["insats_id"]) == ["eken-oppet", "eken-samtal", "hus-kurs"]


def test_rows_confirmed_already_make_no_new_version(visit, store, at_own_computer):
    at = visit("versioner.py")
    for _ in range(2):
        at.multiselect(key="confirm_arenas").set_value(["nora-fc"])
        at.text_area(key="confirm_comment").set_value("Genomgång")
        press(at, "confirm")
    assert told(at) == ["Uppgifterna är redan publicerade precis så. Det finns inget nytt att publicera."]
    assert store.latest().number == 2


def test_a_version_can_be_downloaded_as_it_was_and_every_attempt_is_in_the_log(
    visit, two_versions, at_own_computer, downloads
):
    at = visit("versioner.py")
    at.session_state["download"] = True
    at.run()
    assert "Ladda ned som zip" in [button.label for button in at.get("download_button")]
    archive = zipfile.ZipFile(io.BytesIO(downloads["stodkartan-version-2.zip"]))
    files = {name: archive.read(name) for name in archive.namelist()}
    assert {*files} == {*two_versions.contents(2)}
    assert b";59,5191;15,0396;" in files["arenor.csv"]
    tables = {name: data for name, data in files.items() if name.endswith(".csv")}
    for name, data in tables.items():
        assert data.startswith("\ufeff".encode()), name
        lines = data.splitlines(keepends=True)
        assert all(b";" in line and line.endswith(b"\r\n") for line in lines), name
        assert len(lines) == two_versions.version(2).counts[name.removesuffix(".csv")] + 1
    back = words(hand_in(visit("uppdatera.py"), *tables.items()))
    assert "Uppgifterna är redan publicerade precis så. Det finns inget nytt att publicera." in back
    press(at, "restore")  # without a comment: refused
    at.session_state["audit_log"] = True
    at.run()
    assert not at.exception
    text = words(at)
    for part in ("Publicera (version 2)", "Gjordes.", "Nekades. Kommentaren saknas."):
        assert part in text, part


def test_a_visitor_without_permission_sees_no_forms(visit, two_versions):
    at = visit("versioner.py")
    assert "Publicering är avstängd" in words(at)
    assert not at.text_area
    assert not [
        button
        for button in at.button
        if button.key in {"restore", "mark", "confirm", "withdraw", "erase_look"}
    ]
    assert "Logg över försök att ändra" not in [expander.label for expander in at.expander]
    assert not [button for button in at.get("download_button") if "zip" in button.label]


@pytest.mark.parametrize(
    ("act", "action"),
    [
        (version_actions.restore, "restore"),
        (version_actions.mark, "wave"),
        (version_actions.withdraw, "withdraw"),
        (erase_form.carry_out, "erase"),
        (confirm_form.confirm, "confirm"),
    ],
)
def test_calling_an_action_without_permission_is_refused_by_the_core_and_logged(
    visit, two_versions, monkeypatch, act, action
):
    at = visit("versioner.py")
    monkeypatch.setattr(version_actions, "outcome", act)
    said = {"restore_version": 1, "restore_comment": "Tillbaka", "wave_version": 1, "wave_year": 2024}
    target = erase.Target(text="Storgatan 1")
    said["erase_found"] = (target, erase.plan(two_versions, target, actor=Actor.command()))
    said |= {"withdraw_version": 2, "withdraw_reason": "Fel", "erase_reason": "Begäran"}
    said |= {"confirm_arenas": ["nora-fc"], "confirm_day": DAY, "confirm_comment": "Genomgång"}
    for key, value in said.items():
        at.session_state[key] = value
    at.run()
    assert not at.exception
    assert (two_versions.latest().number, two_versions.waves()) == (2, {})
    assert b"Storgatan 1" in two_versions.contents(1)["arenor.csv"]
    entry = two_versions.audit_log()[0]
    assert (entry.action, entry.granted) == (action, False)


def test_who_tries_again_and_again_is_told_to_wait_and_the_log_stops_growing(
    visit, two_versions, monkeypatch
):
    monkeypatch.setattr(visitor, "_ATTEMPTS", rate_limit.Rate(2))
    monkeypatch.setattr(rate_limit, "visitor_of", lambda _: "192.0.2.1")  # AppTest has no address
    at = visit("versioner.py")
    monkeypatch.setattr(version_actions, "outcome", version_actions.mark)
    for key, value in {"wave_version": 1, "wave_year": 2024}.items():
        at.session_state[key] = value
    before = len(two_versions.audit_log())
    for _ in range(4):
        at.run()
    assert len(two_versions.audit_log()) == before + 2
    is_done, sentence = at.session_state["versions_outcome"]
    assert not is_done
    assert sentence.startswith("Det har gjorts för många försök på kort tid. Försök igen om ")


def test_a_server_that_shows_a_directory_has_no_versions_and_says_so(visit):
    at = visit("versioner.py")
    assert "visar en mapp med filer och har inga versioner" in words(at)
    assert not at.header


def test_the_made_up_county_has_no_versions_and_says_so(visit, store):
    at = visit("versioner.py")
    at.query_params["data"] = "demo"
    at.run()
    assert "Exempeldata är påhittade och ändras inte" in words(at)


def test_a_database_that_goes_away_is_told_in_a_sentence_and_what_was_seen_stays(
    visit, two_versions, at_own_computer, lose_database
):
    two_versions.mark_wave(1, 2024, actor=Actor.command())
    at = visit("versioner.py")
    seen = visit("mal.py", ruta="2.4-1884")
    linked = visit("oversikt.py", version="1")
    lose_database()
    at.text_area(key="restore_comment").set_value("Tillbaka")
    press(at, "restore")
    assert "Databasen går inte att använda. Servern svarar inte." in words(at)
    for other in (seen, linked):
        other.run()
        assert not other.exception
    assert "Du ser version 1" in words(linked)


def damage_arenas_of(store, number):
    """Let what a version's arenor.csv held be something else."""
    name = (VERSION_FILE.c.version == number) & (VERSION_FILE.c.name == "arenor.csv")
    own = sa.select(VERSION_FILE.c.sha256).where(name).scalar_subquery()
    with store.engine.begin() as connection:
        connection.execute(sa.update(CONTENT).where(CONTENT.c.sha256 == own).values(packed=b"skadat"))


SENTENCE = (
    "Version {} är skadad i databasen: filen arenor.csv är inte som när den publicerades. "
    "Visa en annan version, eller återställ databasen från en säkerhetskopia."
)


def test_a_damaged_version_is_listed_as_damaged_and_is_neither_shown_restored_nor_handed_out(
    visit, two_versions, at_own_computer
):
    damage_arenas_of(two_versions, 1)
    at = visit("versioner.py")
    assert words(at).count("skadad</span>") == 1
    assert SENTENCE.format(1) in words(at)
    restore(at, 1, "Tillbaka")
    assert told(at) == [SENTENCE.format(1)]
    at.session_state["download"] = True
    at.selectbox(key="restore_version").set_value(1).run()
    at.selectbox(key="download_version").set_value(1).run()
    assert not at.exception
    assert "Ladda ned som zip" not in [button.label for button in at.get("download_button")]
    linked = visit("karta.py", version="1")
    assert f"{SENTENCE.format(1)} Du ser den senaste." in words(linked)
    assert "Dataversion 2" in words(linked)
    assert two_versions.latest().number == 2


def test_where_the_latest_version_is_damaged_the_one_before_is_shown_and_can_be_restored(
    visit, two_versions, at_own_computer
):
    visit("oversikt.py")
    datasets.cache_clear()
    damage_arenas_of(two_versions, 2)
    at = visit("karta.py")
    assert f"{SENTENCE.format(2)} Du ser version 1." in words(at)
    assert "Dataversion 1" in words(at)
    for page in ("oversikt.py", "mal.py", "kommun.py", "uppdatera.py", "om.py"):
        assert "Dataversion 1" in words(visit(page))
    at = visit("versioner.py")
    restore(at, 1, "Version 2 är skadad")
    (refused,) = told(at)
    assert "har varit skyddad" in refused  # nobody can read what version 2 protects
    at.checkbox(key="restore_shows_protected").check()
    restore(at, 1, "Version 2 är skadad")
    assert told(at) == ["Version 1 är återställd som version 3 och syns för alla."]
    assert "Dataversion 3" in words(at)


def test_a_version_whose_row_is_damaged_is_listed_beside_the_others(visit, two_versions, at_own_computer):
    with two_versions.engine.begin() as connection:
        damage = "UPDATE version SET created_at = '?', counts = '{', kind = 'x' WHERE number = 1"
        connection.execute(sa.text(damage))
        connection.execute(sa.text("UPDATE audit SET detail = '{', at = '?'"))
    at = visit("versioner.py")
    at.session_state["audit_log"] = True
    at.run()
    assert not at.exception
    text = words(at)
    assert "Version 1 är skadad i databasen: det som står om versionen är inte som när den" in text
    assert "okänd tid" in text
    assert "Öppna förskolan Ängen är ny" in text


def test_a_form_that_was_opened_tomorrow_is_drawn_when_the_clock_is_set_back(
    visit, store, at_own_computer, monkeypatch
):
    at = visit("versioner.py")
    for days in (1, 0, 2000, -2000):
        monkeypatch.setattr(server, "calendar_day", lambda days=days: DAY + datetime.timedelta(days=days))
        at.run()
        assert not at.exception
        assert at.date_input[0].value <= server.calendar_day()


@pytest.mark.parametrize(
    ("act", "choice"), [(version_actions.restore, "restore_version"), (version_actions.mark, "wave_version")]
)
def test_a_version_that_is_called_something_else_by_now_is_chosen_anew(
    visit, two_versions, monkeypatch, act, choice
):
    at = visit("versioner.py")
    monkeypatch.setattr(version_actions, "outcome", act)
    at.session_state["wave_year"] = 2024
    at.session_state[choice] = "Version 1, som den hette när sidan öppnades"
    before = len(two_versions.audit_log())
    at.run()
    is_done, sentence = at.session_state["versions_outcome"]
    assert not is_done
    assert sentence == "Listan över versioner har ändrats sedan du öppnade sidan. Välj igen."
    assert (two_versions.latest().number, len(two_versions.audit_log())) == (2, before)


def test_arenas_of_the_same_name_are_told_apart_where_they_are_chosen(visit, store, at_own_computer):
    rows = [*ARENAS, dict(ARENAS[0]) | {"arena_id": "nora-tva", "adress": "En annan gata 2"}]
    actor = Actor("redaktor@exempel.se", via="command", role=ROLE)
    contents = store.contents(1) | {"arenor.csv": written(rows)}
    store.publish(contents, base=1, actor=actor, comment="En till med samma namn")
    options = visit("versioner.py").multiselect(key="confirm_arenas").options
    assert len(set(options)) == len(rows)
    assert f"{ARENAS[0]['namn']} (nora-tva)" in options
    assert ARENAS[1]["namn"] in options


def test_a_version_is_withdrawn_with_its_reason_and_a_link_to_it_says_so(
    visit, two_versions, at_own_computer
):
    at = visit("versioner.py")
    at.selectbox(key=version_actions.WITHDRAWN).set_value(2)
    assert "Skälet saknas" in told(press(at, "withdraw"))[0]
    at.text_area(key=version_actions.WITHDRAW_REASON).set_value("Fel län")
    assert told(press(at, "withdraw")) == ["Version 2 är återkallad. Den som visas är version 1."]
    text = words(visit("versioner.py"))
    assert "återkallad</span> Fel län" in text
    assert "Öppna förskolan Ängen är ny" not in text
    assert "Det finns bara en version" in text
    linked = words(visit("karta.py", version="2"))
    assert "Version 2 är återkallad och visas inte. Skälet: Fel län Du ser den senaste." in linked
    at = visit("versioner.py")
    at.text_area(key=version_actions.WITHDRAW_REASON).set_value("Fel län")
    assert "är den enda som kan visas" in told(press(at, "withdraw"))[0]


def test_an_editor_sees_where_something_stands_and_erases_it_from_every_version(
    visit, two_versions, at_own_computer
):
    at = visit("versioner.py")
    at.text_input(key=erase_form.TEXT).set_value("Storgatan 1")
    at = press(at, "erase_look")
    assert "Version 1: 1 ställe." in words(at)
    assert "Version 2: 1 ställe." in words(at)
    assert b"Storgatan 1" in two_versions.contents(1)["arenor.csv"]
    assert "Skälet saknas" in told(press(at, "erase"))[0]
    at.text_area(key=erase_form.REASON).set_value("Begäran")
    assert "Säkerhetskopior" in told(press(at, "erase"))[0]
    for number in (1, 2):
        assert b"Storgatan" not in two_versions.contents(number)["arenor.csv"]
    entry = two_versions.audit_log(1)[0]
    assert (entry.action, entry.detail["reason"]) == ("erase", "Begäran")
    at = visit("versioner.py")
    at.radio(key=erase_form.KIND).set_value(erase_form.OF_CELL).run()
    assert "Skriv vilken rad och vilken kolumn det gäller." in told(press(at, "erase_look"))[0]
    at.text_input(key=erase_form.ROW).set_value("nora-fc")
    assert "Skriv vilken kolumn" in told(press(at, "erase_look"))[0]
    at.text_input(key=erase_form.COLUMN).set_value("postnummer")
    at = press(at, "erase_look")
    at.text_area(key=erase_form.REASON).set_value("Begäran")
    press(at, "erase")
    for number in (1, 2):
        assert b"71331" not in two_versions.contents(number)["arenor.csv"]
        assert b"nora-fc" in two_versions.contents(number)["arenor.csv"]
