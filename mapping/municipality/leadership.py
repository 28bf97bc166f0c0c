"""Follow what each municipality, and the county, has answered about who leads the work, from date to date.

An answer is a fact only as of its own date. The newest answer on or before a date is the state at that date;
a row without an answer replaces nothing, and is told as "ej besvarat". A plan is never told as a fact.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from mapping.contract import vocabulary
from mapping.contract.vocabulary import COUNTY_CODE, MUNICIPALITIES
from mapping.dataset.freshness import REVIEW_AFTER_DAYS, STALE_AFTER_DAYS, freshness
from mapping.map.shading import ShadeClass, Shading
from mapping.swedish import at_date, either, swedish_order
from mapping.verdicts.answers import Answer, read
from mapping.verdicts.display import SYMBOL
from mapping.verdicts.judge import UNKNOWN

GROUP, PLAN, FUNCTION = "samverkansgrupp", "samverkansgrupp_plan", "strategisk_funktion"
QUESTION: Final[Mapping[str, str]] = {
    GROUP: "Lednings- eller samverkansgrupp",
    PLAN: "Plan för gruppen",
    FUNCTION: "Strategisk funktion",
    "regional_stodorganisation": "Regional stödjande organisation",
    "regional_overenskommelse": "Regional överenskommelse om familjecentraler",
}
MUNICIPAL: Final = (GROUP, PLAN, FUNCTION)
COUNTY: Final = ("regional_stodorganisation", "regional_overenskommelse")

UNANSWERED, CONTRADICTED = "ej_besvarat", "motstridigt"
_UNKNOWN: Final = {UNANSWERED: "Ej besvarat", CONTRADICTED: "Svaren säger emot varandra"}
STATE: Final[Mapping[str, Mapping[str, str]]] = {
    GROUP: {"ja": "Finns", "planerad": "Planerad", "nej": "Finns inte", **_UNKNOWN},
    PLAN: {"ja": "Gruppen ska breddas", "nej": "Ingen plan att bredda gruppen", **_UNKNOWN},
    FUNCTION: {"ja": "Utsedd", "utan_uppdrag": "Finns, utan uppdrag", "nej": "Inte utsedd", **_UNKNOWN},
    COUNTY[0]: {"ja": "Finns", "utan_uppdrag": "Finns, utan uppdrag", "nej": "Finns inte", **_UNKNOWN},
    COUNTY[1]: {"beslutad": "Beslutad", "utkast": "Utkast", "saknas": "Saknas", **_UNKNOWN},
}
"""What each state of each question is called."""

_LIKE: Final = (
    dict.fromkeys(("ja", "beslutad"), "uppfyllt")
    | dict.fromkeys(("planerad", "utan_uppdrag", "utkast"), "delvis")
    | dict.fromkeys(("nej", "saknas"), "gap")
    | dict.fromkeys(_UNKNOWN, UNKNOWN)
)
"""The status whose sign each state has."""

PARTIES: Final = ("forskola", "skola", "socialtjanst", "halso_och_sjukvard", "civilsamhalle")
"""The parties that objective 3.2 names."""

TODAY: Final = "idag"

_COLOURS: Final = {
    "ja": ShadeClass("● Finns", "#6aa5dc", "#2f74b5"),
    "planerad": ShadeClass("◐ Planerad, finns inte än", "#e3eef8", "#1d3850", "#6aa5dc", "#7fb2e0"),
    "nej": ShadeClass("○ Finns inte", "#ee9a4d", "#b0611c"),
}
_OLDER_COLOURS: Final = {
    "ja": ShadeClass("● Finns, enligt äldre svar", "#f3f8fd", "#14222e"),
    "planerad": ShadeClass("◐ Planerad enligt äldre svar", "#ffffff", "#10191d", "#6aa5dc", "#7fb2e0"),
    "nej": ShadeClass("○ Finns inte, enligt äldre svar", "#fdf3e8", "#2e2013"),
}
"""The status scale's blue, light blue and orange, hardly there in older answers; unknown is hatched grey."""


@dataclass(frozen=True)
class Moment:
    """A date to look from: its code in the address, its first and last day, how it is written."""

    code: str
    first: datetime.date
    last: datetime.date
    label: str

    @property
    def sentence(self) -> str:
        """The date as a part of a sentence."""
        return self.label if self.code == TODAY else at_date(self.code)


Histories = Mapping[tuple[str, str], tuple[Answer, ...]]
"""Every answer, oldest first, by kommunkod (the county's is 18) and question."""


@dataclass(frozen=True)
class State:
    """What is known at a date: a key of `STATE`, and the answer that says so where one does."""

    question: str
    code: str
    answer: Answer | None = None

    @property
    def words(self) -> str:
        """The state in words."""
        return STATE[self.question][self.code]

    @property
    def symbol(self) -> str:
        """The state's sign."""
        return SYMBOL[_LIKE[self.code]]

    @property
    def is_known(self) -> bool:
        """Whether anybody has answered, without being contradicted."""
        return self.answer is not None

    def old_since(self, today: datetime.date) -> int | None:
        """Give the answer's year if it is older than two years: it is drawn as older then."""
        if self.answer is None or (today - self.answer.first_day).days <= STALE_AFTER_DAYS:
            return None
        return self.answer.first_day.year


@dataclass(frozen=True)
class Change:
    """What happened between two dates, in a word and in notes that explain it."""

    word: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Leadership:
    """Who leads the work in one municipality, before and after; the parties are those of the later state."""

    code: str
    name: str
    before: State | None
    after: State
    change: Change | None
    later: tuple[Answer, ...]
    """Answers to the question about the group that came after the later date, oldest first."""
    parties: Mapping[str, str]
    """Each of `PARTIES` with `ja`, `planerad`, or why nothing can be said."""
    others: tuple[str, ...]
    """Labels of the parties besides those five; last that there may be more, where the answer says so."""
    plan: State
    function: State
    history: tuple[Answer, ...]
    """Every row about all three questions, newest first."""

    @property
    def plans(self) -> tuple[tuple[str, str], ...]:
        """What is planned, in words, with the date of the answer; empty where nobody has said."""
        plans = []
        if self.after.code == "planerad" and self.after.answer:
            ages = self.after.answer.ages_words
            plans.append((f"En grupp planeras{f' för {ages}' if ages else ''}", self.after.answer.dated))
        if self.plan.answer:
            ages = self.plan.answer.ages_words if self.plan.code == "ja" else None
            plans.append((f"{self.plan.words}{f' till {ages}' if ages else ''}", self.plan.answer.dated))
        return tuple(plans)


def histories(kommunlage: pd.DataFrame) -> Histories:
    """Sort the answers to the questions of `QUESTION` by municipality and question."""
    found: dict[tuple[str, str], list[Answer]] = {}
    for one in read(kommunlage):
        if one.question in QUESTION:
            found.setdefault((one.kommunkod, one.question), []).append(one)
    return {key: tuple(sorted(answers, key=_order)) for key, answers in found.items()}


def _order(answer: Answer) -> tuple[Any, ...]:
    """Order by the last day of a coarse date; the rest only makes the order of the rows indifferent."""
    return (answer.last_day, answer.first_day, len(answer.named), answer.answer, answer.text or "")


def state(answers: Iterable[Answer], question: str, day: datetime.date) -> State:
    """Give the state at a date: the newest row with an answer on or before it.

    A coarse date counts as its last day. `ej_besvarat` without such a row; `motstridigt` if the newest rows,
    of one day, disagree (G12).
    """
    until = sorted((one for one in answers if one.answer and one.last_day <= day), key=_order)
    if not until:
        return State(question, UNANSWERED)
    newest = until[-1]
    if any(one.answer != newest.answer for one in until if one.last_day == newest.last_day):
        return State(question, CONTRADICTED)
    return State(question, newest.answer, newest)


def municipal(found: Histories) -> Histories:
    """Leave out what the county has answered."""
    return {key: answers for key, answers in found.items() if key[0] != COUNTY_CODE}


def moments(found: Histories, today: datetime.date) -> tuple[Moment, ...]:
    """Give the dates that occur in the answers, oldest first, and today last."""
    days: dict[datetime.date, Moment] = {}
    for one in sorted((one for answers in found.values() for one in answers), key=lambda one: len(one.date)):
        if one.last_day <= today:
            days.setdefault(one.last_day, Moment(one.date, one.first_day, one.last_day, one.dated))
    return (*(days[day] for day in sorted(days)), Moment(TODAY, today, today, "i dag"))


def usual_moments(found: Histories, today: datetime.date) -> tuple[Moment | None, Moment]:
    """Give the dates to compare when nobody has chosen: the municipalities' first and last.

    In the shipped data September 2020 and April 2021, the columns of Bilaga 1 in Region Örebro län rapport
    2021:7. The first is None where there is only one date.
    """
    *dates, now = moments(municipal(found), today)
    if not dates:
        return None, now
    return (dates[0] if len(dates) > 1 else None), dates[-1]


def words(answer: Answer) -> str:
    """Say what was answered."""
    return STATE[answer.question][answer.answer or UNANSWERED]


def age(answer: Answer, day: datetime.date) -> str:
    """Say how old the answer is on a day."""
    return freshness(pd.Timestamp(answer.first_day), day)


def change(answers: Sequence[Answer], before: Moment, after: Moment) -> Change:
    """Tell what the answers to the question about the group say happened between two dates.

    "Oförändrat" stands only where a later answer says the same. Silence is "ej besvarat", whether a row says
    so or there is none.
    """
    then, now = state(answers, GROUP, before.last), state(answers, GROUP, after.last)
    between = [one for one in answers if before.last < one.last_day <= after.last]
    answered = [one for one in between if one.answer]
    silent = [
        one for one in between if not one.answer and all(one.last_day > other.last_day for other in answered)
    ]
    notes = [f"ej besvarat {at_date(one.date)}" for one in silent]
    if not answered:
        last = f"inget svar efter {then.answer.dated}" if then.answer else "inget svar"
        return Change("Ej besvarat", tuple(notes or [last]))
    if now.answer is None:
        return Change("Kan inte avgöras", ("svaren säger emot varandra", *notes))
    if then.answer is None:
        return Change("Första svaret" if then.code == UNANSWERED else "Nytt svar", tuple(notes))
    if then.code != now.code:
        return Change("Ändrat", (f"från {then.words.lower()} till {now.words.lower()}", *notes))
    ages = then.answer.ages_words, now.answer.ages_words
    if all(ages) and ages[0] != ages[1]:
        notes.insert(0, f"åldrarna var {ages[0]}, är {ages[1]}")
    return Change("Oförändrat", tuple(notes))


def leadership(
    found: Histories, before: Moment | None, after: Moment, codes: Sequence[str] = ()
) -> tuple[Leadership, ...]:
    """Tell who leads the work in each municipality, or in those of `codes`, in alphabetical order.

    Without `before` there is nothing to compare with.
    """
    gathered = []
    for code in sorted(codes or MUNICIPALITIES, key=lambda code: swedish_order(MUNICIPALITIES[code])):
        group, plan, function = (found.get((code, question), ()) for question in MUNICIPAL)
        now = state(group, GROUP, after.last)
        others = [party for party in now.answer.named if party not in PARTIES] if now.answer else []
        others.sort(key=lambda party: party == "ofullstandig")
        gathered.append(
            Leadership(
                code=code,
                name=MUNICIPALITIES[code],
                before=state(group, GROUP, before.last) if before else None,
                after=now,
                change=change(group, before, after) if before else None,
                later=tuple(one for one in group if one.answer and one.last_day > after.last),
                parties={party: _part(now, party) for party in PARTIES},
                others=tuple({**vocabulary.PARTY, **MUNICIPALITIES}[party] for party in others),
                plan=state(plan, PLAN, after.last),
                function=state(function, FUNCTION, after.last),
                history=tuple(sorted((*group, *plan, *function), key=_order, reverse=True)),
            )
        )
    return tuple(gathered)


def _part(now: State, party: str) -> str:
    """Say whether a party is in the group. What nobody named is not a no: the answer need not name all."""
    if now.answer is None:
        return STATE[GROUP][now.code].lower()
    if now.code == "nej":
        return "ingen grupp"
    if party not in now.answer.named:
        return "ej angiven"
    return "planerad" if now.code == "planerad" else "ja"


def county_states(found: Histories, after: Moment) -> tuple[tuple[State, tuple[Answer, ...]], ...]:
    """Give the county's own answers: each question's state at a date, with every row, newest first."""
    return tuple(
        (state(answers, question, after.last), tuple(reversed(answers)))
        for question in COUNTY
        for answers in [found.get((COUNTY_CODE, question), ())]
    )


def by_state(
    rows: Sequence[Leadership], today: datetime.date
) -> tuple[tuple[State, bool, tuple[str, ...]], ...]:
    """Give the states of the group in use, answers older than two years apart, with names and those years."""
    found = []
    for code in STATE[GROUP]:
        here = [(row.name, row.after.old_since(today)) for row in rows if row.after.code == code]
        for is_old in (False, True):
            names = tuple(f"{name} ({year})" if year else name for name, year in here if bool(year) == is_old)
            if names:
                found.append((State(GROUP, code), is_old, names))
    return tuple(found)


def summary(rows: Sequence[Leadership], after: Moment) -> str:
    """Say in one sentence how many answered at a date, and what the newest answers until then say."""
    total = _municipalities(len(rows))
    counts = {code: sum(row.after.code == code for row in rows) for code in STATE[GROUP]}
    if counts[UNANSWERED] == len(rows):
        return f"Till och med {after.label} har ingen av {total} svarat på om det finns en grupp."
    answered = sum(
        any(
            one.question == GROUP
            and one.answer
            and after.first <= one.first_day <= one.last_day <= after.last
            for one in row.history
        )
        for row in rows
    )
    opening = f"Enligt varje kommuns senaste svar till och med {after.label}"
    if answered:
        opening = (
            f"{after.sentence.capitalize()} svarade {answered} av {total}; enligt varje kommuns senaste svar "
            "dittills"
        )
    words = {
        "ja": "finns en grupp i {}",
        "planerad": "planeras en grupp i {}",
        "nej": "finns ingen grupp i {}",
        UNANSWERED: "har {} inte svarat",
        CONTRADICTED: "säger svaren emot varandra i {}",
    }
    states = either(
        (text.format(_municipalities(counts[code])) for code, text in words.items() if counts[code]),
        last="och",
    )
    return f"{opening} {states}."


def functions(rows: Sequence[Leadership]) -> str:
    """Say how many have answered whether there is an appointed strategic function (objective 3.3)."""
    answered = sum(row.function.is_known for row in rows)
    return (
        f"{answered or 'Ingen'} av {_municipalities(len(rows))} har svarat på om det finns en utsedd "
        "strategisk funktion som driver arbetet."
    )


def _municipalities(count: int) -> str:
    return f"{count} {'kommun' if count == 1 else 'kommuner'}"


def age_of_answers(rows: Sequence[Leadership], today: datetime.date) -> str:
    """Say how old the answers behind the states are today; empty without answers.

    A coarse date is as old as its first day (G2).
    """
    ages = [(today - row.after.answer.first_day).days for row in rows if row.after.answer]
    if not ages:
        return ""
    old = sum(age > STALE_AFTER_DAYS for age in ages)
    review = sum(REVIEW_AFTER_DAYS < age <= STALE_AFTER_DAYS for age in ages)
    newest = max((row.after.answer for row in rows if row.after.answer), key=_order)
    counts = [f"{old} av {len(ages)} svar äldre än två år och räknas som gamla"] if old else []
    counts += [f"{review} av {len(ages)} äldre än ett år och bör ses över"] if review else []
    fresh = "är inget svar äldre än ett år"
    return (
        f"I dag {'är ' + either(counts, last='och') if counts else fresh}. Det nyaste är från {newest.dated}."
    )


def state_shading(
    rows: Sequence[Leadership], after: Moment, today: datetime.date, *, counts_older: bool = True
) -> Shading:
    """Colour the municipalities by whether there is a group at a date.

    Answers that are older than two years today are hardly coloured, or not at all where they do not count.
    """
    years = {row.code: row.after.old_since(today) for row in rows}
    looks = {row.code: (row.after.code, bool(years[row.code])) for row in rows}
    shades = {
        (code, is_old): shade
        for is_old, some in ((False, _COLOURS), (True, _OLDER_COLOURS))
        for code, shade in some.items()
        if counts_older or not is_old
    }
    used = [look for look in shades if look in looks.values()]
    hidden = f"{SYMBOL[UNKNOWN]} äldre:"
    signs = {row.code: hidden if years[row.code] and not counts_older else row.after.symbol for row in rows}
    return Shading(
        title=f"Lednings- eller samverkansgrupp, {after.label}",
        source="Varje kommuns senaste svar till och med datumet.",
        classes=tuple(shades[look] for look in used),
        step={code: used.index(look) if look in used else None for code, look in looks.items()},
        text={row.code: _state_words(row.after) for row in rows},
        mark={
            row.code: f"{signs[row.code]} {row.after.words.lower()} {years[row.code] or ''}".strip()
            for row in rows
        },
        missing_label=f"{SYMBOL[UNKNOWN]} Ej besvarat" + ("" if counts_older else ", eller bara äldre svar"),
    )


def _state_words(now: State) -> str:
    words = [now.words]
    if now.answer:
        words += [*filter(None, [now.answer.ages_words]), f"svar {at_date(now.answer.date)}"]
    return ", ".join(words)
