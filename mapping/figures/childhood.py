"""Draw childhood year by year: strips of levels for one municipality, or one level for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mapping.childhood.coverage import Coverage
from mapping.childhood.year_states import LETTER, STATES
from mapping.contract import vocabulary
from mapping.figures import svg
from mapping.figures.lettering import width, wrapped
from mapping.figures.palette import HATCH_EDGE, INK, LEVEL, PAPER, SOFT_INK, lighter
from mapping.figures.picture import Picture
from mapping.municipality.kommunblad import Strip as SheetStrip
from mapping.verdicts.strength import MANDATE, OLDER, PROVED

_HATCH: Final = "sk-unknown"
_SIZE: Final = 9.0
_PHASE_GAP: Final = 4.0
_EDGE: Final = "#4b555b"
_COUNTY_LEGEND: Final = {
    "belagd": "Finns, i kommunen eller delat med andra",
    "uppdrag": "Ska erbjudas enligt lag eller nationellt program",
    "aldre": "Fanns enligt en äldre uppgift",
    "okand": "Inget är känt i någon kommun",
}


@dataclass(frozen=True)
class _Line:
    """One strip to draw: what it is called, its level, a state for each year."""

    label: str
    level: str
    states: Sequence[str]
    is_planned: Sequence[bool] = ()


def sheet_strips(strips: Sequence[SheetStrip], phases: Sequence[tuple[int, int]], kommun: str) -> Picture:
    """Draw the strips of a municipality's sheet, one under the other, with their legend.

    Between the phases of childhood (first and last year) stands a gap.
    """
    lines = [_Line(strip.title, strip.level, strip.years) for strip in strips]
    words = " ".join(f"{strip.title}: {strip.words}" for strip in strips)
    return _drawn(
        lines,
        phases,
        name="uppvaxten",
        title=f"Uppväxten i {kommun}, år för år",
        alt=f"{len(strips)} remsor med ett fält för varje år 0–18. {words}",
        legend=STATES,
        wide=510,
    )


def county_strips(shown: Coverage, level: str) -> Picture:
    """Draw one level for every listed municipality, with the legend."""
    lines = []
    sentences = []
    for one in shown.listed:
        strip = next(strip for strip in one.strips if strip.level == level)
        lines.append(_Line(one.kommun, level, strip.states, strip.is_planned))
        sentences.append(f"{one.kommun}: {strip.words}.")
    label = vocabulary.PREVENTION_LEVEL[level].lower()
    return _drawn(
        lines,
        shown.strategy.phases,
        name=f"uppvaxten-{level}",
        title=f"Uppväxten, år för år: {label} nivå",
        alt=" ".join(sentences),
        legend=STATES,
    )


def county_picture(shown: Coverage) -> Picture:
    """Draw the county: for each level and year, how many municipalities know of support, and how strongly."""
    years = [year for phase in shown.phases for year in phase]
    label_room, high, wide = 70.0, 46.0, 640.0
    cell = (wide - label_room - _PHASE_GAP * (len(shown.phases) - 1)) / max(len(years), 1)
    content, y = [], 4.0
    lefts = {
        place: label_room + cell * place + _PHASE_GAP * number
        for number, phase in enumerate(shown.phases)
        for place, _ in phase
    }
    for strip in shown.county:
        label = vocabulary.PREVENTION_LEVEL[strip.level]
        content.append(svg.text(0, y + high / 2 + 3, label, size=_SIZE, fill=INK))
        for place, left in lefts.items():
            known, foot = strip.known(place), y + high
            box = {"x": left + 1, "width": cell - 2}
            ground = PAPER if known else f"url(#{_HATCH})"
            content.append(
                svg.element("rect", **box, y=y, height=high, fill=ground, stroke=_EDGE, stroke_width=0.9)
            )
            for strength, many in strip.counts[place].items():
                tall = high * many / max(strip.total, 1)
                foot -= tall
                fill = {PROVED: LEVEL[strip.level], MANDATE: lighter(LEVEL[strip.level])}.get(strength, PAPER)
                dashes = {"stroke_dasharray": "3 1.8"} if strength == OLDER else {}
                if many:
                    content.append(
                        svg.element(
                            "rect",
                            **box,
                            y=foot,
                            height=tall,
                            fill=fill,
                            stroke=_EDGE,
                            stroke_width=0.9,
                            **dashes,
                        )
                    )
            x = left + cell / 2
            content.append(
                svg.element(
                    "rect", x=x - 7, y=y + high - 16, width=14, height=13, rx=2, fill=PAPER, fill_opacity=0.8
                )
            )
            marks = [(y + high - 6, str(known))] + ([(y + 11, "”")] if strip.missing[place] else [])
            content += [
                svg.text(x, line, mark, size=10, text_anchor="middle", font_weight="bold", fill=INK)
                for line, mark in marks
            ]
        y += high + 6
    content.append(svg.text(0, y + 8, "Barnets ålder", size=_SIZE, fill=SOFT_INK))
    content += [
        svg.text(lefts[place] + cell / 2, y + 8, str(age), size=_SIZE, fill=SOFT_INK, text_anchor="middle")
        for place, age in years
    ]
    used = [
        state
        for state, strength in (("belagd", PROVED), ("uppdrag", MANDATE), ("aldre", OLDER))
        if any(count[strength] for strip in shown.county for count in strip.counts)
    ]
    legend = {state: _COUNTY_LEGEND[state] for state in (*used, "okand")}
    drawn, y = _legend(legend, y + 18, wide, has_plan=False)
    return Picture(
        name="lanet",
        title="Stöd under uppväxten i hela länet",
        alt=" ".join(strip.words for strip in shown.county),
        content=(*content, *drawn),
        defined=svg.hatch(_HATCH),
        width=wide,
        height=y,
    )


def municipality_strips(shown: Coverage, kommunkod: str) -> Picture:
    """Draw the three levels of one municipality, any insats counted, with the legend."""
    one = shown.municipality(kommunkod)
    if one is None:
        raise KeyError(kommunkod)
    lines = [
        _Line(f"{vocabulary.PREVENTION_LEVEL[strip.level]} nivå", strip.level, strip.states, strip.is_planned)
        for strip in one.strips
    ]
    return _drawn(
        lines,
        shown.strategy.phases,
        name=f"uppvaxten-{kommunkod}",
        title=f"Uppväxten i {one.kommun}, år för år",
        alt=" ".join(strip.label for strip in one.strips),
        legend=STATES,
    )


def _drawn(  # noqa: PLR0913 - what is drawn, and what it is called
    lines: Sequence[_Line],
    phases: Sequence[tuple[int, int]],
    *,
    name: str,
    title: str,
    alt: str,
    legend: Mapping[str, str],
    wide: float = 640,
) -> Picture:
    label_room = min(max((width(line.label, _SIZE) for line in lines), default=0) + 10, wide * 0.42)
    years = [year for first, last in phases for year in range(first, last + 1)]
    cell = (wide - label_room - _PHASE_GAP * (len(phases) - 1)) / max(len(years), 1)
    starts = {
        year: label_room + number * cell + _PHASE_GAP * phase
        for phase, (first, last) in enumerate(phases)
        for number, year in enumerate(years)
        if first <= year <= last
    }
    high, step = 15.0, 19.0
    content = [
        svg.text(label_room - 10, 9, "Ålder, år", size=_SIZE, fill=SOFT_INK, text_anchor="end"),
        *(
            svg.text(x + cell / 2, 9, str(year), size=_SIZE, fill=SOFT_INK, text_anchor="middle")
            for year, x in starts.items()
        ),
    ]
    y = 14.0
    for line in lines:
        content.append(svg.text(0, y + 11, line.label, size=_SIZE, fill=INK))
        planned = line.is_planned or (False,) * len(line.states)
        content += [
            _year(state, line.level, x + 1.2, y, cell - 2.4, high, is_planned=plan)
            for state, x, plan in zip(line.states, starts.values(), planned, strict=True)
        ]
        y += step
    used = [state for state in legend if any(state in line.states for line in lines)]
    has_plan = any(any(line.is_planned) for line in lines)
    drawn, y = _legend({state: legend[state] for state in used}, y + 6, wide, has_plan=has_plan)
    return Picture(
        name=name,
        title=title,
        alt=alt,
        content=(*content, *drawn),
        defined=svg.hatch(_HATCH) + _half_fills(),
        width=wide,
        height=y,
    )


def _half_fills() -> str:
    """Define the fills of what is shared: the level's colour in stripes."""
    return "".join(
        svg.element(
            "pattern",
            svg.element("rect", width=6, height=6, fill=PAPER),
            svg.element("rect", width=3.6, height=6, fill=colour),
            id=f"sk-shared-{level}",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
        )
        for level, colour in {**LEVEL, "none": "#b9c2c6"}.items()
    )


def _year(  # noqa: PLR0913, PLR0917
    state: str, level: str, x: float, y: float, wide: float, high: float, *, is_planned: bool = False
) -> str:
    colour = LEVEL.get(level, "#b9c2c6")
    fills = {
        "belagd": colour,
        "delad": f"url(#sk-shared-{level})",
        "uppdrag": lighter(colour),
        "aldre": PAPER,
        "okand": f"url(#{_HATCH})",
        "tom": PAPER,
    }
    edges = {"okand": HATCH_EDGE, "aldre": colour}
    box: dict[str, str | float] = {
        "x": x,
        "y": y,
        "width": wide,
        "height": high,
        "fill": fills[state],
        "stroke": edges.get(state, _EDGE),
        "stroke_width": 0.9,
    }
    if state == "aldre":
        box |= {"stroke_width": 1.6, "stroke_dasharray": "3 1.8"}
    if is_planned:
        box |= {"stroke": INK, "stroke_width": 1.4, "stroke_dasharray": "0.6 2.2", "stroke_linecap": "round"}
    letter = LETTER[state]
    backed = ""
    if state in {"okand", "delad"}:
        room = width(letter, 8.5, bold=True) + 2.5
        backed = svg.element(
            "rect",
            x=x + wide / 2 - room / 2,
            y=y + 2.5,
            width=room,
            height=high - 5,
            rx=2,
            fill=PAPER,
            fill_opacity=0.8,
        )
    return (
        svg.element("rect", **box)
        + backed
        + svg.text(
            x + wide / 2,
            y + high / 2 + 3,
            letter,
            size=8.5,
            font_weight="bold",
            text_anchor="middle",
            fill=INK,
        )
    )


def _legend(states: Mapping[str, str], y: float, wide: float, *, has_plan: bool) -> tuple[list[str], float]:
    content = []
    x = 0.0
    entries = [(state, label, False) for state, label in states.items()]
    if has_plan:
        entries.append(("okand", "Något planeras, men finns inte än (prickad ram)", True))
    for state, label, is_planned in entries:
        room = 22 + width(label, _SIZE) + 16
        if x and x + room > wide:
            x, y = 0.0, y + 16
        content.append(_year(state, "none", x + 0.8, y, 16, 12, is_planned=is_planned))
        for number, part in enumerate(wrapped(label, _SIZE, wide - 22)):
            content.append(svg.text(x + 22, y + 9.5 + number * 11, part, size=_SIZE, fill=INK))
        x += room
    return content, y + 18
