"""Ages are read however people write them, as whole years."""

import pytest

from mapping.contract.ages import read_ages


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("0–6", ("0", "6")), ("0-6 år", ("0", "6")), ("0 – 6 ÅR", ("0", "6")), ("0 till 6 år", ("0", "6")),
        ("0 t.o.m. 6", ("0", "6")), ("från 3 till 5 år", ("3", "5")), ("13-18 års ålder", ("13", "18")),
        ("0 år–6 år", ("0", "6")), ("mellan 0 och 6", ("0", "6")), ("mellan 0 och 6 år", ("0", "6")),
        ("3.0–5.0", ("3", "5")), ("barn 3–5 år", ("3", "5")), ("familjer med barn 0-6 år", ("0", "6")),
        ("barn och unga 6–18", ("6", "18")), ("ungdomar 13–25 år", ("13", "25")),
        ("4", ("4", "4")), ("4 år", ("4", "4")), ("4-åringar", None), ("4 åringar", ("4", "4")),
        ("13+", ("13", "")), ("13 år och äldre", ("13", "")), ("från 13 år", ("13", "")),
        ("fr.o.m. 13", ("13", "")), ("fr o m 13 år", ("13", "")), ("från och med 13 år", ("13", "")),
        ("minst 13 år", ("13", "")), ("från 13 år och uppåt", ("13", "")), ("över 12 år", ("13", "")),
        ("100+ år", ("100", "")), ("upp till 6 år", ("", "6")), ("-6 år", ("", "6")), ("t.o.m. 6", ("", "6")),
        ("under 6 år", ("", "5")), ("yngre än 6", ("", "5")), ("högst 6 år", ("", "6")),
        ("alla åldrar", None), ("0-6, 7-12", None), ("2024-03-05", None), ("2025-12-06", None),
        ("06-dec", None), ("under 0 år", None), ("6 mån–3", None), ("", None),
    ],
)  # fmt: skip
def test_a_span_of_ages_is_read_as_its_ends(text, span):
    ages = read_ages(text)
    assert (ages and ages[:2], ages is not None and ages.are_converted) == (span, False)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("6–18 mån", ("0", "1")), ("0–18 månader", ("0", "1")), ("6 mån–3 år", ("0", "3")),
        ("upp till 24 mån", ("", "2")), ("under 24 mån.", ("", "1")), ("8 mån", ("0", "0")),
        ("0-6 veckor", ("0", "0")), ("1,5–3 år", None), ("6,5", None),
        ("förskoleklass–åk 3", ("6", "9")), ("F–3", ("6", "9")), ("åk F-9", ("6", "15")),
        ("åk 7–9", ("13", "15")),
        ("årskurs 4 till 6", ("10", "12")), ("åk 7-åk 9", ("13", "15")), ("högstadiet", ("13", "15")),
        ("förskoleklassen", ("6", "6")), ("åk 1", ("7", "7")), ("mellanstadiet–gymnasiet", ("10", "18")),
        ("fr.o.m. åk 7", ("13", "")), ("nyfödda till och med 5 år", ("0", "5")),
        ("klass 12", None), ("åk 7 år", None),
    ],
)  # fmt: skip
def test_months_are_rounded_down_and_school_years_are_their_usual_ages(text, span):
    ages = read_ages(text)
    assert (ages and ages[:2], ages is None or ages.are_converted) == (span, True)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("gravida–1 år", ("0", "1")), ("Gravida", ("", "")), ("graviditet till 6 år", ("0", "6")),
        ("blivande föräldrar och barn 0–6 år", ("0", "6")), ("gravida och 3–5 år", ("3", "5")),
        ("gravid, 0–1", ("0", "1")),
        ("0–5 år, gravida", ("0", "5")), ("0–1 år och blivande föräldrar", ("0", "1")),
    ],
)  # fmt: skip
def test_parents_to_be_are_told_apart_from_the_ages(text, span):
    ages = read_ages(text)
    assert (ages[:2], ages.are_expected) == (span, True)
