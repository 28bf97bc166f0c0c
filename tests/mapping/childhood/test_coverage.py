"""The strips agree with a plain loop over the rows, on a hand-made county and on random ones."""

import datetime

import pytest

from mapping.childhood.coverage import EVERYTHING, Choice, coverage, excel_rows, rows
from mapping.childhood.services import phases
from mapping.contract.vocabulary import COUNTY_PARTS, MUNICIPALITIES
from tests.gap_county import DAY, NORA, STRATEGY, Chance, answer, arena, dataset_of, insats, random_rows

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


@pytest.mark.parametrize("older", [False, True])
@pytest.mark.parametrize(
    "choice",
    [
        EVERYTHING,
        Choice(kunskapsbas=("evidens",)),
        Choice(tema=("samspel",)),
        Choice((), ("beprovad",), ("lek",)),
    ],
)
def test_the_hand_made_county_agrees_with_a_loop_over_its_rows(choice, older):
    tables = hand_made()
    found = strips(*tables, choice=choice, include_older=older)
    assert found == naive(*tables, day=DAY, choice=choice, older=older)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("older", [False, True])
def test_random_counties_agree_with_a_loop_over_their_rows(seed, older):
    arenor, insatser, kommunlage = random_rows(Chance(seed))
    kommunlage = [row for row in kommunlage if row["fraga"] != "kartlaggning"]
    kommunlage += [answer("kartlaggning", "klar", code) for code in list(MUNICIPALITIES)[::2]]
    choice = EVERYTHING if seed % 2 else Choice(kunskapsbas=("evidens",))
    for row in insatser + arenor:
        # a coarse date counts from its first day
        text = row.get("kontrollerad_datum", "")
        row["kontrollerad_datum"] = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
    tables = (arenor, insatser, kommunlage)
    found = strips(*tables, choice=choice, include_older=older)
    assert found == naive(*tables, day=DAY, choice=choice, older=older)


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
    assert universal.words == ("Belagt 0–6 år; delat 7–14 år; inget känt universellt stöd 15–18 år")
    assert shown.municipality("1860").strips[0].label == "Universell nivå: Underlag saknas 0–18 år."
    narrow = coverage(dataset_of(*hand_made()), STRATEGY, DAY, Choice(tema=("lek",)))
    assert narrow.municipality(NORA).strips[0].words == (
        "Inget känt universellt stöd i urvalet 0–5 och 15–18 år; underlag saknas 6–14 år"
    )


def test_older_rows_are_told_apart_with_their_year_in_both_positions_of_the_switch():
    tables = [arena("x", kontrollerad_datum=OLD)], [insats("a", "x", **U0_6)], ()
    strict, older = (
        coverage(dataset_of(*tables), STRATEGY, DAY, include_older=side).municipality(NORA).strips[0]
        for side in (False, True)
    )
    assert (strict.states[0], older.states[0]) == ("okand", "belagd")
    assert strict.is_older == older.is_older == (True,) * 7 + (False,) * 12
    assert strict.older_words == "Äldre uppgifter: 0–6 år (2021)"
    assert older.older_words == "Äldre uppgifter räknas för 0–6 år (äldsta från 2021)"


def test_a_plan_covers_nothing_and_an_arena_without_insatser_is_named_as_open():
    strip = coverage(dataset_of([arena("x", status="planerad")], [insats("a", "x", **U0_6)]), STRATEGY, DAY)
    universal = strip.municipality(NORA).strips[0]
    assert (set(universal.states), universal.years["planerat"]) == ({"okand"}, "0–6 år")
    assert "Planerat 0–6 år" in universal.label
    first, *_ = phases(dataset_of(*hand_made()), STRATEGY, DAY, KUMLA)
    assert [(one.name, one.arena_id) for one in first.possible] == [(None, "tom")]


def test_the_summary_counts_without_ranking_and_follows_the_lansdel():
    tables = [arena("x", kommunkod=KUMLA)], [insats("a", "x", **U0_6 | {"alder_till": "18"})]
    shown = coverage(dataset_of(*tables), STRATEGY, DAY)
    assert shown.summary.startswith(
        "I 1 av 12 kommuner är universellt stöd belagt för hela uppväxten, 0–18 år"
    )
    north = coverage(dataset_of(*tables), STRATEGY, DAY, Choice(("norr",)))
    assert {one.kommunkod for one in north.listed} == set(COUNTY_PARTS["norr"])
    assert north.summary.startswith("I 0 av 4 kommuner")
    names = [one.kommun for one in shown.listed]
    assert (names[0], names[-1]) == ("Askersund", "Örebro")


def test_type_values_are_told_apart_and_prove_nothing(shipped):
    shown = coverage(shipped, STRATEGY, DAY)
    typical = [one for one in shown.listed if one.strips[0].years["typvarde"]]
    assert typical
    assert "Typvärde (inget belägg)" in rows(shown, typical=True)
    assert "Typvärde (inget belägg)" not in rows(shown)
    assert set(typical[0].strips[0].states) == {"okand"}


def test_the_excel_rows_tell_choice_version_and_day(shipped):
    choice = Choice(("vaster",), ("evidens",))
    table = excel_rows(coverage(shipped, STRATEGY, DAY, choice, include_older=True), shipped)
    assert (len(table), set(table["Länsdel"])) == (6, {"Väster"})
    assert set(table["Urval"]) == {
        "Föräldraskapsstöd i länsdel Väster, med kunskapsbasen evidensbaserad. Äldre uppgifter räknas med."
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


@pytest.mark.parametrize("older", [False, True])
def test_every_covered_year_has_an_insats_in_its_phase_and_no_other_phase_has(older):
    tables = dataset_of(*random_rows(Chance(5)))
    for one in coverage(tables, STRATEGY, DAY, include_older=older).every:
        for phase in phases(tables, STRATEGY, DAY, one.kommunkod, include_older=older):
            years = slice(phase.ages[0], phase.ages[1] + 1)
            is_covered = any({"belagd", "delad"} & set(strip.states[years]) for strip in one.strips)
            assert is_covered == any(row.is_proven for row in phase.every)
