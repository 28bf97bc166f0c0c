"""A flat sheet becomes one row for each arena and one for each insats."""

import pandas as pd
import pytest

from mapping.delivery.flat_sheet import split

ARENA = {"namn": "Eken", "arenatyp": "bvc", "kommun": "Nora", "insats": "Grupp"}


def flat(rows):
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [[row.get(name, "") for name in names] for row in rows]
    return split(pd.DataFrame(cells, columns=names, index=range(2, len(rows) + 2), dtype="str"))


def test_arenas_are_told_apart_by_their_id_or_name_and_insatser_never_by_their_row():
    named = flat([ARENA, {**ARENA, "kommun": "1884"}, {**ARENA, "kommun": "Kumla"}])
    assert named.arenor["arena_id"].tolist() == ["nora-eken", "kumla-eken"]
    assert list(named.arenor.index) == [2, 4]
    by_id = flat([{**ARENA, "arena_id": "a"}, {**ARENA, "arena_id": "b"}])
    assert by_id.arenor["arena_id"].tolist() == ["a", "b"]
    one, other = flat([ARENA, {**ARENA, "insats": "Kurs"}]), flat([{**ARENA, "insats": "Kurs"}, ARENA])
    ids = [set(book.insatser["insats_id"]) for book in (one, other)]
    assert ids == [{"nora-eken--grupp", "nora-eken--kurs"}] * 2


@pytest.mark.parametrize(
    ("name", "texts", "expected"),
    [
        ("kontrollerad_datum", ("2024", "2025-03", ""), "2025-03"),
        ("kontrollerad_datum", ("2024-12-31", "2024"), "2024-12-31"),
        ("kalla", ("A | B", "B | C"), "A | B | C"),
        ("kalla", ("https://a.se/?x;y", ""), "https://a.se/?x;y"),
        ("status", ("planerad", "Aktiv", "stangd"), "Aktiv"),
        ("belagg", ("svag", "harledd"), "harledd"),
        ("anmarkning", ("Ett.", "Två.", "Ett."), "Ett. Två."),
        ("kontrollerad_datum", ("2024", "i går"), "i går"),
        ("status", ("aktiv", "kanske"), "kanske"),
    ],
)
def test_columns_of_both_tables_go_to_both(name, texts, expected):
    parts = flat([{**ARENA, name: text, "alder_fran": str(place)} for place, text in enumerate(texts)])
    assert (parts.insatser[name].tolist(), parts.arenor[name].tolist()) == ([*texts], [expected])


def test_cells_in_other_words_do_not_disagree_and_an_arena_may_lack_an_insats():
    bvc = {**ARENA, "arenatyp": "bvc"}
    parts = flat([bvc, {**ARENA, "arenatyp": "Barnavårdscentral", "alder_fran": "1"}])
    assert {finding.code for finding in parts.findings} == {"id-made", "flat-split"}
    parts = flat([ARENA, {**ARENA, "namn": "Asken", "insats": ""}])
    assert (len(parts.arenor), len(parts.insatser)) == (2, 1)


def test_columns_that_are_missing_are_told():
    no_name = flat([{"arenatyp": "bvc", "kommun": "Nora", "insats": "Grupp"}])
    assert [(f.code, f.column) for f in no_name.findings] == [("missing-column", "arena_id")]
    assert no_name.insatser is None
    no_offer = flat([{"namn": "Eken", "arenatyp": "bvc", "kommun": "Nora", "metod": "ABC"}])
    assert ("missing-column", "insats") in [(f.code, f.column) for f in no_offer.findings]
