"""Personal data is found, covered, and not mistaken for other numbers."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.contract import personal_data


def kinds(text):
    return [match.kind for match in personal_data.matches(text)]


def check_digit(nine):
    return next(digit for digit in "0123456789" if personal_data.has_luhn_check_digit(nine + digit))


@pytest.mark.parametrize(
    "text",
    [
        "811218-9876", "8112189876", "19811218-9876", "198112189876", "811218+9876", "811218 9876",
        "811218–9876", "Ring Anna (811218-9876).", "701063-2391", "pnr:8112189876", "811218 - 9876",
        "81-12-18-9876", "1981-12-18-9876", "1981-12-18 9876", "81.12.18-9876", "81 12 18 98 76",
        "81 12 18 9876", "811218.9876", "811218,9876", "19811218-T123", "811218T123",
        "８１１２１８－９８７６", "811218-９８７６", "https://nora.se/811218-9876",
    ],
)  # fmt: skip
def test_a_personal_or_coordination_number_is_found(text):
    assert kinds(text) == ["personal-number"]


@pytest.mark.parametrize(
    "text",
    [
        "811218-9875", "212000-1934", "16556677-8899", "811318-9876", "810230-1234", "22811218-9876",
        "https://nora.se/a8112189876b", "15.8112189876", "6570594", "Dnr 24RS3241", "2021:7",
        "19811218-9876-4ecf-b213-ef0701234567", "https://nora.se/1981-12-18-9876/",
        "1981-12-18 - 1982-01-01", "Diarienummer 070123-4567", "811218-K123", "6811218.9876",
        "978-91-8112-189-8", "019-602 10 00", "",
    ],
)  # fmt: skip
def test_other_numbers_are_not_personal(text):
    assert kinds(text) == []


@given(
    day=st.dates(dt.date(1900, 1, 1), dt.date(2026, 12, 31)),
    serial=st.integers(0, 999),
    signs=st.tuples(st.sampled_from(["", "-", " ", "."]), st.sampled_from(["", "-", "+", " ", " - ", "–"])),
    with_century=st.booleans(),
    is_coordination=st.booleans(),
)
def test_every_valid_number_is_found_and_covered(day, serial, signs, with_century, is_coordination):
    apart, separator = signs
    parts = [f"{day:%y}", f"{day:%m}", f"{day.day + 60 * is_coordination:02}"]
    digit = check_digit(f"{''.join(parts)}{serial:03}")
    century = f"{day.year // 100}" if with_century else ""
    number = f"{century}{apart.join(parts)}{separator}{serial:03}{digit}"
    assert "personal-number" in kinds(f"se {number}, tack")
    assert number not in personal_data.masked(f"se {number}, tack")


@given(st.integers(20, 99), st.integers(0, 9999999))
def test_an_organisation_number_is_never_personal(month, rest):
    nine = f"55{month}{rest:05}"[:9].ljust(9, "0")
    assert kinds(nine[:6] + "-" + nine[6:] + check_digit(nine)) == []


@pytest.mark.parametrize(
    ("text", "is_personal"),
    [
        ("anna.berg@nora.se", True), ("Anna.Berg@regionorebrolan.se", True),
        ("anna-karin.öberg@nora.se", True), ("anna.berg2@nora.se", True), ("kalle77@gmail.com", True),
        ("mailto:info@hotmail.com", True), ("anna.berg(at)nora.se", True), ("anna.berg [at] nora.se", True),
        ("anna.berg (AT) nora (punkt) se", True), ("anna.berg snabel-a nora.se", True),
        ("kalle77 (at) gmail.com", True), ("anna.berg＠nora.se", True), ("info(at)nora.se", False),
        ("info@nora.se", False), ("familjecentralen@lindesberg.se", False), ("@kumla", False),
    ],
)  # fmt: skip
def test_an_email_is_personal_by_its_form_or_its_provider(text, is_personal):
    assert kinds(text) == (["personal-email"] if is_personal else [])


@pytest.mark.parametrize(
    ("text", "is_mobile"),
    [
        ("070-123 45 67", True), ("0701234567", True), ("076 123 45 67", True), ("+46 70 123 45 67", True),
        ("+46(0)70-123 45 67", True), ("0046701234567", True), ("０７０－１２３ ４５ ６７", True),
        ("04e25393-acb1-4ecf-b213-ef0701234567", False), ("04e25393-acb1-4ecf-b213-070123456712", False),
        ("https://nora.se/f/ab0701234567cd", False), ("0587-810 00", False), ("019-21 10 00", False),
        ("070-123", False), ("1070123456789", False), ("Tel-0701234567", True), ("id: 0701234567", True),
        ("https://nora.se/070-123-45-67", True), ("0701-23 45 67/019-21 10 00", True),
        ("https://nora.se/f/3f-0701234567-9a", False), ("https://nora.se/?id=0701234567", False),
        ("https://nora.se/0701234567", False), ("Diarienummer 070123-4567", False), ("Dnr 0701234567", False),
        ("Diarienr: 070-1234567", False), ("2023-0701234567", False), ("f3a9-0701234567-bc12", False),
        ("04e25393_0701234567", False), ("0701234567-04e2", False),
    ],
)  # fmt: skip
def test_a_mobile_number_is_told_from_a_switchboard(text, is_mobile):
    assert kinds(text) == (["mobile-number"] if is_mobile else [])


def test_two_overlapping_details_are_covered_together_and_texts_without_have_none():
    assert personal_data.masked("8112189876@gmail.com!") == "81•••!"
    harmless = ["Ny arena i Nora, växel 0587-810 00", {"n": 1, "x": None, "org": "212000-1934"}]
    assert not personal_data.is_in(harmless)


@pytest.mark.parametrize(
    "value",
    [
        "070-123 45 67", ["x", ["070-123 45 67"]], {"a": {"070-123 45 67": 1}},
        [{"a": ["(070-123 45 67)"]}, None],
    ],
)  # fmt: skip
def test_a_detail_is_found_however_deep_it_lies(value):
    assert personal_data.is_in(value)
