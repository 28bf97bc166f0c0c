"""Read the strategy from its file: the objectives, by which kind of rule each is judged, and the thresholds.

The file is TOML (`data/strategi.toml`); another county has another file of the same form. Every fault in
it is told at once, in Swedish.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from mapping.errors import StrategyError
from mapping.swedish import either, folded
from mapping.verdicts.objectives import KINDS
from mapping.verdicts.objectives.rule import NUMBER, SHARE, ThresholdForm
from mapping.verdicts.strategy import Objective, Strategy, Threshold

MUNICIPAL: Final = "kommun"
REGIONAL: Final = "lan"


@lru_cache(maxsize=8)
def read(path: Path) -> Strategy:
    """Read the strategy from a file of the form of `data/strategi.toml`.

    Raises
    ------
    StrategyError
        If the file is missing, unreadable, lacks anything or holds something malformed: all that is wrong.
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
        if spans and years != list(range(childhood[0], childhood[1] + 1)):
            self.faults.append("[faser] aldrar ska tillsammans vara varje år av [barndom] en gång.")
        return tuple((first, last) for first, last in spans)

    def areas(self) -> Iterator[tuple[int, str]]:
        for row in self.rows("malomrade"):
            yield self.whole(row, "malomrade", "nummer"), self.text(row, "malomrade", "namn")

    def objectives(self, areas: Mapping[int, str]) -> Iterator[Objective]:
        seen: set[str] = set()
        for row in self.rows("malsattning"):
            code = self.text(row, "malsattning", "id")
            kind = self.text(row, f"malsattning {code}", "regel")
            if kind and kind not in KINDS:
                self.fault(f"malsattning {code}", "regel", f"något av {either(KINDS)}", kind)
            if code in seen:
                self.faults.append(f"Målsättningen {code} står två gånger. Ta bort den ena.")
            seen.add(code)
            if kind in KINDS:
                yield self.objective(row, code, kind, areas)

    def objective(self, row: Mapping[str, Any], code: str, kind: str, areas: Mapping[int, str]) -> Objective:
        place, rule = f"malsattning {code}", KINDS[kind]
        level, area = row.get("niva"), self.whole(row, place, "malomrade")
        wanted = REGIONAL if rule.is_regional else MUNICIPAL
        if level != wanted:
            self.fault(place, "niva", wanted, level)
        if area not in areas:
            self.faults.append(f"[{place}] hör till målområde {area}, som inte finns. Rätta numret.")
        limits = row.get("troskel", {})
        page = row.get("sida")
        return Objective(
            code=code,
            kind=kind,
            area=area,
            name=self.text(row, place, "namn"),
            text=self.text(row, place, "text"),
            is_regional=level == REGIONAL,
            thresholds={
                name: self.threshold(limits, f"{place}: troskel", name, form)
                for name, form in rule.thresholds.items()
            },
            page=page if type(page) is int else None,
        )

    def threshold(self, limits: Mapping[str, Any], place: str, name: str, form: ThresholdForm) -> Threshold:
        stated = limits.get(name)
        if not isinstance(stated, dict) or type(stated.get("tolkning")) is not bool:
            self.fault(place, name, "{ varde = …, tolkning = true eller false }", stated)
            return Threshold(0, is_reading=True)
        is_reading = stated["tolkning"]
        if form == SHARE:
            return Threshold(self.share(stated, f"{place} {name}", "varde"), is_reading)
        if form == NUMBER:
            return Threshold(self.whole(stated, f"{place} {name}", "varde"), is_reading)
        if isinstance(form, str):
            raise TypeError(form)
        codes = self.listed(stated, f"{place} {name}", "varde", str)
        if any(code not in form for code in codes):
            self.faults.append(
                f"[{place} {name}] har okända koder: {either(codes)}. Skriv någon av {either(form)}."
            )
        return Threshold(tuple(codes), is_reading)

    def fault(self, place: str, name: str, wanted: str, found: object) -> None:
        what = "saknas" if found is None else f"är ”{found}”"
        self.faults.append(f"[{place}] {name} {what}. Skriv {wanted}.")
