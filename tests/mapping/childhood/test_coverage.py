"""The strips agree with a plain loop over the rows, on a hand-made county and on random ones."""

import datetime

import pytest

from mapping.childhood.choice import EVERYTHING, Choice
from mapping.childhood.coverage import coverage, excel_rows
from mapping.childhood.services import phases
from mapping.contract.vocabulary import COUNTY_PARTS, MUNICIPALITIES
from tests.gap_county import (
    DAY,
    FRESH,
    NORA,
    STRATEGY,
    Chance,
    answer,
    arena,
    dataset_of,
    insats,
    mandate,
    random_rows,
)

LEVELS = ("universell", "selektiv", "indikerad")
KUMLA, LINDESBERG = "1881", "1885"
OLD = "2021-05-01"
U0_6 = {"preventionsniva": "universell", "alder_fran": "0", "alder_till": "6"}


def strips(*tables, day=DAY, choice=EVERYTHING, **options):
    shown = coverage(dataset_of(*tables), STRATEGY, day, choice, **options)
    return {
        (one.kommunkod, strip.level): "".join(state[0] for state in strip.states)
        for one in shown.every
        for strip in one.strips
    }


def nora(*tables, level="universell", **options):
    return strips(*tables, **options)[NORA, level]


def first_day(text):
    return datetime.date.fromisoformat((text + "-01-01")[:10]) if text else None


def naive(arenor, insatser, kommunlage, *, day, choice, older):  # noqa: C901, PLR0913
    """Colour every year by asking each row in turn."""

    def fresh(text):
        given = first_day(text)
        return given is not None and given <= day and (older or (day - given).days <= 730)

    def state(row, date):
        status, holds = row.get("status") or "okand", fresh(date)
        if status == "stangd":
            return 0
        if status == "planerad" and holds:
            return 1
        return 3 if status == "aktiv" and holds and row.get("belagg") != "svag" else 2

    def split(cell):
        return [word for word in (cell or "").split(" | ") if word]

    def fits(row, *, best):
        for cell, wanted in (
            (split(row.get("kunskapsbas")), choice.kunskapsbas),
            (split(row.get("tema")), choice.tema),
        ):
            if wanted and not set(cell) & set(wanted) and not (best and not cell):
                return False
        return True

    def covers(row, level, year, *, best):
        levels, first, last = split(row.get("preventionsniva")), row.get("alder_fran"), row.get("alder_till")
        on_level = level in levels or (best and not levels)
        at_age = int(first) <= year <= int(last) if first and last else best or str(year) == (first or last)
        return fits(row, best=best) and on_level and at_age

    def is_mapped(code):
        asked = [r for r in kommunlage if r["kommunkod"] == code and r["fraga"] == "kartlaggning"]
        said = [row for row in asked if row["svar"]]
        return bool(said) and said[-1]["svar"] == "klar" and fresh(said[-1]["datum"])

    found = {}
    by_arena = {row["arena_id"]: [r for r in insatser if r["arena_id"] == row["arena_id"]] for row in arenor}
    for code in MUNICIPALITIES:
        own = [row for row in arenor if row["kommunkod"] == code]
        serving = own + [
            row
            for row in arenor
            if row not in own
            and (row["kommunkod"] == "18" or {code, "18"} & set(split(row.get("betjanar_kommuner"))))
        ]
        for level in LEVELS:
            word = ""
            for year in range(19):
                colour = "t" if is_mapped(code) else "o"
                for place in serving:
                    there = state(place, place.get("kontrollerad_datum"))
                    if not by_arena[place["arena_id"]] and there >= 2:
                        colour = "o" if colour == "t" else colour
                    for row in by_arena[place["arena_id"]]:
                        date = row.get("kontrollerad_datum") or place.get("kontrollerad_datum")
                        stands = min(there, state(row, date))
                        if stands == 3 and covers(row, level, year, best=False):
                            colour = "b" if place in own or colour == "b" else "d"
                        elif stands >= 2 and covers(row, level, year, best=True) and colour == "t":
                            colour = "o"
                word += colour
            found[code, level] = word
    return found


def naive_strengths(tables, *, choice, basis):
    """Colour every year by the strongest that is known: strictly, else as older rows say."""
    strict, older = (naive(*tables, day=DAY, choice=choice, older=side) for side in (False, True))
    if basis == "belagt":
        return strict
    return {
        where: "".join(
            one if one in "bd" else "a" if old in "bd" else old
            for one, old in zip(strict[where], older[where], strict=True)
        )
        for where in strict
    }


def hand_made():
    arenor = [
        arena("fc", "familjecentral"),
        arena("gammal", kontrollerad_datum=OLD),
        arena("svag", belagg="svag"),
        arena("plan", status="planerad"),
        arena("tom", kommunkod=KUMLA),
        arena("delad", kommunkod=LINDESBERG, betjanar_kommuner=f"{NORA} | {KUMLA}"),
        arena("lan", kommunkod="18"),
        arena("stangd", status="stangd"),
    ]
    insatser = [
        insats("oppet", "fc", **U0_6, kunskapsbas="evidens", tema="samspel"),
        insats("utan-niva", "fc", alder_fran="7", alder_till="8"),
        insats("utan-alder", "fc", preventionsniva="indikerad"),
        insats("halv", "fc", preventionsniva="selektiv", alder_fran="4"),
        insats("forr", "gammal", preventionsniva="universell", alder_fran="9", alder_till="10"),
        insats("kanske", "svag", preventionsniva="universell", alder_fran="11", alder_till="11"),
        insats("sen", "plan", preventionsniva="universell", alder_fran="12", alder_till="12"),
        insats("tonar", "delad", preventionsniva="universell | selektiv", alder_fran="6", alder_till="14"),
        insats("rad", "lan", preventionsniva="indikerad", alder_fran="17", alder_till="25"),
        insats("borta", "stangd", preventionsniva="universell", alder_fran="0", alder_till="18"),
    ]
    return arenor, insatser, [answer("kartlaggning", "klar"), answer("kartlaggning", "klar", LINDESBERG)]


@pytest.mark.parametrize("basis", ["belagt", "aldre"])
@pytest.mark.parametrize(
    "choice",
    [
        EVERYTHING,
        Choice(kunskapsbas=("evidens",)),
        Choice(tema=("samspel",)),
        Choice((), ("beprovad",), ("lek",)),
    ],
)
def test_the_hand_made_county_agrees_with_a_loop_over_its_rows(choice, basis):
    tables = hand_made()
    found = strips(*tables, choice=choice, basis=basis)
    assert found == naive_strengths(tables, choice=choice, basis=basis)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("basis", ["belagt", "aldre"])
def test_random_counties_agree_with_a_loop_over_their_rows(seed, basis):
    arenor, insatser, kommunlage = random_rows(Chance(seed))
    kommunlage = [row for row in kommunlage if row["fraga"] != "kartlaggning"]
    kommunlage += [answer("kartlaggning", "klar", code) for code in list(MUNICIPALITIES)[::2]]
    choice = EVERYTHING if seed % 2 else Choice(kunskapsbas=("evidens",))
    for row in insatser + arenor:
        # a coarse date counts from its first day
        text = row.get("kontrollerad_datum", "")
        row["kontrollerad_datum"] = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
    tables = (arenor, insatser, kommunlage)
    found = strips(*tables, choice=choice, basis=basis)
    assert found == naive_strengths(tables, choice=choice, basis=basis)


def test_nothing_known_is_unknown_until_the_mapping_is_complete_and_ages_are_cut():
    assert (nora(), nora((), (), [answer("kartlaggning", "pagar")])) == ("o" * 19, "o" * 19)
    assert nora((), (), [answer("kartlaggning", "klar")]) == "t" * 19
    assert nora((), (), [answer("kartlaggning", "klar", date="2023")]) == "o" * 19
    klar = [answer("kartlaggning", "klar")]
    row = insats("a", "x", preventionsniva="universell", alder_fran="17", alder_till="25")
    assert nora([arena("x")], [row], klar) == "t" * 17 + "bb"


def test_the_words_name_the_empty_and_the_unknown_years():
    shown = coverage(dataset_of(*hand_made()), STRATEGY, DAY)
    universal = shown.municipality(NORA).strips[0]
    assert (
        universal.words
        == "Finns 0–6 år; delas med andra kommuner 7–14 år; inget känt universellt stöd 15–18 år"
    )
    assert shown.municipality("1860").strips[0].label == "Universell nivå: Uppgift saknas 0–18 år."
    narrow = coverage(dataset_of(*hand_made()), STRATEGY, DAY, Choice(tema=("lek",)))
    assert narrow.municipality(NORA).strips[0].words == (
        "Inget känt universellt stöd i urvalet 0–5 och 15–18 år; uppgift saknas 6–14 år"
    )


def test_older_rows_are_told_apart_with_their_year_and_only_where_they_are_asked_for():
    tables = [arena("x", kontrollerad_datum=OLD)], [insats("a", "x", **U0_6)], ()
    strict, best = (
        coverage(dataset_of(*tables), STRATEGY, DAY, basis=basis).municipality(NORA).strips[0]
        for basis in ("belagt", "aldre")
    )
    assert (set(strict.states), strict.older_year) == ({"okand"}, None)
    assert best.states == ("aldre",) * 7 + ("okand",) * 12
    assert best.words == "Fanns enligt äldre uppgift 0–6 år (från 2021); uppgift saknas 7–18 år"


def test_what_law_or_programme_obliges_is_lighter_than_what_is_there_and_an_old_arena_is_older():
    law = [
        mandate("samtal", "kommun", preventionsniva="selektiv", alder_fran="0", alder_till="17",
                kontrollerad_datum=FRESH),
        mandate("bhv", "bvc", preventionsniva="universell", alder_fran="0", alder_till="5", grund="program"),
        mandate("bio", "bibliotek", preventionsniva="universell", alder_fran="0", alder_till="18",
                grund="vanligt"),
    ]  # fmt: skip
    arenor = [
        arena("ny", "bvc"), arena("gammal", "bvc", KUMLA, kontrollerad_datum=OLD), arena("b", "bibliotek"),
        arena("sen", "bvc", LINDESBERG, status="planerad"),
    ]  # fmt: skip
    found = {
        basis: strips(arenor, [insats("a", "ny", **U0_6 | {"alder_till": "1"})], (), law, basis=basis)
        for basis in ("belagt", "uppdrag", "aldre")
    }
    assert found["belagt"][NORA, "universell"] == "bb" + "o" * 17
    assert found["uppdrag"][NORA, "universell"] == "bb" + "uuuu" + "o" * 13
    assert {found[basis][KUMLA, "selektiv"] for basis in ("uppdrag", "aldre")} == {"u" * 18 + "o"}
    assert [found[basis][KUMLA, "universell"][:6] for basis in found] == ["o" * 6, "o" * 6, "a" * 6]
    planned = coverage(dataset_of(arenor, (), (), law), STRATEGY, DAY, basis="uppdrag")
    strip = planned.municipality(LINDESBERG).strips[0]
    assert (strip.years["planerat"], set(strip.states)) == ("0–5 år", {"okand"})


def test_a_complete_mapping_that_lists_nothing_knows_more_than_the_law():
    law = [mandate("s", "kommun", preventionsniva="selektiv", alder_fran="0", alder_till="17",
                   kontrollerad_datum=FRESH)]  # fmt: skip
    klar = [answer("kartlaggning", "klar")]
    assert nora((), (), klar, law, level="selektiv", basis="aldre") == "t" * 19


def test_the_county_counts_municipalities_by_strength_and_hears_who_says_that_support_is_missing(shipped):
    shown = coverage(shipped, STRATEGY, datetime.date(2026, 11, 30), basis="aldre")
    universal = shown.county[0]
    for place in range(19):
        for strength, letters in (("belagt", "bd"), ("uppdrag", "u"), ("aldre", "a")):
            many = sum(one.strips[0].states[place][0] in letters for one in shown.every)
            assert universal.counts[place][strength] == many
    assert min(universal.known(place) for place in range(6)) >= 11
    teens = [place for place in range(19) if universal.missing[place]]
    assert teens == list(range(13, 19))
    assert all(any(strip.is_known for strip in one.strips) for one in shown.every)


def test_a_plan_covers_nothing_and_an_arena_without_insatser_is_named_as_open():
    strip = coverage(dataset_of([arena("x", status="planerad")], [insats("a", "x", **U0_6)]), STRATEGY, DAY)
    universal = strip.municipality(NORA).strips[0]
    assert (set(universal.states), universal.years["planerat"]) == ({"okand"}, "0–6 år")
    assert "Planeras 0–6 år" in universal.label
    first, *_ = phases(dataset_of(*hand_made()), STRATEGY, DAY, KUMLA)
    assert [(one.name, one.arena_id) for one in first.possible] == [(None, "tom")]


def test_the_summary_counts_without_ranking_and_follows_the_lansdel():
    tables = [arena("x", kommunkod=KUMLA)], [insats("a", "x", **U0_6 | {"alder_till": "18"})]
    shown = coverage(dataset_of(*tables), STRATEGY, DAY)
    assert shown.summary == "Universellt stöd är känt i 1 av 12 kommuner för 0–18 år."
    north = coverage(dataset_of(*tables), STRATEGY, DAY, Choice(("norr",)))
    assert {one.kommunkod for one in north.listed} == set(COUNTY_PARTS["norr"])
    assert north.summary == "Om universellt stöd är inget känt för något år i uppväxten."
    names = [one.kommun for one in shown.listed]
    assert (names[0], names[-1]) == ("Askersund", "Örebro")


def test_the_excel_rows_tell_choice_version_and_day(shipped):
    choice = Choice(("vaster",), ("evidens",))
    table = excel_rows(coverage(shipped, STRATEGY, DAY, choice, basis="aldre"), shipped)
    assert (len(table), set(table["Länsdel"])) == (6, {"Väster"})
    assert set(table["Urval"]) == {
        "Föräldraskapsstöd i länsdel Väster, med kunskapsbasen evidensbaserad. Bästa kända bild."
    }
    assert (set(table["Dataversion"]), set(table["Bedömningsdag"])) == ({shipped.version}, {"2026-06-01"})


def test_the_insatser_of_a_phase_are_those_that_cover_its_years_and_those_that_may():
    young, middle, teen = phases(dataset_of(*hand_made()), STRATEGY, DAY, NORA)
    assert [one.name for one in young.proven] == ["halv", "oppet"]
    assert [one.name for one in middle.proven] == ["oppet", "tonar", "sen"]
    assert [one.name for one in teen.proven] == ["rad", "tonar"]
    reasons = {one.name: one.evidence for one in middle.possible}
    assert reasons == {
        "utan-niva": "kan täcka: saknar nivå",
        "utan-alder": "kan täcka: saknar ålder",
        "halv": "kan täcka: saknar ålder",
        "forr": "kan täcka: saknar aktuell uppgift (senast 2021)",
        "kanske": "kan täcka: saknar säkrare källa",
    }
    shared = {one.name: one.shared_with for one in (*middle.proven, *teen.proven)}
    assert shared == {"oppet": None, "tonar": "Lindesberg", "sen": None, "rad": "Örebro län"}


@pytest.mark.parametrize("basis", ["belagt", "aldre"])
def test_every_covered_year_has_an_insats_in_its_phase_and_no_other_phase_has(basis):
    tables = dataset_of(*random_rows(Chance(5)))
    for one in coverage(tables, STRATEGY, DAY, basis=basis).every:
        for phase in phases(tables, STRATEGY, DAY, one.kommunkod, basis=basis):
            years = slice(phase.ages[0], phase.ages[1] + 1)
            is_covered = any({"belagd", "delad", "aldre"} & set(strip.states[years]) for strip in one.strips)
            assert is_covered == any(row.is_proven for row in phase.every)
