"""The map's measures, against a naive loop on a small made-up county."""

import csv

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from mapping.arenas.measures import (
    PILES,
    arenas_per_1000_children,
    arenas_per_municipality,
    family_centre_piles,
    family_centre_sentence,
)
from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.map.shading import family_centre_shading
from mapping.settings import SHIPPED_DATA

CODES = ["1860", "1880", "1884"]
SPANS = [(0, 4), (0, 15), (16, 24)]
arenas = st.lists(
    st.tuples(st.sampled_from([*CODES, "18"]), st.sampled_from(["aktiv", "planerad", "okand", "stangd"])),
    max_size=25,
)
people = st.lists(
    st.tuples(
        st.sampled_from([*CODES, "18"]),
        st.sampled_from([2020, 2022, 2023]),
        st.sampled_from(SPANS),
        st.one_of(st.none(), st.integers(0, 5000)),
    ),
    max_size=30,
    unique_by=lambda row: row[:3],
)


def population_frame(rows):
    frame = pd.DataFrame(
        [
            [code, year, *span, count, "Påhittad källa: https://exempel.se"]
            for code, year, span, count in rows
        ],
        columns=["kommunkod", "ar", "alder_fran", "alder_till", "antal", "kalla"],
    )
    return frame.astype({"antal": "float64"})


@given(arenas)
def test_arenas_are_counted_where_they_lie(rows):
    counted = arenas_per_municipality(pd.DataFrame(rows, columns=["kommunkod", "status"]), CODES)
    assert list(counted.index) == CODES
    assert counted.tolist() == [sum(code == wanted for code, _ in rows) for wanted in CODES]


@given(arenas, people)
def test_the_rate_agrees_with_a_naive_loop(rows, counted):
    rate = arenas_per_1000_children(
        pd.DataFrame(rows, columns=["kommunkod", "status"]), population_frame(counted), CODES
    )
    year, expected = naive_rate(rows, counted)
    assert rate.year == year
    per_area = rate.by_municipality
    assert list(per_area.index) == CODES
    np.testing.assert_allclose(per_area.to_numpy(), expected)


def naive_rate(rows, counted):
    children = {(c, year): n for c, year, span, n in counted if span == (0, 15) and n is not None}
    years = [y for y in (2020, 2022, 2023) if all((code, y) in children for code in CODES)]
    if not years:
        return None, [np.nan] * len(CODES)
    year = max(years)
    rates = []
    for code in CODES:
        active = sum(1 for c, status in rows if c == code and status == "aktiv")
        count = children[code, year]
        rates.append(active * 1000 / count if count else np.nan)
    return year, rates


def test_the_source_is_named_once_and_without_its_address():
    frame = population_frame([(code, 2023, (0, 15), 100) for code in CODES])
    frame["kalla"] = [("SCB 2023: https://exempel.se",), ("SCB 2023: https://exempel.se",), None]
    rate = arenas_per_1000_children(pd.DataFrame({"kommunkod": [], "status": []}, dtype="str"), frame, CODES)
    assert rate.source == "SCB 2023"


def test_a_municipality_without_children_has_no_rate():
    frame = population_frame([(code, 2023, (0, 15), 0 if code == "1860" else 500) for code in CODES])
    arenor = pd.DataFrame({"kommunkod": ["1860", "1880"], "status": ["aktiv", "aktiv"]})
    rate = arenas_per_1000_children(arenor, frame, CODES)
    assert pd.isna(list(rate.by_municipality)).tolist() == [True, False, False]


def naive_piles():
    """Sort the municipalities by the rows of the CSV file: kommunkod → status and year."""
    with (SHIPPED_DATA / "arenor.csv").open(encoding="utf-8-sig", newline="") as file:
        centres = [row for row in csv.DictReader(file) if row["arenatyp"] == "familjecentral"]
    piles = {}
    for code in MUNICIPALITIES:
        piles[code] = ("ingen", "")
        for status in ("okand", "planerad", "aktiv"):
            years = [
                row["kontrollerad_datum"][:4]
                for row in centres
                if row["kommunkod"] == code and (row["status"] or "okand") == status
            ]
            if years:
                piles[code] = (status, max(years))
    return piles


def test_every_municipality_is_in_one_pile_of_familjecentraler_as_the_csv_file_has_it(shipped):
    piles = family_centre_piles(shipped.arenor)
    found = {code: (pile.status, year) for pile in piles for code, year in pile.years.items()}
    assert found == naive_piles()
    sentence = family_centre_sentence(shipped.arenor)
    parts = dict(zip(("ingen", "planerad", "okand", "aktiv"), sentence.split(". "), strict=False))
    for code, (status, year) in found.items():
        assert MUNICIPALITIES[code] + (f" ({year})" if year else "") in parts[status]


def test_only_an_active_familjecentral_has_the_colour_of_one(shipped, county):
    for dataset in (shipped, county):
        shade = family_centre_shading(dataset)
        looks = [(one.colour, one.dots) for one in shade.classes]
        assert len(set(looks)) == len(looks) == len({one.colour_dark for one in shade.classes})
        for pile in family_centre_piles(dataset.arenor):
            for code, year in pile.years.items():
                step = shade.step[code]
                assert (step is None) == (pile.status == "ingen")
                legend = shade.missing_label if step is None else shade.classes[step].label
                assert MUNICIPALITIES[code] in legend
                assert shade.mark[code] == f"{PILES[pile.status]} {year}".strip()
