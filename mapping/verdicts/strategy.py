"""Read the strategy: its objectives in its own words, and the thresholds they are judged by.

The file is TOML (`data/strategi.toml`); another county has another file of the same form. Every fault in
it is told at once, in Swedish.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from mapping.contract import vocabulary
from mapping.errors import StrategyError
from mapping.swedish import either, folded

MUNICIPAL: Final = "kommun"
REGIONAL: Final = "lan"

SHARE: Final = "share"
NUMBER: Final = "number"
_SCALE: Final = {"uppfyllt_fran": NUMBER, "delvis_fran": NUMBER}

_PARTIES = dict(vocabulary.PARTY)
_LANGUAGES = dict.fromkeys(vocabulary.ISO_639_1, "")
_KNOWLEDGE = dict(vocabulary.KNOWLEDGE_BASE)
_FORMS = dict(vocabulary.FORM)

THRESHOLDS: Mapping[str, Mapping[str, str | Mapping[str, str]]] = MappingProxyType(
    {
        "1.1": {"delvis_fran": SHARE, "kunskapsbas": _KNOWLEDGE},
        "1.2": {},
        "1.3": {"parter": _PARTIES},
        "1.4": {"minst_parter": NUMBER, "kunskapsbas": _KNOWLEDGE},
        "1.5": _SCALE,
        "2.1": {"fas_minst": SHARE, "former": _FORMS, "sprak": _LANGUAGES},
        "2.2": {**_SCALE, "former": _FORMS, "sprak": _LANGUAGES},
        "2.3": {"uppfyllt_fran": SHARE, "delvis_fran": SHARE},
        "2.4": {"arenatyper": dict(vocabulary.ARENA_TYPE)},
        "2.5": {},
        "2.6": {"minst_familjecentraler": NUMBER},
        "3.1": {},
        "3.2": {"parter": _PARTIES},
        "3.3": {},
        "3.4": {
            **_SCALE,
            "kommunens_parter": _PARTIES,
            "regionens_parter": _PARTIES,
            "civilsamhallets_parter": _PARTIES,
        },
    }
)
"""The objectives that have a rule, with the thresholds that it needs: a share, a number, or codes."""

REGIONAL_RULES = frozenset({"2.5", "3.1"})
"""Objectives that are judged once, for the county."""

LONGEST_CHILDHOOD = 21
MOST_PHASES = 4
MOST_ARENA_TYPES = 6
"""Limits of what the engine packs into one machine word for each insats."""


@dataclass(frozen=True)
class Threshold:
    """A number or list that an objective is judged by.

    Parameters
    ----------
    value
        A share (0–1), a whole number, or codes.
    is_reading
        Whether it is our reading ("tolkning"), because the strategy gives no number.
    """

    value: float | int | tuple[str, ...]
    is_reading: bool


@dataclass(frozen=True, eq=False)
class Objective:
    """One objective of the strategy.

    Parameters
    ----------
    code
        `1.1` … `3.4`.
    area
        Number of the målområde.
    name
        A few words of ours, for headings.
    text
        The strategy's own words, after its "Målsättningen är att det ska …".
    is_regional
        Whether it is judged once, for the county.
    thresholds
        By name.
    page
        Page in the strategy, if known.
    """

    code: str
    area: int
    name: str
    text: str
    is_regional: bool
    thresholds: Mapping[str, Threshold]
    page: int | None = None

    @cached_property
    def limits(self) -> Mapping[str, Any]:
        """The thresholds' values by name; lists of codes as frozensets."""
        return {
            name: frozenset(limit.value) if isinstance(limit.value, tuple) else limit.value
            for name, limit in self.thresholds.items()
        }


@dataclass(frozen=True, eq=False)
class Strategy:
    """The strategy as data.

    Parameters
    ----------
    title, county, years
        Its name, whose it is, its first and last year.
    national_aim, preamble
        What stands above the objectives, and the words that begin each.
    chapter, page_remark
        Where the texts stand, and what is known of pages.
    waves
        Years of follow-up.
    serves, serves_area
        The aims, and the area, of the regional development strategy that it serves.
    childhood, phases
        First and last year of age, both included: of all, and of each phase.
    phase_share
        Share of a phase's years that one insats must cover to cover the phase.
    fresh_days, counted_days
        Days after which a fact ought to be looked over, and after which it no longer counts.
    general_words
        Words of `malgrupp` that mean all parents, folded as codes are.
    areas
        Number → name of each målområde.
    objectives
        In the strategy's order.
    """

    title: str
    county: str
    years: tuple[int, int]
    national_aim: str
    preamble: str
    chapter: int
    page_remark: str
    waves: tuple[int, ...]
    serves: tuple[str, ...]
    serves_area: str
    childhood: tuple[int, int]
    phases: tuple[tuple[int, int], ...]
    phase_share: float
    fresh_days: int
    counted_days: int
    general_words: frozenset[str]
    areas: Mapping[int, str]
    objectives: tuple[Objective, ...]

    def __getitem__(self, code: str) -> Objective:
        """Give the objective of that code."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> Mapping[str, Objective]:
        return {objective.code: objective for objective in self.objectives}

    @property
    def childhood_years(self) -> int:
        """How many whole years of age childhood has, both ends included."""
        first, last = self.childhood
        return last - first + 1

    def source(self, code: str) -> str:
        """Say in Swedish where the text of an objective stands."""
        page = self[code].page
        where = f"kapitel {self.chapter}" + (f", sidan {page}" if page else "")
        return f"{self.title}, {where}"


@lru_cache(maxsize=8)
def read(path: Path) -> Strategy:
    """Read the strategy from a file.

    Parameters
    ----------
    path
        TOML in the form of `data/strategi.toml`.

    Raises
    ------
    StrategyError
        If the file is missing, unreadable, lacks anything or holds something malformed. It tells everything
        that is wrong.
    """
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise StrategyError(
            path=path, faults=["Filen finns inte eller går inte att läsa som text i UTF-8."]
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise StrategyError(path=path, faults=[f"Filen är inte giltig TOML: {error}."]) from error
    reader = _Reader(stated)
    strategy = reader.strategy()
    if reader.faults:
        raise StrategyError(path=path, faults=reader.faults)
    return strategy


class _Reader:
    """Take values out of parsed TOML and keep a sentence for everything that is wrong."""

    def __init__(self, stated: Mapping[str, Any]) -> None:
        self.stated = stated
        self.faults: list[str] = []

    def strategy(self) -> Strategy:
        head, plan = self.table("strategi"), self.table("rus")
        fresh, phases = self.table("farskhet"), self.table("faser")
        areas = dict(self.areas())
        childhood = self.span(
            [self.whole(self.table("barndom"), "barndom", name) for name in ("fran", "till")]
        )
        if childhood[1] - childhood[0] >= LONGEST_CHILDHOOD:
            self.faults.append(f"[barndom] är längre än {LONGEST_CHILDHOOD} år. Skriv ett kortare spann.")
        days = [self.whole(fresh, "farskhet", name) for name in ("farsk_dagar", "giltig_dagar")]
        if days[0] > days[1]:
            self.faults.append("[farskhet] farsk_dagar är fler än giltig_dagar. Rätta det ena av dem.")
        return Strategy(
            title=self.text(head, "strategi", "titel"),
            county=self.text(head, "strategi", "lan"),
            years=self.span([self.whole(head, "strategi", name) for name in ("fran", "till")]),
            national_aim=self.text(head, "strategi", "nationellt_mal"),
            preamble=self.text(head, "strategi", "inledning"),
            chapter=self.whole(head, "strategi", "kapitel"),
            page_remark=self.text(head, "strategi", "sidanmarkning"),
            waves=tuple(self.listed(head, "strategi", "matomgangar", int)),
            serves=tuple(self.listed(plan, "rus", "mal", str)),
            serves_area=self.text(plan, "rus", "omrade"),
            childhood=childhood,
            phases=self.phases(phases, childhood),
            phase_share=self.share(phases, "faser", "tackt_fran"),
            fresh_days=days[0],
            counted_days=days[1],
            general_words=frozenset(
                folded(word) for word in self.listed(self.table("malgrupp"), "malgrupp", "allmanna", str)
            ),
            areas=areas,
            objectives=tuple(self.objectives(areas)),
        )

    def table(self, name: str) -> Mapping[str, Any]:
        value = self.stated.get(name)
        if isinstance(value, dict):
            return value
        self.faults.append(f"Avsnittet [{name}] saknas. Lägg till det, som i data/strategi.toml.")
        return {}

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        value = self.stated.get(name)
        if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
            return value
        self.faults.append(f"Det finns inget avsnitt [[{name}]]. Lägg till ett för varje.")
        return []

    def text(self, table: Mapping[str, Any], place: str, name: str) -> str:
        value = table.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.fault(place, name, "en text", value)
        return ""

    def whole(self, table: Mapping[str, Any], place: str, name: str) -> int:
        value = table.get(name)
        if type(value) is int and value >= 0:
            return value
        self.fault(place, name, "ett heltal, 0 eller större", value)
        return 0

    def share(self, table: Mapping[str, Any], place: str, name: str) -> float:
        value = table.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        self.fault(place, name, "en andel mellan 0 och 1", value)
        return 0.0

    def listed(self, table: Mapping[str, Any], place: str, name: str, kind: type) -> list[Any]:
        value = table.get(name)
        if isinstance(value, list) and value and all(type(item) is kind for item in value):
            return value
        self.fault(place, name, "en lista med minst ett värde", value)
        return []

    def span(self, ages: Iterable[int]) -> tuple[int, int]:
        first, last = ages
        if first <= last:
            return first, last
        self.faults.append(f"Spannet {first}–{last} är bakvänt. Skriv det lägre talet först.")
        return first, first

    def phases(self, table: Mapping[str, Any], childhood: tuple[int, int]) -> tuple[tuple[int, int], ...]:
        spans = self.listed(table, "faser", "aldrar", list)
        if any(len(span) != 2 or any(type(age) is not int for age in span) for span in spans):
            self.fault("faser", "aldrar", "par av hela år, till exempel [[0, 5], [6, 12], [13, 18]]", spans)
            return ()
        years = [year for first, last in spans for year in range(first, last + 1)]
        if spans and (years != list(range(childhood[0], childhood[1] + 1)) or len(spans) > MOST_PHASES):
            self.faults.append(
                "[faser] aldrar ska tillsammans vara varje år av [barndom] en gång, "
                f"i högst {MOST_PHASES} faser."
            )
        return tuple((first, last) for first, last in spans)

    def areas(self) -> Iterator[tuple[int, str]]:
        for row in self.rows("malomrade"):
            yield self.whole(row, "malomrade", "nummer"), self.text(row, "malomrade", "namn")

    def objectives(self, areas: Mapping[int, str]) -> Iterator[Objective]:
        seen: set[str] = set()
        for row in self.rows("malsattning"):
            code = self.text(row, "malsattning", "id")
            if code not in THRESHOLDS:
                self.faults.append(
                    f"Målsättningen ”{code}” har ingen regel. Skriv ett id av {either(THRESHOLDS)}."
                )
                continue
            if code in seen:
                self.faults.append(f"Målsättningen {code} står två gånger. Ta bort den ena.")
            seen.add(code)
            yield self.objective(row, code, areas)
        missing = [code for code in THRESHOLDS if code not in seen]
        if missing:
            self.faults.append(f"Målsättningarna {either(missing, last='och')} saknas. Lägg till dem.")

    def objective(self, row: Mapping[str, Any], code: str, areas: Mapping[int, str]) -> Objective:
        place = f"malsattning {code}"
        level, area = row.get("niva"), self.whole(row, place, "malomrade")
        wanted = REGIONAL if code in REGIONAL_RULES else MUNICIPAL
        if level != wanted:
            self.fault(place, "niva", wanted, level)
        if area not in areas:
            self.faults.append(f"[{place}] hör till målområde {area}, som inte finns. Rätta numret.")
        limits = row.get("troskel", {})
        page = row.get("sida")
        return Objective(
            code=code,
            area=area,
            name=self.text(row, place, "namn"),
            text=self.text(row, place, "text"),
            is_regional=level == REGIONAL,
            thresholds={
                name: self.threshold(limits, f"{place}: troskel", name, kind)
                for name, kind in THRESHOLDS[code].items()
            },
            page=page if type(page) is int else None,
        )

    def threshold(
        self, limits: Mapping[str, Any], place: str, name: str, kind: str | Mapping[str, str]
    ) -> Threshold:
        stated = limits.get(name)
        if not isinstance(stated, dict) or type(stated.get("tolkning")) is not bool:
            self.fault(place, name, "{ varde = …, tolkning = true eller false }", stated)
            return Threshold(0, is_reading=True)
        is_reading = stated["tolkning"]
        if kind == SHARE:
            return Threshold(self.share(stated, f"{place} {name}", "varde"), is_reading)
        if kind == NUMBER:
            return Threshold(self.whole(stated, f"{place} {name}", "varde"), is_reading)
        codes = self.listed(stated, f"{place} {name}", "varde", str)
        unknown = [code for code in codes if code not in kind]
        if unknown or (name == "arenatyper" and len(codes) > MOST_ARENA_TYPES):
            self.faults.append(
                f"[{place} {name}] har okända koder eller för många: {either(codes)}. "
                f"Skriv någon av {either(kind)}."
            )
        return Threshold(tuple(codes), is_reading)

    def fault(self, place: str, name: str, wanted: str, found: object) -> None:
        is_missing = found is None
        what = "saknas" if is_missing else f"är ”{found}”"
        self.faults.append(f"[{place}] {name} {what}. Skriv {wanted}.")
