"""A visitor who hands in guesses learns nothing of what protected places keep secret."""

import pytest

from mapping.changes.rows import listed
from mapping.contract.schema import TABLES
from mapping.dataset.dataset import from_contents
from mapping.delivery.check import Published
from mapping.delivery.delivery import SourceFile, deliver
from mapping.delivery.proposal import propose, publish
from mapping.errors import NotPermittedError, UnconfirmedError
from mapping.store.permission import Actor, Policy
from mapping.store.store import Store
from tests.conftest import ARENAS, DAY, OFFERS
from tests.deliveries import edited, written

SECRET = {
    "adress": "Hemliga gatan 1", "postnummer": "71331", "ort": "Gyttorp", "lat": "59,5195",
    "lon": "15,0400", "anmarkning": "Ingång från Hemliga gatan", "webbplats": "https://nora.se/hemliga-gatan",
}  # fmt: skip
WRONG = {
    "adress": "Öppna gatan 1", "postnummer": "71399", "ort": "Järle", "lat": "59,5295",
    "lon": "15,0900", "anmarkning": "Ingång från Öppna gatan", "webbplats": "https://nora.se/oppna-gatan",
}  # fmt: skip


def arenas(display, **cells):
    return edited(ARENAS, "nora-fc", adress_visning=display, **cells)


@pytest.fixture(scope="module", params=["ort", "dold"])
def published(request):
    """Give what is protected, and the published version as visitors' files are compared with it."""
    contents = {"arenor.csv": written(arenas(request.param, **SECRET)), "insatser.csv": written(OFFERS)}
    whole = Published(1, contents, from_contents(contents, today=DAY))
    return request.param, whole.for_visitors(today=DAY)


def told(known, rows):
    """Give everything that the page draws for a visitor, but for what they wrote themselves."""
    proposal = propose(deliver([SourceFile("arenor.csv", written(rows))]), known, today=DAY)
    changed = listed(proposal.changes).drop(columns="Efter") if proposal.changes else None
    findings = [(one.code, one.table, one.row, one.column) for one in proposal.checked.places]
    sentence = None if proposal.changes is None else proposal.changes.sentence
    drawn = None if changed is None else changed.to_csv()
    return drawn, findings, proposal.outcome.sentences, proposal.is_new, sentence


@pytest.mark.parametrize("column", SECRET)
@pytest.mark.parametrize("display", ["as published", "full"])
def test_a_right_guess_looks_as_a_wrong_one(published, column, display):
    protected, before = published
    shown = protected if display == "as published" else display
    pair = {"lat", "lon"} if column in {"lat", "lon"} else {column}
    known = dict.fromkeys(SECRET, "")
    if protected == "ort":  # then the locality is public
        known, pair = known | {"ort": SECRET["ort"]}, pair - {"ort"}
    right = known | {name: SECRET[name] for name in pair}
    wrong = known | {name: WRONG[name] for name in pair}
    assert told(before, arenas(shown, **right)) == told(before, arenas(shown, **wrong))


def test_all_of_it_at_once_looks_as_none_of_it(published):
    protected, before = published
    right, wrong = SECRET, {**WRONG, "ort": SECRET["ort"] if protected == "ort" else WRONG["ort"]}
    assert told(before, arenas(protected, **right)) == told(before, arenas(protected, **wrong))


def test_another_arena_that_is_placed_there_is_told_nothing_of_it(published):
    _, before = published
    rows = arenas(published[0])
    guesses = [
        [*rows, {**ARENAS[1], "arena_id": "nora-ny", "namn": "Ny", **guess, "samlokaliserad_med": "nora-fc"}]
        for guess in (SECRET, WRONG)
    ]
    assert told(before, guesses[0]) == told(before, guesses[1])


def test_for_visitors_the_published_tables_hold_no_secret(published):
    protected, known = published
    whole = b"".join(known.contents.values()).decode() + "".join(
        table.frame.to_csv() for table in known.tables.values()
    )
    secrets = [text for name, text in SECRET.items() if name != "ort" or protected == "dold"]
    assert [text for text in [*secrets, "59.5195", "hemliga"] if text.casefold() in whole.casefold()] == []
    assert set(known.tables) <= set(TABLES)


def test_what_was_compared_without_secrets_is_never_published(published, tmp_path):
    protected, known = published
    store = Store.open(f"sqlite:///{tmp_path}/store.sqlite", policy=Policy())
    rows = arenas(protected, **SECRET, namn="Ett annat namn") if protected == "dold" else arenas(protected)
    proposal = propose(deliver([SourceFile("arenor.csv", written(rows))]), known, today=DAY)
    said = {"comment": "x", "accepts_warnings": True, "confirmed_words": proposal.words_to_confirm}
    with pytest.raises(UnconfirmedError, match="igen"):
        publish(proposal, store, actor=Actor.command(), **said)
    with pytest.raises(NotPermittedError):
        publish(proposal, store, actor=Actor(), **said)
    assert store.versions() == ()
