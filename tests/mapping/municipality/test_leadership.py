"""Who leads the work, from date to date: on hand-made rows, against a plain loop, on the shipped answers."""

import csv
import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.contract import schema
from mapping.contract.cells import read_cell
from mapping.municipality import leadership
from mapping.municipality.leadership import Moment
from mapping.tables import raw_table, typed_table
from tests.conftest import DAY

NORA, KUMLA, COUNTY = "1884", "1881", "18"


def answers(*rows, today=DAY):
    """Read rows (kommunkod, fraga, svar, datum, and more by name) as a file would be read."""
    names = [
        "kommunkod", "fraga", "svar", "datum", "parter", "alder_fran", "alder_till", "fritext", "kalla",
        "roll",
    ]  # fmt: skip
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    for code, question, answer, date, *more in rows:
        cells = dict(zip(names, (code, question, answer, date), strict=False))
        writer.writerow(cells | (more[0] if more else {}))
    raw = raw_table.raw_table(text.getvalue().encode(), schema.KOMMUNLAGE)
    return leadership.histories(typed_table.typed_table(raw, today=today).frame)


def group(*rows, today=DAY):
    return answers(*((NORA, "samverkansgrupp", *row) for row in rows), today=today)


def moment(date):
    span = read_cell(date, schema.KOMMUNLAGE["datum"]).value
    return Moment(date, span.first, span.last, date)


def nora(found, before="2020-09", after="2021-04"):
    (row,) = leadership.leadership(found, moment(before) if before else None, moment(after), [NORA])
    return row


def test_nobody_has_answered_or_there_is_no_earlier_date_to_compare_with():
    row = nora(answers())
    assert (row.before.code, row.after.code, row.plan.code, row.function.code) == ("ej_besvarat",) * 4
    assert row.change == leadership.Change("Ej besvarat", ("inget svar",))
    assert set(row.parties.values()) == {"ej besvarat"}
    assert row.history == row.plans == row.others == ()
    row = nora(group(("ja", "2021-04")), before=None)
    assert row.before is None
    assert row.change is None


@pytest.mark.parametrize(
    ("then", "now", "word"),
    [
        ("ja", "ja", "Oförändrat"), ("nej", "nej", "Oförändrat"), ("nej", "planerad", "Ändrat"),
        ("planerad", "ja", "Ändrat"), ("ja", "", "Ej besvarat"), ("ja", None, "Ej besvarat"),
        ("", "ja", "Första svaret"), ("", "", "Ej besvarat"),
    ],
)  # fmt: skip
def test_unchanged_is_said_only_where_a_later_answer_says_the_same(then, now, word):
    rows = [(then, "2020-09")] + ([] if now is None else [(now, "2021-04")])
    assert nora(group(*rows)).change.word == word


def test_an_empty_answer_replaces_nothing_and_is_told_beside_what_counts():
    row = nora(group(("ja", "2020-09"), ("", "2021-04", {"fritext": "Ska följas upp."})))
    assert (row.after.code, row.after.answer.date) == ("ja", "2020-09")
    assert row.change.notes == ("ej besvarat i april 2021",)
    assert [(one.answer, one.text) for one in row.history] == [("", "Ska följas upp."), ("ja", None)]
    row = nora(group(("nej", "2020-09"), ("planerad", "2021-03-17"), ("", "2021-04")))
    assert (row.after.answer.date, row.change.word) == ("2021-03-17", "Ändrat")
    assert row.change.notes == ("från finns inte till planerad", "ej besvarat i april 2021")


def test_later_answers_and_changed_ages_are_told_beside_the_answer():
    row = nora(group(("nej", "2020-09"), ("ja", "2021-05-01")))
    assert (row.after.code, row.change.word) == ("nej", "Ej besvarat")
    assert [(leadership.words(one), one.dated) for one in row.later] == [("Finns", "1 maj 2021")]
    span = {"alder_fran": "0", "alder_till": "19"}
    row = nora(group(("ja", "2020-09", span), ("ja", "2021-04", span | {"alder_till": "18"})))
    assert row.change == leadership.Change("Oförändrat", ("åldrarna var 0–19 år, är 0–18 år",))


@pytest.mark.parametrize(
    ("date", "day", "code"),
    [
        ("2021", dt.date(2021, 12, 30), "ej_besvarat"),
        ("2021", dt.date(2021, 12, 31), "ja"),
        ("2021-02", dt.date(2021, 2, 27), "ej_besvarat"),
        ("2021-02", dt.date(2021, 2, 28), "ja"),
        ("2021-02-14", dt.date(2021, 2, 14), "ja"),
    ],
)
def test_a_coarse_date_counts_as_its_last_day(date, day, code):
    assert leadership.state(group(("ja", date))[NORA, "samverkansgrupp"], "samverkansgrupp", day).code == code


def test_a_coarse_date_is_newer_than_a_day_inside_it_and_counts_no_later_than_today():
    found = group(("ja", str(DAY.year)))
    assert leadership.state(found[NORA, "samverkansgrupp"], "samverkansgrupp", DAY).code == "ja"
    assert nora(group(("ja", "2021-04"), ("nej", "2021-04-29"))).after.code == "ja"


def test_answers_of_one_day_that_disagree_are_unknown_until_a_newer_one():
    row = nora(group(("ja", "2021-04-30"), ("nej", "2021-04")))
    assert (row.after.code, row.after.answer) == ("motstridigt", None)
    assert row.change.word == "Kan inte avgöras"
    shading = leadership.state_shading([row], moment("2021-04"), DAY)
    assert shading.step[NORA] is None
    assert "emot varandra" in shading.text[NORA]
    newer = group(("ja", "2021-04-30"), ("nej", "2021-04"), ("nej", "2022"))
    assert nora(newer, "2021-04", "2022").change.word == "Nytt svar"


def test_a_plan_and_its_parties_are_kept_apart_from_the_fact():
    found = answers(
        (NORA, "samverkansgrupp", "ja", "2020-09", {"alder_fran": "0", "alder_till": "6"}),
        (NORA, "samverkansgrupp_plan", "ja", "2021-04", {"alder_fran": "0", "alder_till": "18"}),
    )
    row = nora(found)
    assert (row.after.code, row.after.answer.ages_words) == ("ja", "0–6 år")
    assert row.plans == (("Gruppen ska breddas till 0–18 år", "april 2021"),)
    assert row.change == leadership.Change("Ej besvarat", ("inget svar efter september 2020",))
    row = nora(group(("planerad", "2021-04", {"parter": "skola | socialtjanst", "alder_till": "6"})))
    assert (row.parties["skola"], row.parties["civilsamhalle"]) == ("planerad", "ej angiven")
    assert row.plans == (("En grupp planeras för till och med 6 år", "april 2021"),)


def test_a_party_that_nobody_named_is_never_a_no():
    row = nora(group(("ja", "2021-04", {"parter": "kommun | skola | ofullstandig | 1881"})))
    assert list(row.parties.values()) == ["ej angiven", "ja", "ej angiven", "ej angiven", "ej angiven"]
    assert row.others == ("Kommun", "Kumla", "Fler parter kan finnas")
    assert set(nora(group(("nej", "2021-04"))).parties.values()) == {"ingen grupp"}


def test_the_county_answers_for_itself_and_for_no_municipality():
    found = answers(
        (COUNTY, "regional_stodorganisation", "ja", "2018"),
        (COUNTY, "samverkansgrupp", "ja", "2018"),
        (KUMLA, "samverkansgrupp", "nej", "2019"),
    )
    (regional, history), (agreement, none) = leadership.county_states(found, moment("2018"))
    assert (regional.words, len(history), agreement.code, none) == ("Finns", 1, "ej_besvarat", ())
    assert nora(found).after.code == "ej_besvarat"
    before, after = leadership.usual_moments(found, DAY)
    assert (before, after.code) == (None, "2019")


def test_the_dates_to_choose_from_are_those_of_the_answers_and_today():
    found = group(("ja", "2021-04-30"), ("", "2021-04"), ("nej", "2020-09"))
    assert [one.code for one in leadership.moments(found, DAY)] == ["2020-09", "2021-04", "idag"]
    assert [one.code for one in leadership.moments({}, DAY)] == ["idag"]
    assert leadership.usual_moments({}, DAY) == (None, Moment("idag", DAY, DAY, "i dag"))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (365, "I dag är inget svar äldre än ett år."),
        (366, "1 av 1 äldre än ett år och bör ses över."),
        (730, "1 av 1 äldre än ett år och bör ses över."),
        (731, "1 av 1 svar äldre än två år och räknas som gamla."),
    ],
)
def test_the_age_of_the_answers_has_its_words_at_each_boundary(days, words):
    found = group(("ja", str(DAY - dt.timedelta(days=days))))
    rows = leadership.leadership(found, None, leadership.moments(found, DAY)[-1])
    assert words in leadership.age_of_answers(rows, DAY)
    assert leadership.age_of_answers([], DAY) == ""


def test_the_colours_are_never_alone_and_never_those_of_the_levels():
    found = answers(
        (NORA, "samverkansgrupp", "ja", "2021"),
        (KUMLA, "samverkansgrupp", "planerad", "2021"),
        ("1860", "samverkansgrupp", "nej", "2021"),
    )
    now = moment("2021")
    rows = leadership.leadership(found, None, now)
    shading = leadership.state_shading(rows, now, dt.date(2022, 12, 31))
    assert [one.label for one in shading.classes] == ["● Finns", "◐ Planerad, finns inte än", "○ Finns inte"]
    assert (shading.mark[NORA], shading.mark[KUMLA]) == ("● finns", "◐ planerad")
    assert shading.mark["1860"] == "○ finns inte"
    assert (shading.step["1880"], shading.mark["1880"]) == (None, "▨ ej besvarat")
    assert shading.as_dict()["missing"] == "▨ Ej besvarat"


def test_an_answer_older_than_two_years_is_told_with_its_year_and_never_coloured_as_a_fact():
    today = leadership.moments({}, DAY)[-1]
    rows = leadership.leadership(
        answers((NORA, "samverkansgrupp", "ja", "2021"), (KUMLA, "samverkansgrupp", "ja", "2026-10")),
        None, today,
    )  # fmt: skip
    assert [one[1:] for one in leadership.by_state(rows, DAY)][:2] == [
        (False, ("Kumla",)), (True, ("Nora (2021)",)),
    ]  # fmt: skip
    shading = leadership.state_shading(rows, today, DAY)
    assert (shading.mark[KUMLA], shading.mark[NORA]) == ("● finns", "● finns 2021")
    assert shading.classes[shading.step[NORA]].colour != shading.classes[shading.step[KUMLA]].colour
    strict = leadership.state_shading(rows, today, DAY, counts_older=False)
    assert (strict.step[NORA], strict.mark[NORA]) == (None, "▨ äldre: finns 2021")


def test_bilaga_1_reads_as_the_report_says(shipped):
    found = leadership.histories(shipped.kommunlage)
    before, after = leadership.usual_moments(found, DAY)
    assert (before.code, after.code) == ("2020-09", "2021-04")
    rows = leadership.leadership(found, before, after)
    assert [row.name for row in rows][-2:] == ["Nora", "Örebro"]
    assert {row.name: (row.before.code, row.after.code, row.change.word) for row in rows} == {
        "Askersund": ("ej_besvarat", "ej_besvarat", "Ej besvarat"), "Degerfors": ("ja", "ja", "Oförändrat"),
        "Hallsberg": ("ja", "ja", "Oförändrat"), "Hällefors": ("ja", "ja", "Ej besvarat"),
        "Karlskoga": ("ja", "ja", "Oförändrat"), "Kumla": ("ja", "ja", "Oförändrat"),
        "Laxå": ("ja", "ja", "Oförändrat"), "Lekeberg": ("nej", "planerad", "Ändrat"),
        "Lindesberg": ("ja", "ja", "Ej besvarat"), "Ljusnarsberg": ("nej", "planerad", "Ändrat"),
        "Nora": ("ja", "ja", "Ej besvarat"), "Örebro": ("ja", "ja", "Oförändrat"),
    }  # fmt: skip
    assert leadership.summary(rows, after) == (
        "I april 2021 svarade 5 av 12 kommuner; enligt varje kommuns senaste svar dittills finns en grupp i "
        "9 kommuner, planeras en grupp i 2 kommuner och har 1 kommun inte svarat."
    )
    assert leadership.functions(rows).startswith("Ingen av 12 kommuner")


def test_the_summary_of_a_date_without_answers_says_from_where_it_knows():
    found = group(("ja", "2020"))
    now = leadership.moments(found, DAY)[-1]
    rows = leadership.leadership(found, None, now, [NORA, KUMLA])
    assert leadership.summary(rows, now) == (
        "Enligt varje kommuns senaste svar till och med i dag finns en grupp i 1 kommun och har 1 kommun "
        "inte svarat."
    )
    assert "ingen av 12 kommuner svarat" in leadership.summary(leadership.leadership({}, None, now), now)


DATES = ("2019", "2020", "2020-09", "2020-09-30", "2020-12-31", "2021-02", "2021-02-14", "2021-04-30")
ROWS = st.lists(st.tuples(st.sampled_from(["", "ja", "nej", "planerad"]), st.sampled_from(DATES)), max_size=6)


def _last_day(date):
    year, *rest = date.split("-")
    if not rest:
        return f"{year}-12-31"
    if len(rest) == 2:
        return date
    return f"{date}-{ {'02': '28', '09': '30', '04': '30'}[rest[0]] }"


def _naive(rows, day):
    newest = None
    for answer, date in rows:
        last = _last_day(date)
        if answer and last <= day:
            if newest is None or last > newest[0]:
                newest = (last, {answer})
            elif last == newest[0]:
                newest[1].add(answer)
    if newest is None:
        return "ej_besvarat"
    return next(iter(newest[1])) if len(newest[1]) == 1 else "motstridigt"


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sampled_from(DATES), st.sampled_from(DATES), st.randoms(use_true_random=False))
def test_a_plain_loop_finds_the_same_and_the_order_of_the_rows_is_indifferent(rows, one, other, chance):
    first, second = sorted((one, other), key=_last_day)
    row = nora(group(*rows), first, second)
    assert row.before.code == _naive(rows, _last_day(first))
    assert row.after.code == _naive(rows, _last_day(second))
    later = [said for said, date in rows if said and _last_day(first) < _last_day(date) <= _last_day(second)]
    assert (row.change.word == "Ej besvarat") == (not later)
    if row.change.word == "Oförändrat":
        assert row.before.code == row.after.code
        assert row.after.code in later
    assert nora(group(*chance.sample(rows, len(rows))), first, second) == row
