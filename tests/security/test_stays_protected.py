"""A place once protected is in no output again unless a file says `full` and somebody agreed to show it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.arenas.filters import Filters
from mapping.arenas.select import select
from mapping.dataset.dataset import from_contents
from mapping.delivery.check import Published
from mapping.delivery.delivery import SourceFile, deliver
from mapping.delivery.proposal import confirm_unchanged, propose, publish, restore
from mapping.delivery.scope import Way
from mapping.errors import UnconfirmedError
from mapping.open_data.geojson import as_json, feature_collection
from mapping.open_data.public_tables import public_files
from mapping.server.datasets import Datasets
from mapping.settings import Settings
from mapping.store.permission import Actor
from tests.conftest import DAY, write_table
from tests.deliveries import written

NORA = {
    "arena_id": "nora-skydd", "namn": "Stödboendet Åsen", "arenatyp": "specialist", "kommun": "Nora",
    "adress": "Hemliga gatan 1", "adress_visning": "dold", "lat": "59,5195", "lon": "15,0412",
}  # fmt: skip
OPEN = {
    "arena_id": "kumla-bvc",
    "namn": "Kumla BVC",
    "arenatyp": "bvc",
    "kommun": "Kumla",
    "adress": "Gatan 2",
}
SECRETS = (b"Hemliga", b"59.5195", b"59,5195", b"15.0412", b"15,0412")
ME = Actor.command()


@pytest.fixture
def datasets(tmp_path):
    folder = tmp_path / "lan"
    folder.mkdir()
    write_table(folder / "arenor.csv", [NORA, OPEN])
    return Datasets(Settings(data=folder, database=f"sqlite:///{tmp_path}/store.sqlite"))


def latest(datasets):
    shown = datasets.latest(DAY)
    contents = datasets.store.contents(shown.number)
    return Published(shown.number, contents, shown, hidden=datasets.ever_hidden())


def hand_in(datasets, *rows, way=Way.ADD, name="arenor.csv", shows=False):
    """Publish rows, confirmed in every way but that something protected is shown."""
    read = deliver([SourceFile(f"{n} {name}", written(each, delimiter=";")) for n, each in enumerate(rows)])
    done = propose(read, latest(datasets), way=way, today=DAY)
    assert not done.checked.stops, [f.message for f in done.checked.findings]
    words = {"comment": "Ny", "confirmed_words": done.words_to_confirm, "accepts_warnings": True}
    publish(done, datasets.store, actor=ME, shows_protected=shows, **words)
    return done


def is_told(dataset):
    points = as_json(feature_collection(dataset, select(dataset, Filters())))
    told = [*public_files(dataset).values(), points, repr(dataset.findings).encode()]
    return any(secret in data for data in told for secret in SECRETS)


def row(**changed):
    # something always differs, or there would be nothing to publish
    return {name: cell for name, cell in {**NORA, "huvudman": "Nora", **changed}.items() if cell is not None}


NEW = {**OPEN, "arena_id": "kumla-ny", "namn": "Kumla nya"}
FLAT = {"insats": "Samtal", "alder_fran": "0", "alder_till": "6", "preventionsniva": "selektiv"}


KEPT = {
    "column missing": [[row(adress_visning=None)]],
    "empty cell": [[row(adress_visning="")]],
    "flat file": [[row(adress_visning=None, **FLAT)]],
    "made id": [[row(adress_visning=None, arena_id=None)]],
    "empty id": [[row(adress_visning=None, arena_id="")]],
    "id changed": [[row(adress_visning=None, arena_id="annat-id")]],
    "other case": [[row(adress_visning="", arena_id=None, namn="STÖDBOENDET ÅSEN")]],
    "other letters": [[row(adress_visning=None, arena_id=None, namn="Stodboendet Asen")]],
    "id and name changed": [[row(adress_visning=None, arena_id="annat-id", namn="Annat namn")]],
    "same position": [[row(adress_visning=None, arena_id="annat-id", namn="Annat", adress="Öppna vägen 3")]],
    "another sheet": [[{**NEW, "adress_visning": "full"}], [row(adress_visning=None)]],
    "unknown header": [[{"Visas så här": "full", **row(adress_visning=None)}]],
}


@pytest.mark.parametrize("way", [Way.ADD, Way.WHOLE])
@pytest.mark.parametrize("delivered", KEPT.values(), ids=KEPT)
def test_what_is_protected_stays_so_where_the_file_does_not_say_full(datasets, delivered, way):
    hand_in(datasets, *delivered, way=way)
    assert not is_told(datasets.latest(DAY))


@pytest.mark.parametrize("way", [Way.ADD, Way.PART])
@pytest.mark.parametrize("word", ["full", "Full", "ort"])
def test_what_is_protected_is_shown_when_the_file_says_so_and_it_is_ticked(datasets, word, way):
    with pytest.raises(UnconfirmedError, match="Adressen till Stödboendet Åsen"):
        hand_in(datasets, [row(adress_visning=word)], way=way)
    assert not is_told(datasets.latest(DAY))
    done = hand_in(datasets, [row(adress_visning=word)], way=way, shows=True)
    assert [f.value for f in done.warnings if f.code == "protection-lifted"] == ["Stödboendet Åsen"]
    assert is_told(datasets.latest(DAY)) is (word != "ort")
    assert datasets.latest(DAY).arenor.loc["nora-skydd", "adress_visning"] == word.lower()


def test_a_row_that_was_taken_away_comes_back_protected(datasets):
    hand_in(datasets, [OPEN], way=Way.WHOLE)
    hand_in(datasets, [row(adress_visning=None, arena_id="igen")])
    arenor = datasets.latest(DAY).arenor
    assert arenor["adress_visning"].to_dict() == {"kumla-bvc": "full", "igen": "dold"}
    assert not is_told(datasets.latest(DAY))


@pytest.mark.parametrize("taken_away", [False, True])
def test_an_address_that_no_arena_has_any_more_is_written_in_no_text_either(datasets, taken_away):
    telling = {**OPEN, "anmarkning": "Vi har flyttat till Hemliga gatan 1"}
    before = latest(datasets)
    if taken_away:
        hand_in(datasets, [OPEN], way=Way.WHOLE)
        before = latest(datasets)
    read = deliver([SourceFile("arenor.csv", written([telling]))])
    stops = propose(read, before, way=Way.WHOLE, today=DAY).checked.findings
    assert ("protected-address-written", "anmarkning", 2) in {(f.code, f.column, f.row) for f in stops}


def open_then_hidden(datasets):
    hand_in(datasets, [row(adress_visning="full")], shows=True)
    hand_in(datasets, [row()])
    assert datasets.store.latest().number == 3


def test_going_back_to_a_version_that_shows_a_protected_place_is_ticked(datasets):
    open_then_hidden(datasets)
    said = {"base": 3, "actor": ME, "comment": "Åter"}
    with pytest.raises(UnconfirmedError, match="Adressen till Stödboendet Åsen"):
        restore(2, datasets.store, **said)
    assert datasets.store.latest().number == 3
    restore(2, datasets.store, **said, shows_protected=True)
    assert is_told(datasets.latest(DAY))
    restore(1, datasets.store, base=4, actor=ME, comment="Skydda igen")
    assert not is_told(datasets.latest(DAY))


@pytest.mark.parametrize("then", ["nothing", "other", "same", "confirmed", "restored"])
def test_what_a_withdrawn_version_protects_stays_so_in_what_comes_after(datasets, then):
    open_then_hidden(datasets)
    datasets.store.withdraw(3, actor=ME, reason="Fel")
    assert datasets.latest(DAY).number == 2
    if then == "other":
        hand_in(datasets, [NEW])
    elif then == "same":
        hand_in(datasets, [row(adress_visning=None, namn="Stödboendet")])
    elif then == "confirmed":
        arenas = {"arena_ids": ["kumla-bvc"], "actor": ME, "comment": "Ringt"}
        confirm_unchanged(latest(datasets), datasets.store, day=DAY, **arenas)
    elif then == "restored":
        with pytest.raises(UnconfirmedError, match="Stödboendet Åsen"):
            restore(2, datasets.store, base=None, actor=ME, comment="Åter")
    assert not is_told(datasets.latest(DAY))


IDS = st.sampled_from(["nora-skydd", "kumla-bvc", "ny", ""])
CELLS = st.fixed_dictionaries(
    {"namn": st.sampled_from(["Stödboendet Åsen", "Annat", "Kumla BVC"]), "arenatyp": st.just("bvc")},
    optional={
        "arena_id": IDS, "kommun": st.sampled_from(["Nora", "Kumla"]),
        "adress": st.sampled_from(["Hemliga gatan 1", "Gatan 2", ""]), "egen": st.just("x"),
        "anmarkning": st.sampled_from(["Vi finns på Hemliga gatan 1", ""]), "lat": st.just("59,5195"),
        "lon": st.just("15,0412"), "adress_visning": st.sampled_from(["", "dold", "ort", "full"]),
    },
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(CELLS, min_size=1, max_size=3), st.sampled_from([*Way]))
def test_no_delivery_shows_what_was_protected_unless_a_file_says_full(rows, way):
    contents = {"arenor.csv": written([NORA, OPEN])}
    published = Published(1, contents, from_contents(contents, today=DAY))
    done = propose(deliver([SourceFile("arenor.csv", written(rows))]), published, way=way, today=DAY)
    if done.checked.stops or done.lifted:
        return
    assert not is_told(done.checked.dataset)
