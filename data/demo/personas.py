"""Say what each municipality of the example county is an example of, and what is therefore known about it.

The municipalities are real, everything said about them is made up. Each plays a part: one has it all, one has
proved its gaps, one has told nothing. `rows` derives every row from this table, so whoever wonders why the
example shows a verdict reads the part here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

ALL_PARTIES: Final = "forskola | skola | socialtjanst | halso_och_sjukvard | civilsamhalle"
WORDS: Final = "Påhittat svar: arbetet är beskrivet i en påhittad plan och följs upp varje år."


@dataclass(frozen=True)
class Offer:
    """Something that is offered at an arena type, for ages `first` to `last`, both included."""

    level: str
    first: int
    last: int
    at: str
    basis: str = "evidens"
    rights: str = "nej"
    reach: str = ""
    """What makes it adapted: `sprak`, or a form such as `uppsokande`. Empty: nothing does."""
    parties: str = "kommun"
    status: str = "aktiv"


@dataclass(frozen=True)
class Answer:
    """An answer to a question of `kommunlage`."""

    reply: str
    parties: str = ""
    ages: tuple[int, int] | None = None
    words: str = ""


@dataclass(frozen=True)
class Centre:
    """A familjecentral: which of its parts it has, in the order bmm, bvc, öppen förskola, socialtjänst."""

    parts: tuple[str, str, str, str]
    status: str = "aktiv"


@dataclass(frozen=True)
class State:
    """What is known about a municipality in one wave."""

    offers: tuple[Offer, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    centre: Centre | None = None
    clinics: Mapping[str, bool] = field(default_factory=dict)
    """`bvc`, `bmm` → whether it shares premises with the familjecentral."""
    others: int = 0
    """How many more arenas there are; what they offer repeats `Persona.repeats` and proves nothing more."""
    new: str = ""
    """The arena type that has opened since the wave before."""


@dataclass(frozen=True)
class Persona:
    """A municipality's part in the example."""

    kommunkod: str
    slug: str
    locality: str
    seat: tuple[float, float]
    """Latitude and longitude near which its arenas lie."""
    children: int
    """Aged 0–15, made up."""
    part: str
    """What it is an example of, in Swedish: the first line of its dialogue says it."""
    waves: Mapping[int, State]
    types: tuple[str, ...] = ()
    """Types of the other arenas, in turn."""
    repeats: tuple[Offer, ...] = ()
    groups: tuple[str, str] = ("", "")
    """What it answered about a samverkansgrupp in September 2020 and in April 2021; empty: not answered."""
    untargeted: int = 0
    """One in so many of the other arenas does not say for whom it is; 0: all say."""
    sparse: bool = False
    """Whether cells are empty here and there until the mapping is complete."""
    odd: Mapping[int, str] = field(default_factory=dict)
    """Status of some of the other arenas, by number: those that are not active."""
    confirmed: tuple[str, str] | None = None
    """When its rows were confirmed, first and last day; else in the months before the wave."""
    protected: str = ""
    """How much may be shown of its specialist: `ort` or `dold`."""
    serves: str = ""
    """A neighbour that its support also serves."""


def _whole(basis: str = "evidens") -> tuple[Offer, ...]:
    """All three levels through the whole childhood, adapted, about rights, shared between parties."""
    both = "socialtjanst | halso_och_sjukvard"
    return (
        Offer("universell", 0, 5, "oppen_forskola", basis, "ja", "sprak", both),
        Offer("universell", 3, 5, "forskola", basis, "nej", "", "forskola | socialtjanst"),
        Offer("universell", 6, 12, "skola", basis, "ja", "sprak", "skola | civilsamhalle"),
        Offer("universell", 13, 18, "forening", basis, "ja", "uppsokande", "kommun | civilsamhalle"),
        Offer("selektiv", 0, 12, "socialtjanst", basis, "nej", "hembesok", both),
        Offer("selektiv", 13, 18, "ungdomsmottagning", basis, "nej", "", "kommun | region"),
        Offer("indikerad", 0, 20, "specialist", basis, "nej", "", both),
    )


def _answers(  # noqa: PLR0913 - one argument a question
    mapped: str = "",
    *,
    needs: str = "",
    rights: Answer | None = None,
    skills: Answer | None = None,
    indicators: Answer | None = None,
    unreached: Answer | None = None,
    group: Answer | None = None,
    function: str = "",
    together: Answer | None = None,
    wider: str = "",
) -> dict[str, Answer]:
    """Name the questions; what is not given is not answered."""
    given = {
        "kartlaggning": Answer(mapped) if mapped else None,
        "behovsinventering": Answer(needs) if needs else None,
        "barnratt_information": rights,
        "kompetensinsats": skills,
        "validerade_indikatorer": indicators,
        "ej_nadda_grupper": unreached,
        "samverkansgrupp": group,
        "samverkansgrupp_plan": Answer(wider) if wider else None,
        "strategisk_funktion": Answer(function) if function else None,
        "samverkan": together,
    }
    return {question: answer for question, answer in given.items() if answer is not None}


FULFILLED: Final = _answers(
    "klar",
    needs="ja",
    rights=Answer("ja", ages=(0, 18)),
    skills=Answer("ja", ALL_PARTIES),
    indicators=Answer("3", words=WORDS),
    unreached=Answer("3", words=WORDS),
    group=Answer("ja", ALL_PARTIES, (0, 18)),
    function="ja",
    together=Answer("3", words=WORDS),
)
DENIED: Final = _answers(
    "klar",
    needs="nej",
    rights=Answer("nej"),
    skills=Answer("nej"),
    indicators=Answer("0"),
    unreached=Answer("0"),
    group=Answer("nej"),
    function="nej",
    together=Answer("0"),
)
HALFWAY: Final = _answers(
    "klar",
    needs="nej",
    rights=Answer("nej"),
    skills=Answer("ja", "forskola | skola"),
    indicators=Answer("1"),
    unreached=Answer("1"),
    group=Answer("ja", "socialtjanst | skola | halso_och_sjukvard", (0, 12)),
    function="utan_uppdrag",
    together=Answer("1"),
    wider="ja",
)

EARLY_YEARS: Final = (
    Offer("universell", 0, 5, "oppen_forskola", "beprovad"),
    Offer("universell", 0, 2, "bvc", "beprovad", parties="region"),
)
"""What there is where only the first years have any support, and none of it is knowledge-based."""

ORDINARY: Final = (
    Offer("universell", 0, 5, "bvc", "beprovad", parties="region"),
    Offer("universell", 6, 12, "skola", "beprovad", parties="skola"),
    Offer("universell", 13, 18, "annan", "beprovad"),
    Offer("selektiv", 0, 12, "socialtjanst", "beprovad", parties="socialtjanst"),
)
"""What the other arenas of a well-supplied municipality offer beside its own programmes."""

FOUR_PARTS: Final = Centre(("ja", "ja", "ja", "ja"))
THREE_TYPES: Final = ("forskola", "skola", "forening", "bibliotek", "annan", "socialtjanst")
FIRST_TYPES: Final = ("oppen_forskola", "bibliotek", "annan", "socialtjanst")

PERSONAS: Final = (
    Persona(
        "1814",
        "lekeberg",
        "Påhittade Blåbärsby",
        (59.174, 14.872),
        1600,
        "Liten kommun som är färdigkartlagd och delar det mesta av stödet med Örebro.",
        {
            2024: State(
                (Offer("universell", 0, 12, "skola"),),
                _answers("klar", group=Answer("nej")),
                clinics={"bvc": False},
                others=5,
            ),
            2026: State(
                (Offer("universell", 0, 12, "skola", rights="ja", reach="sprak", parties="skola | region"),),
                _answers(
                    "klar",
                    needs="ja",
                    rights=Answer("ja", ages=(0, 12)),
                    skills=Answer("nej"),
                    indicators=Answer("2"),
                    unreached=Answer("3", words=WORDS),
                    group=Answer("ja", "skola | socialtjanst"),
                    function="ja",
                    together=Answer("2", words=WORDS),
                ),
                clinics={"bvc": False},
                others=7,
            ),
        },
        ("forskola", "bibliotek", "annan", "skola"),
        (Offer("universell", 0, 12, "skola", "beprovad"),),
        ("", "planerad"),
    ),
    Persona(
        "1860",
        "laxa",
        "Påhittade Tranby",
        (58.986, 14.619),
        1000,
        "Ingen har berättat något: allt är okänt, och inget av det betyder nej.",
        {2024: State(), 2026: State()},
    ),
    Persona(
        "1861",
        "hallsberg",
        "Påhittade Lönnköping",
        (59.065, 15.110),
        3000,
        "Hade bevisade luckor 2024 och har byggt ut sedan dess.",
        {
            2024: State(EARLY_YEARS, {**DENIED, "samverkansgrupp": Answer("planerad")}, others=8),
            2026: State(
                (*_whole()[:6], Offer("indikerad", 0, 12, "specialist", parties="socialtjanst | region")),
                {
                    **FULFILLED,
                    "validerade_indikatorer": Answer("2"),
                    "samverkan": Answer("2", words=WORDS),
                },
                FOUR_PARTS,
                {"bvc": True, "bmm": False},
                others=13,
                new="forening",
            ),
        },
        FIRST_TYPES,
        EARLY_YEARS,
        ("nej", "nej"),
        untargeted=7,
        odd={8: "okand", 9: "okand", 10: "stangd", 11: "okand"},
    ),
    Persona(
        "1862",
        "degerfors",
        "Påhittade Älvköping",
        (59.238, 14.431),
        1700,
        "Hade allt på plats 2022, men ingen har bekräftat uppgifterna sedan dess.",
        {
            2024: State(_whole(), FULFILLED, FOUR_PARTS, {"bvc": True, "bmm": True}, others=8),
            2026: State(_whole(), FULFILLED, FOUR_PARTS, {"bvc": True, "bmm": True}, others=8),
        },
        THREE_TYPES,
        ORDINARY,
        ("ja", "ja"),
        confirmed=("2022-08-15", "2023-02-20"),
    ),
    Persona(
        "1863",
        "hallefors",
        "Påhittade Gransund",
        (59.784, 14.522),
        1100,
        "Har inte börjat kartlägga: arenor är nämnda, men nästan inget är känt om dem.",
        {
            2024: State(others=5),
            2026: State(
                answers=_answers("ej_paborjad", group=Answer("")),
                centre=Centre(("", "", "", "")),
                clinics={"bvc": False},
                others=9,
            ),
        },
        ("forskola", "skola", "bibliotek", "forening", "oppen_forskola"),
        groups=("planerad", ""),
        sparse=True,
        odd=dict.fromkeys((1, 2, 4, 5, 7, 8), "okand"),
    ),
    Persona(
        "1864",
        "ljusnarsberg",
        "Påhittade Kopparlunda",
        (59.876, 14.994),
        700,
        "Luckorna är bevisade, och för de flesta finns en plan.",
        {
            2024: State(EARLY_YEARS, DENIED, others=5),
            2026: State(
                (
                    *EARLY_YEARS,
                    Offer("universell", 6, 12, "skola", rights="ja", status="planerad"),
                    Offer(
                        "universell",
                        13,
                        18,
                        "forening",
                        rights="ja",
                        reach="uppsokande",
                        parties="kommun | region | civilsamhalle",
                        status="planerad",
                    ),
                    Offer("selektiv", 0, 18, "socialtjanst", reach="hembesok", status="planerad"),
                ),
                {**DENIED, "samverkansgrupp": Answer("planerad", ALL_PARTIES)},
                Centre(("ja", "ja", "ja", "ja"), "planerad"),
                others=6,
            ),
        },
        FIRST_TYPES[:3],
        EARLY_YEARS,
        ("nej", "planerad"),
        untargeted=1,
    ),
    Persona(
        "1880",
        "orebro",
        "Påhittade Storköping",
        (59.274, 15.207),
        30000,
        "Stor kommun mitt i kartläggningen: det som finns är bevisat, det som saknas vet ingen.",
        {
            2024: State(
                _whole()[:4],
                _answers("ej_paborjad", group=Answer("nej"), function="utan_uppdrag"),
                FOUR_PARTS,
                {"bvc": True},
                others=40,
            ),
            2026: State(
                _whole(),
                {
                    **_answers(
                        "pagar",
                        needs="ja",
                        skills=Answer("ja", ""),
                        indicators=Answer("3"),
                        unreached=Answer("3", words=WORDS),
                        group=Answer("ja", "skola | socialtjanst | ofullstandig", (0, 18)),
                        function="ja",
                        together=Answer("3", words=WORDS),
                    )
                },
                FOUR_PARTS,
                {"bvc": True, "bmm": False},
                others=48,
                new="ungdomsmottagning",
            ),
        },
        (
            "forskola",
            "skola",
            "oppen_forskola",
            "forening",
            "bvc",
            "bibliotek",
            "skola",
            "digital",
            "annan",
            "socialtjanst",
            "bmm",
        ),
        (*_whole("kunskapsbaserad"), *ORDINARY),
        ("nej", "planerad"),
        sparse=True,
        odd={3: "stangd", 6: "okand", 14: "planerad", 22: "okand", 27: "planerad", 31: "stangd", 40: "okand"},
        protected="dold",
        serves="1814",
    ),
    Persona(
        "1881",
        "kumla",
        "Påhittade Ekebacka",
        (59.128, 15.143),
        4600,
        "Färdigkartlagd och halvvägs: det mesta finns delvis.",
        {
            2024: State(EARLY_YEARS, {**HALFWAY, "samverkansgrupp": Answer("nej")}, others=10),
            2026: State(
                (
                    Offer("universell", 0, 5, "oppen_forskola", rights="ja", reach="sprak"),
                    Offer("universell", 6, 18, "skola", reach="digital"),
                    Offer("selektiv", 0, 12, "socialtjanst", "kunskapsbaserad", parties="socialtjanst"),
                ),
                HALFWAY,
                Centre(("nej", "ja", "ja", "nej")),
                {"bvc": True},
                others=14,
            ),
        },
        ("oppen_forskola", "bibliotek", "skola", "annan", "socialtjanst"),
        ORDINARY,
        ("nej", "planerad"),
        untargeted=3,
        odd={6: "stangd"},
    ),
    Persona(
        "1882",
        "askersund",
        "Påhittade Vättersby",
        (58.880, 14.902),
        1900,
        "Har förlorat stöd sedan 2024, och svarar annat än vad arenorna visar.",
        {
            2024: State(_whole(), _answers("klar", group=Answer("ja", "skola | socialtjanst")), others=7),
            2026: State(
                tuple(
                    Offer(offer.level, offer.first, offer.last, offer.at)
                    for offer in _whole()
                    if offer.at not in {"specialist", "forening"}
                ),
                {
                    **HALFWAY,
                    "validerade_indikatorer": Answer("3"),
                    "ej_nadda_grupper": Answer("3", words=WORDS),
                    "samverkansgrupp": Answer("planerad"),
                    "samverkan": Answer("3", words=WORDS),
                },
                Centre(("ja", "ja", "ja", "")),
                others=8,
            ),
        },
        ("bibliotek", "annan", "forskola", "socialtjanst"),
        EARLY_YEARS,
        ("ja", "ja"),
        odd={7: "stangd"},
    ),
    Persona(
        "1883",
        "karlskoga",
        "Påhittade Malmhult",
        (59.327, 14.524),
        4900,
        "Kartlägger just nu: det som är känt räcker delvis, resten kan vara bättre än vi vet.",
        {
            2024: State(EARLY_YEARS, _answers("klar", group=Answer("nej"), unreached=Answer("1")), others=10),
            2026: State(
                (
                    Offer("universell", 0, 5, "oppen_forskola", rights="ja", reach="sprak"),
                    Offer("universell", 6, 18, "skola"),
                    Offer("selektiv", 0, 12, "socialtjanst", "kunskapsbaserad", parties="socialtjanst"),
                    Offer("indikerad", 13, 17, "specialist", parties="region"),
                ),
                _answers(
                    "pagar",
                    skills=Answer("ja", "socialtjanst | ofullstandig"),
                    indicators=Answer("1"),
                    group=Answer("ja"),
                    function="utan_uppdrag",
                    together=Answer("3", words=WORDS),
                ),
                FOUR_PARTS,
                others=17,
            ),
        },
        ("oppen_forskola", "bibliotek", "annan", "socialtjanst", "ungdomsmottagning"),
        ORDINARY,
        ("planerad", "ja"),
        sparse=True,
        odd={4: "okand", 8: "stangd", 11: "planerad"},
        protected="ort",
    ),
    Persona(
        "1884",
        "nora",
        "Påhittade Björkliden",
        (59.519, 15.040),
        1800,
        "Färdigkartlagd: luckorna är bevisade, och ingen plan finns.",
        {
            2024: State(EARLY_YEARS, DENIED, clinics={"bvc": False}, others=7),
            2026: State(EARLY_YEARS, DENIED, clinics={"bvc": False, "bmm": False}, others=9),
        },
        FIRST_TYPES,
        EARLY_YEARS,
        ("nej", "nej"),
        untargeted=1,
        odd={8: "stangd"},
    ),
    Persona(
        "1885",
        "lindesberg",
        "Påhittade Sjövik",
        (59.592, 15.230),
        4100,
        "Allt finns på plats, är kartlagt och nyligen bekräftat.",
        {
            2024: State(_whole()[:5], {**HALFWAY, "samverkansgrupp": Answer("planerad")}, others=12),
            2026: State(
                _whole(),
                FULFILLED,
                FOUR_PARTS,
                {"bvc": True, "bmm": True},
                others=15,
                new="ungdomsmottagning",
            ),
        },
        THREE_TYPES,
        ORDINARY,
        ("nej", "planerad"),
        odd={13: "stangd"},
        protected="dold",
    ),
)
"""In the order of kommunkoder."""

COUNTY_ANSWERS: Final = (
    ("2020-02-10", "regional_overenskommelse", Answer("saknas")),
    ("2020-02-10", "regional_stodorganisation", Answer("nej")),
    ("2021-05-04", "regional_overenskommelse", Answer("utkast")),
    ("2021-05-04", "regional_stodorganisation", Answer("utan_uppdrag", ages=(0, 18))),
    ("2023-09-12", "regional_stodorganisation", Answer("ja")),
    ("2024-02-20", "regional_overenskommelse", Answer("utkast")),
    ("2024-02-20", "kompetensinsats", Answer("nej")),
    ("2024-05-14", "regional_stodorganisation", Answer("ja", ages=(0, 12))),
    (
        "2026-02-17",
        "regional_overenskommelse",
        Answer("beslutad", "region | 1880 | 1881 | 1883 | 1884 | 1885 | ofullstandig", words=WORDS),
    ),
    ("2026-02-17", "regional_stodorganisation", Answer("ja", ages=(0, 18), words=WORDS)),
    ("2026-02-17", "kompetensinsats", Answer("nej")),
)
"""Day, question, answer. The county's two objectives go through every status between 2019 and 2026."""
