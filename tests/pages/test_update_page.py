"""Uppdatera through the router: files are checked, previewed and published by those who may."""

import datetime
import html
import re

import pytest

from mapping.contract.schema import TABLES
from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.delivery.templates import workbook_template
from mapping.settings import settings
from mapping.store.permission import Actor, Policy
from mapping.tables.csv_file import LARGEST_FILE_BYTES
from pages.ui.frame import server, visitor
from pages.ui.update import publish_form
from tests.bad_files import bad_files
from tests.conftest import ARENAS, DAY, OFFERS, fill
from tests.deliveries import NEW_ARENA, arenas_in, edited, workbook, written
from tests.registers import PER_MUNICIPALITY, REGISTERS
from tests.visiting import NO_COMMENT, hand_in, press, told, words

PERSONAL = "19811218-9876"
COMMENT = "Uppgifter från Nora efter mötet i november"


def nora(*extra, **changed):
    """Give Nora's arenas, the first of them changed, as an older Swedish Excel writes them."""
    first, *rest = arenas_in("1884")
    return "nora.csv", written([first | changed, *rest, *extra], delimiter=";", encoding="cp1252")


def publish(at, *, comment=COMMENT):
    at.text_area(key="publish_comment").set_value(comment)
    return press(at, "publish")


def headings(at):
    return [heading.value for heading in at.header]


def test_before_any_file_there_are_templates_and_nothing_to_publish(visit, store, at_own_computer):
    at = visit("uppdatera.py")
    assert headings(at) == ["Mallar"]
    labels = [button.label for button in at.get("download_button")]
    assert labels == ["Ladda ned mall för Excel", "Ladda ned mall som CSV"]
    assert not [button for button in at.button if button.key == "publish"]
    assert "Lämna en eller flera filer" in words(at)


def test_a_faulty_file_is_told_row_by_row_and_cannot_be_published(visit, store, at_own_computer):
    name, content = nora({**NEW_ARENA, "arenatyp": "lekplats"})
    at = hand_in(visit("uppdatera.py"), (name, content))
    text = words(at)
    assert "1 fel måste rättas innan uppgifterna kan publiceras." in text
    assert "nora.csv, arenor, rad 4, kolumn arenatyp" in text
    assert "lekplats" in text
    assert headings(at) == ["Kontroll"]
    labels = [button.label for button in at.get("download_button")]
    assert "Ladda ned listan för Excel" in labels
    assert "Ladda ned nora.csv med kolumnen Att rätta" in labels
    assert store.latest().number == 1


def test_a_register_without_types_is_arenas_and_not_localities(visit, store, at_own_computer):
    rows = [f"Förskolan {number};Nora;Gatan {number};59,5;15,04" for number in range(60)]
    text = "\r\n".join(["Namn;Kommun;Adress;Latitud;Longitud", *rows])
    shown = words(hand_in(visit("uppdatera.py"), ("forskolor.csv", text.encode())))
    assert "forskolor.csv: läst som arenor." in shown
    assert "Kolumnen arenatyp saknas. Filens kolumner liknar dem i arenor: namn, kommun, adress" in shown
    assert "1 fel måste rättas innan uppgifterna kan publiceras." in shown
    at = hand_in(visit("uppdatera.py"), ("mall-arenor.xlsx", workbook_template("arenor", filled=True)))
    assert "mall-arenor.xlsx: läst som arenor." in words(at)
    assert "Publicera" in headings(at)


def test_what_a_register_does_not_say_is_asked_once_for_all_its_rows(visit, store, at_own_computer):
    (name, (make, kind)), *_ = REGISTERS.items()
    at = hand_in(visit("uppdatera.py"), (name, make()))
    assert "Kolumnen arenatyp saknas." in words(at)
    (choice,) = [one for one in at.selectbox if one.label.startswith("Vilken typ är alla arenor")]
    assert choice.value is None
    choice.set_value(kind).run()
    assert "Kolumnen arenatyp saknas." not in words(at)
    assert "Publicera" in headings(at)


@pytest.mark.parametrize("name", REGISTERS)
def test_a_register_is_added_in_five_steps(name, visit, store, at_own_computer):
    make, kind = REGISTERS[name]
    at = hand_in(visit("uppdatera.py"), (name, make()))
    if kind:
        (choice,) = [one for one in at.selectbox if one.label.startswith("Vilken typ är alla arenor")]
        choice.set_value(kind).run()
    at.checkbox(key="publish_accepts").check()
    at.text_area(key="publish_comment").set_value(COMMENT)
    press(at, "publish")
    assert told(at) == ["Version 2 är publicerad och syns för alla."]
    arenor = server.published(2).arenor
    assert len(arenor) == len(ARENAS) + PER_MUNICIPALITY * len(MUNICIPALITIES)
    assert {row["arena_id"] for row in ARENAS} <= {*arenor.index}
    new = arenor.drop(index=[row["arena_id"] for row in ARENAS])
    assert new[["kommunkod", "adress", "postnummer"]].notna().all(axis=None)
    assert not kind or set(new["arenatyp"]) == {kind}


def test_two_files_that_are_each_within_the_limit_are_published_as_one_table(visit, store, at_own_computer):
    row = {"kommun": "Nora", "datum": "2026-10-01", "typ": "behov", "kalla": "Mötet"}
    halves = [[{**row, "text": f"{half} {n} " + "lek " * 8_000} for n in range(180)] for half in "ab"]
    files = [(f"dialog {number}.csv", written(rows)) for number, rows in enumerate(halves)]
    assert sum(len(content) for _, content in files) > LARGEST_FILE_BYTES
    at = publish(hand_in(visit("uppdatera.py"), *files))
    assert told(at) == ["Version 2 är publicerad och syns för alla."]
    assert len(server.published(2).dialog) >= 360


def test_notes_under_a_table_and_what_is_not_population_are_told_once(visit, store, at_own_computer):
    name, content = nora(NEW_ARENA)
    notes = "\r\n".join(["", "Källa: kommunen", *["Anteckning"] * 27]).encode("cp1252")
    at = hand_in(visit("uppdatera.py"), (name, content + notes))
    at.session_state["findings_note"] = True
    assert words(at.run()).count("28 rader, från och med ”Källa: kommunen”, under tabellen") == 1
    counts = '"region","år","ålder","Förvärvsarbetande"\n"1884 Nora","2022","16+ år","5"\n'
    at = hand_in(visit("uppdatera.py"), ("befolkning.csv", counts.encode()))
    assert "Tabellen räknar ”Förvärvsarbetande” och läses inte som befolkning." in words(at)
    assert not [button for button in at.button if button.key == "publish"]
    next(one for one in at.selectbox if "Förvärvsarbetande" in one.label).set_value("antal").run()
    assert "befolkning.csv: läst som befolkning." in words(at)


def test_what_other_programs_make_of_cells_is_asked_about_or_told_once(visit, store, at_own_computer):
    more = [
        {**NEW_ARENA, "arena_id": f"ny-{number}", "namn": f"PÃ¤rlan {number}", "kommunkod": f"Solna {number}"}
        for number in range(5)
    ]
    odd = {"lat": "6600116", "lon": "1456664", "start_datum": "1905-07-11", "ort": "NULL"}
    at = visit("uppdatera.py")
    for kind in ("warn", "note"):
        at.session_state[f"findings_{kind}"] = True
    text = words(hand_in(at, nora({**NEW_ARENA, **odd}, *more)))
    for sentence in (
        "”Solna 0” är ingen kommun i Örebro län.",
        "Gäller 5 ställen, bland dem ”Solna 1”, ”Solna 2” och ”Solna 3”.",
        "Ska det vara ”Pärlan”?",
        "i lat och lon är i RT 90 och har lästs som lat 59,519",
        "Menade du 2019?",
        "Celler med ”NULL” har lästs som tomma, i ort.",
    ):
        assert sentence in text
    assert not re.search(r"[^\W\d_] [.,;]|\(\)|[,:;]\.", " ".join(part.value for part in at.markdown))
    squeezed = b'"namn;arenatyp;kommun"\n"Eken;bvc;Nora"\n'
    text = words(hand_in(visit("uppdatera.py"), ("arenor.csv", squeezed)))
    assert "Alla kolumner står i en och samma cell på varje rad." in text
    assert "1 fel måste rättas" in text


def test_what_is_hidden_in_a_workbook_is_a_warning_before_it_is_published(visit, store, at_own_computer):
    def hide(book):
        book["arenor"].row_dimensions[3].hidden = True

    rows = [*arenas_in("1884"), NEW_ARENA]
    cells = [[*NEW_ARENA], *([row.get(name) for name in NEW_ARENA] for row in rows)]
    at = hand_in(visit("uppdatera.py"), ("nora.xlsx", workbook({"arenor": cells}, hide)))
    at.session_state["findings_warn"] = True
    assert "1 dold rad (3) har lästs." in words(at.run())
    assert "publish_accepts" in [box.key for box in at.checkbox]


BASICS = [{name: row[name] for name in ("arena_id", "namn", "arenatyp", "kommunkod")} for row in ARENAS]
NEW = {"arenatyp": "bvc", "huvudman": "Kommunen"}
OFFER = {"insats_id": "ny", "arena_id": "nora-fc", "namn": "Ny", "preventionsniva": "universell"}


@pytest.mark.parametrize(
    ("table", "rows", "sentence", "changed"),
    [
        # columns that the file lacks, and cells that it empties
        ("arenor", edited(BASICS, "nora-fc", namn="Boken"), "1 ändrad", {"nora-fc": {"namn": "Boken"}}),
        (
            "arenor", [row | {"huvudman": ""} for row in BASICS],
            "huvudman är tom i filen; 5 publicerade uppgifter i kolumnen försvinner.",
            {row["arena_id"]: {"huvudman": ""} for row in ARENAS},
        ),
        # ids that the file lacks, and names that are near or only look alike
        (
            "arenor", [dict([*row.items()][1:], huvudman="Kommunen") for row in BASICS[:2]],
            "Det som redan är publicerat behåller sitt id om namnet är detsamma.",
            {"nora-fc": {"huvudman": "Kommunen"}, "nora-hus": {"huvudman": "Kommunen"}},
        ),
        (
            "arenor", [{"namn": "Familjecentral Eken", "arenatyp": "familjecentral", "kommun": "Nora"}],
            "arenor.csv, arenor, rad 2, kolumn namn … kan vara ”Familjecentralen Eken” på rad 2 i de",
            {"nora-familjecentral-eken": {"namn": "Familjecentral Eken"}},
        ),
        (
            "arenor", [{"namn": name, "kommun": "Nora", **NEW} for name in ("Håbo", "Habo")], "Arenor: 2 nya",
            {"nora-habo": {"namn": "Håbo"}, "nora-habo-2": {"namn": "Habo"}},
        ),
        ("arenor", [{"namn": "Ny", "kommun": "Håbo", **NEW}], "”Håbo” är ingen kommun i Örebro län.", None),
        # ages, several values and municipalities as people write them
        (
            "insatser",
            [
                OFFER | {"insats_id": f"ny-{number}", "ålder": text}
                for number, text in enumerate(("fr.o.m. 13", "6–18 mån", "åk 7–9"))
            ],
            "Månader avrundas nedåt, och en årskurs är den vanliga åldern där.",
            {
                "ny-0": {"alder_fran": "13"}, "ny-1": {"alder_fran": "0", "alder_till": "1"},
                "ny-2": {"alder_fran": "13", "alder_till": "15"},
            },
        ),
        ("insatser", [OFFER | {"ålder": "alla åldrar"}], "eller ett spann, till exempel 0–6", None),
        (
            "insatser", [OFFER | {"preventionsniva": "universell, selektiv"}], "Insatser: 1 ny",
            {"ny": {"preventionsniva": "universell | selektiv"}},
        ),
        (
            "insatser", [OFFER | {"preventionsniva": "universell, basal"}],
            "Flera värden skrivs så här: universell | selektiv", None,
        ),
        (
            "arenor", [{"namn": text, "kommun": text, **NEW} for text in ("1880.0", "1880 Örebro")], "2 nya",
            {"orebro-1880-0": {"kommunkod": "1880"}, "orebro-1880-orebro": {"kommunkod": "1880"}},
        ),
        ("arenor", [{"namn": "Ny", "kommun": "Örebro stad", **NEW}], "Menade du ”Örebro”?", None),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("store", "at_own_computer")
def test_what_a_file_means_is_told_and_that_alone_is_changed(visit, table, rows, sentence, changed):
    def known(number):
        frame = server.published(number).tables[table].canonical.set_index(TABLES[table].key)
        return {key: filled(row) for key, row in frame.to_dict("index").items()}

    def filled(row):
        return {name: cell for name, cell in row.items() if cell}

    at = visit("uppdatera.py")
    for kind in ("warn", "note"):
        at.session_state[f"findings_{kind}"] = True
    hand_in(at, (f"{table}.csv", written(rows, delimiter=";")))
    shown = html.unescape(words(at))
    assert all(part in shown for part in sentence.split(" … "))
    if changed is None:
        assert not [button for button in at.button if button.key == "publish"]
        return
    for box in [box for box in at.checkbox if box.key == "publish_accepts"]:
        box.check()
    publish(at)
    assert told(at) == ["Version 2 är publicerad och syns för alla."]
    before, after = known(1), known(2)
    assert {*after} == {*before, *changed}
    for key, row in after.items():
        assert row == filled(before.get(key, row) | changed.get(key, {}))


def test_personal_data_stops_everything_and_is_never_repeated(visit, store, at_own_computer):
    at = hand_in(visit("uppdatera.py"), nora(anmarkning=f"Ring Anna, {PERSONAL}"))
    text = words(at) + str(at.main)
    assert "Filerna innehåller personuppgifter" in text
    for secret in (PERSONAL, "9876"):
        assert secret not in text
    labels = [button.label for button in at.get("download_button")]
    assert not [label for label in labels if "Att rätta" in label]
    assert (headings(at), [version.number for version in store.versions()]) == (["Kontroll"], [1])
    assert PERSONAL not in str(store.audit_log())


def test_an_unknown_column_is_pointed_out_on_screen_and_remembered_for_the_next_file(
    visit, store, at_own_computer
):
    rows = [{("Vem som driver" if k == "huvudman" else k): v for k, v in row.items()} for row in ARENAS]
    at = hand_in(visit("uppdatera.py"), ("arenor.csv", written(rows)))
    choice = next(one for one in at.selectbox if "Vem som driver" in one.label)
    assert choice.value == "?"
    choice.set_value("huvudman").run()
    assert not at.exception
    assert next(one for one in at.selectbox if "Vem som driver" in one.label).value == "huvudman"
    assert list(store.columns().values()) == [{"Vem som driver": "huvudman"}]
    again = hand_in(visit("uppdatera.py"), ("fler arenor.csv", written(rows)))
    assert next(one for one in again.selectbox if "Vem som driver" in one.label).value == "huvudman"
    assert "okänd och används inte" not in words(again)


def test_one_municipality_s_file_says_what_stays_and_publishes_only_its_part(visit, store, at_own_computer):
    reader = visit("oversikt.py")
    assert "Dataversion 1" in words(reader)
    at = hand_in(visit("uppdatera.py"), nora(NEW_ARENA, namn="Familjecentralen Björken"))
    text = words(at)
    assert "Leveransen lägger till 1 arena och uppdaterar 2 arenor som redan finns." in text
    assert "5 arenor som filerna inte nämner står kvar." in text
    assert "1 ny och 1 ändrad" in " ".join(expander.label for expander in at.expander)
    assert headings(at) == ["Kontroll", "Det här ändras", "Publicera"]
    publish(at)
    assert told(at) == ["Version 2 är publicerad och syns för alla."]
    latest = server.published(2)
    assert len(latest.arenor) == len(ARENAS) + 1
    assert latest.arenor.loc["nora-fc", "namn"] == "Familjecentralen Björken"
    version = store.version(2)
    assert (version.comment, version.sources[0].name) == (COMMENT, "nora.csv")
    assert not at.file_uploader[0].value
    assert "Dataversion 2" in words(reader.run())


def test_warnings_have_to_be_accepted_and_are_kept_with_the_version(visit, store, at_own_computer):
    at = publish(hand_in(visit("uppdatera.py"), nora({**NEW_ARENA, "postnummer": "713"})), comment="")
    assert told(at) == [f"Kryssa i att du har sett varningarna. {NO_COMMENT}"]
    publish(at)
    assert (told(at), store.latest().number) == (["Kryssa i att du har sett varningarna."], 1)
    at.checkbox(key="publish_accepts").check()
    press(at, "publish")
    assert told(at) == ["Version 2 är publicerad och syns för alla."]
    assert [finding["code"] for finding in store.version(2).accepted] == ["bad-postcode"]


def test_the_three_ways_say_what_goes_and_what_does_is_published_only_when_it_is_written_in_words(
    visit, store, at_own_computer
):
    at = hand_in(visit("uppdatera.py"), ("arenor.csv", written(ARENAS[4:])))
    assert not [box for box in at.text_input if box.key == "publish_words"]
    add, part, whole = at.radio[0].options
    assert add.startswith("Lägg till och ändra: ")
    assert add.endswith("står kvar. Inget tas bort.")
    assert part.startswith("Ersätt det som filerna rör: ")
    assert whole.endswith("tas bort. 4 arenor och 5 insatser tas bort.")
    at.radio[0].set_value("whole").run()
    assert "4 av 4 publicerade arenor i Kumla och Nora tas bort." in words(at)
    at.checkbox(key="publish_accepts").check()
    publish(at)
    (sentence,) = told(at)
    assert "4 arenor och 5 insatser tas bort" in sentence
    assert store.latest().number == 1
    at.text_input(key="publish_words").set_value("4 arenor och 5 insatser tas bort")
    press(at, "publish")
    assert told(at) == ["Version 2 är publicerad och syns för alla."]
    assert store.version(2).counts["arenor"] == 3


def test_what_is_protected_is_shown_again_only_when_that_is_ticked(visit, store, at_own_computer):
    rows = edited(arenas_in("1881"), "kumla-skydd", adress_visning="full")
    at = hand_in(visit("uppdatera.py"), ("kumla.csv", written(rows)))
    assert "Adressen till Skyddat stöd" in at.checkbox(key="publish_shows_protected").label
    at.checkbox(key="publish_accepts").check()
    publish(at)
    (refused,) = told(at)
    assert "Adressen till Skyddat stöd har varit skyddad" in refused
    assert store.latest().number == 1
    at.checkbox(key="publish_shows_protected").check()
    press(at, "publish")
    assert told(at) == ["Version 2 är publicerad och syns för alla."]
    without = [{k: v for k, v in row.items() if k != "adress_visning"} for row in arenas_in("1881")]
    at = hand_in(visit("uppdatera.py"), ("kumla.csv", written(without)))
    assert not [box for box in at.checkbox if box.key == "publish_shows_protected"]


def test_a_comment_without_personal_data_is_required_and_what_was_written_stays(
    visit, store, at_own_computer
):
    at = hand_in(visit("uppdatera.py"), nora(NEW_ARENA))
    at.text_input(key="publish_role").set_value("Folkhälsostrateg")
    publish(at, comment=" ")
    assert told(at) == [NO_COMMENT]
    publish(at, comment=f"Enligt Anna {PERSONAL}")
    assert "Det finns en personuppgift i kommentaren." in told(at)[0]
    at.text_input(key="publish_role").set_value(PERSONAL)
    publish(at, comment=f"Enligt Anna {PERSONAL}")
    assert "Det finns en personuppgift i kommentaren och funktionen." in told(at)[0]
    assert store.latest().number == 1
    at.text_input(key="publish_role").set_value("Folkhälsostrateg")
    publish(at)
    assert store.version(2).role == "Folkhälsostrateg"


def test_who_published_meanwhile_is_not_overwritten_and_the_preview_is_made_anew(
    visit, store, at_own_computer
):
    at = hand_in(visit("uppdatera.py"), nora(NEW_ARENA))
    contents = store.contents(1)
    insatser = written([*OFFERS, {**OFFERS[0], "insats_id": "eken-ny", "namn": "Sångstund"}])
    store.publish(contents | {"insatser.csv": insatser}, base=1, actor=Actor.command(), comment="Före dig")
    publish(at)
    sentence = (
        "Version 2 har publicerats medan du arbetade. Ingenting har skrivits över. "
        "Granska skillnaderna mot den versionen och publicera sedan."
    )
    assert told(at) == [sentence]
    assert "Granskningen här är ny och jämför med den." in words(at)
    assert store.latest().number == 2
    publish(at)
    assert told(at) == ["Version 3 är publicerad och syns för alla."]
    latest = server.published(3)
    assert "eken-ny" in latest.insatser.index
    assert "nora-angen" in latest.arenor.index


def test_what_is_published_already_is_not_published_again(visit, store, at_own_computer):
    at = hand_in(visit("uppdatera.py"), ("arenor.csv", written(ARENAS)))
    assert "Uppgifterna är redan publicerade precis så. Det finns inget nytt att publicera." in words(at)
    assert not at.text_area


def test_who_may_not_publish_can_check_files_sees_no_form_and_nothing_protected(visit, store):
    at = visit("uppdatera.py")
    assert "Här kan du kontrollera filer, men inte publicera." in words(at)
    hand_in(at, nora(NEW_ARENA))
    assert "Det här ändras" in headings(at)
    assert not at.text_area
    assert not [button for button in at.button if button.key == "publish"]
    rows = [{**row, "adress": row.get("adress", "") + " B"} for row in arenas_in("1881")]
    assert "Hemliga" not in words(hand_in(visit("uppdatera.py"), ("kumla.csv", written(rows))))


def test_a_visitor_s_right_guess_of_what_is_protected_looks_as_a_wrong_one(visit, store):
    shown = []
    for postcode in ("69230", "69231"):
        rows = edited(arenas_in("1881"), "kumla-skydd", postnummer=postcode)
        at = hand_in(visit("uppdatera.py"), ("kumla.csv", written(rows, delimiter=";")))
        assert "Det här ändras" in headings(at)
        shown.append(words(at).replace(postcode, ""))
    assert shown[0] == shown[1]


def test_calling_publish_without_permission_is_refused_by_the_core_and_logged(visit, store, monkeypatch):
    at = hand_in(visit("uppdatera.py"), nora(NEW_ARENA))
    monkeypatch.setattr(publish_form, "outcome", publish_form.publish)
    at.session_state["publish_comment"] = COMMENT
    at.run()
    assert not at.exception
    assert store.latest().number == 1
    entry = store.audit_log()[0]
    assert (entry.action, entry.granted) == ("publish", False)
    assert entry.reason.startswith("Publicering är avstängd: ingen inloggning är inställd")


@pytest.mark.parametrize(
    ("account", "number"), [("redaktor@exempel.se", 2), ("lasare@exempel.se", 1), (None, 1)]
)
def test_with_sign_in_only_a_listed_account_may_publish(visit, store, monkeypatch, account, number):
    via = "oidc" if account else "page"
    monkeypatch.setattr(visitor, "actor", lambda role="": Actor(account, via=via, role=role))
    editors = frozenset({"redaktor@exempel.se"})
    monkeypatch.setattr(visitor, "policy", lambda: Policy(editors, has_sign_in=True))
    at = hand_in(visit("uppdatera.py"), nora(NEW_ARENA))
    monkeypatch.setattr(publish_form, "outcome", publish_form.publish)
    at.session_state["publish_comment"] = COMMENT
    at.run()
    assert (store.latest().number, store.audit_log()[0].account) == (number, account)


def test_a_server_that_shows_a_directory_checks_files_and_publishes_nothing(
    visit, at_own_computer, county_directory
):
    at = visit("uppdatera.py", data=county_directory)
    assert "Den här servern visar en mapp med filer." in words(at)
    hand_in(at, nora(NEW_ARENA))
    assert headings(at) == ["Kontroll", "Det här ändras"]
    assert not at.text_area


def test_a_database_that_goes_away_while_somebody_works_is_told_in_a_sentence(
    visit, store, at_own_computer, lose_database
):
    at = hand_in(visit("uppdatera.py"), nora(NEW_ARENA))
    lose_database()
    publish(at)
    assert told(at) == ["Databasen går inte att använda. Servern svarar inte."]
    hand_in(at, nora({**NEW_ARENA, "namn": "Öppna förskolan Åsen"}))
    assert "Databasen går inte att använda. Servern svarar inte." in words(at)
    hand_in(visit("uppdatera.py"), nora(NEW_ARENA))


def test_the_made_up_county_is_never_published_to(visit, store, at_own_computer):
    at = visit("uppdatera.py")
    at.query_params["data"] = "demo"
    hand_in(at, nora(NEW_ARENA))
    assert "Du ser exempeldata." in words(at)
    assert not at.text_area
    assert server.datasets().store.latest().number == 1


@pytest.fixture(scope="module")
def harmful():
    return bad_files()


def test_the_page_outlives_every_bad_file_and_then_takes_a_good_one(visit, store, at_own_computer, harmful):
    """One visitor hands in one after the other, and last what they meant."""
    at = visit("uppdatera.py")
    for name, (content, sentence) in harmful.items():
        hand_in(at, (name, content))
        assert sentence in html.unescape(words(at)), name
        assert not [button for button in at.button if button.key == "publish"], name
        assert len(at.selectbox) < 20, name
        assert store.latest().number == 1
    publish(hand_in(at, nora(NEW_ARENA)))
    assert (told(at), store.damaged()) == (["Version 2 är publicerad och syns för alla."], {})


def test_bad_files_together_are_told_each_with_its_name(visit, store, at_own_computer, harmful):
    files = [(name, content) for name, (content, _) in harmful.items() if len(content) < 1_000_000]
    text = html.unescape(words(hand_in(visit("uppdatera.py"), *files, nora(NEW_ARENA))))
    for name, (content, sentence) in harmful.items():
        if len(content) < 1_000_000:
            assert sentence in text, name
            assert name.split("\u202e")[0] in text
    assert store.latest().number == 1


def test_what_invisible_signs_hide_is_taken_away_and_formulas_stay_text_when_published(
    visit, store, at_own_computer
):
    odd = {**NEW_ARENA, "namn": "\u202eÖppna\u2067 förskolan \u200bÄngen\ufeff", "anmarkning": "=1+1"}
    publish(hand_in(visit("uppdatera.py"), ("nora.csv", written([*arenas_in("1884"), odd]))))
    kept = store.contents(2)["arenor.csv"].decode("utf-8")
    assert "Öppna förskolan Ängen" in kept
    assert not set("\u202e\u2067\u200b\ufeff") & set(kept)
    assert '"=1+1"' not in kept
    assert "=1+1" in kept


@pytest.mark.usefixtures("at_own_computer", "store")
def test_a_disk_that_is_full_loses_neither_the_file_nor_the_comment(visit, small_disk, monkeypatch):
    monkeypatch.setenv("STODKARTAN_DATABASE_URL", f"sqlite:///{small_disk}/versions.sqlite")
    settings.cache_clear()
    store = server.datasets().store
    at = hand_in(visit("uppdatera.py"), nora(NEW_ARENA))
    filler = fill(small_disk)
    publish(at)
    (sentence,) = told(at)
    assert sentence.startswith("Databasen går inte att använda. Disken är full. Gör plats på den")
    assert at.text_area(key="publish_comment").value == COMMENT
    assert not visit("karta.py").exception
    assert store.contents(1) == server.datasets().store.contents(1)
    filler.unlink()
    press(at, "publish")
    assert told(at) == ["Version 2 är publicerad och syns för alla."]
    assert "Ängen" in store.contents(2)["arenor.csv"].decode("utf-8")


def test_what_is_checked_before_midnight_is_published_after_it_and_shown_at_once(
    visit, store, at_own_computer, monkeypatch
):
    monkeypatch.setattr(server, "calendar_day", lambda: DAY + datetime.timedelta(days=1))
    tomorrow = {**NEW_ARENA, "kontrollerad_datum": "2026-11-22"}
    at = visit("uppdatera.py")
    monkeypatch.setattr(server, "calendar_day", lambda: DAY)
    hand_in(at, nora(tomorrow))
    assert "Datumet 2026-11-22 har inte inträffat än." in words(at)
    monkeypatch.setattr(server, "calendar_day", lambda: DAY + datetime.timedelta(days=1))
    publish(hand_in(at, ("nora (rättad).csv", nora(tomorrow)[1] + b"\r\n")))
    assert told(at) == ["Version 2 är publicerad och syns för alla."]
    assert "Dataversion 2" in words(at)
    monkeypatch.setattr(server, "calendar_day", lambda: DAY)  # the clock is set back
    assert "Dataversion 2" in words(visit("karta.py"))
