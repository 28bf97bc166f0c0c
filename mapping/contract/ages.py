"""Read ages as people write them – spans, months, school years, parents to be – as whole years."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

_LONGEST: Final = 80
"""Characters of a cell that may be ages: a longer one is not looked through."""
_SCHOOL, _MONTHS, _WEEKS = "åk", "mån", "vec"
_STAGES: Final[Mapping[str, tuple[int, int]]] = {
    "f": (6, 6),
    "f-klass": (6, 6),
    "förskoleklass": (6, 6),
    "lågstadiet": (7, 9),
    "mellanstadiet": (10, 12),
    "högstadiet": (13, 15),
    "gymnasiet": (16, 18),
    "nyfödd": (0, 0),
    "nyfödda": (0, 0),
}
"""The usual ages of a stage; of school year n it is n + 6."""
_DASH = re.compile(r"\s*[-‐‑‒–—−]\s*|\s*\b(?:till och med|t\.?\s?o\.?\s?m\b\.?|till|och)\s*")
_FROM = re.compile(r"(?:från och med|fr\.?\s?o\.?\s?m\.?|från|minst|lägst)\s*")
_TO = re.compile(r"(?:till och med|t\.?\s?o\.?\s?m\.?|upp till|högst|max|[-‐‑‒–—−])\s*")
_ABOVE = re.compile(r"(?:över|äldre än)\s+")
_BELOW = re.compile(r"(?:under|yngre än)\s+")
_UPWARDS = re.compile(r"\s*(?:\+|[-‐‑‒–—−]|till|(?:och|eller) (?:uppåt|äldre|över))(?:\s*år)?$")
_END = re.compile(
    r"(?P<school>(?:årskurs|åk|klass)\.?\s*)?(?P<number>\d{1,3})(?:[.,]0+)?"
    r"\s*(?P<unit>års? ?(?:ålder)?|åringar|mån(?:ader)?s?\.?|vec(?:k(?:or)?)?)?(?: ålder)?",
    re.ASCII | re.IGNORECASE,
)
_PARENTS_TO_BE = re.compile(
    r"(?:gravid\w*|blivande föräldrar|blivande)(?P<joined>\s*(?:[,&+]|\w+\b|[-–—])?\s*)"
)
_AND_PARENTS_TO_BE = re.compile(
    r"(?:\s*[,&+]|\s+(?:och|samt|eller))\s*(?:gravid\w*|blivande föräldrar|blivande)$"
)
_CHILDREN = re.compile(
    r"^(?:(?:familjer med |föräldrar (?:till|med) )?(?:barn|ungdomar|unga|elever)(?: och (?:unga|ungdomar))?"
    r"(?: i åldern?)? |(?:i )?(?:åldern|åldrarna) )"
)


class Ages(NamedTuple):
    """Both ends of a span in whole years, itself included; empty: not told."""

    first: str
    last: str
    are_converted: bool = False
    """Whether months, weeks or school years were turned into years."""
    are_expected: bool = False
    """Whether it is for parents to be too."""


class _End(NamedTuple):
    low: int
    high: int
    unit: str
    is_exact: bool = True


def read_ages(text: str) -> Ages | None:
    """Read ages in one cell; None if they cannot be told.

    An age in months or weeks is rounded down to whole years, a school year is the usual age in it.

    Examples
    --------
    >>> read_ages("0–6 år")[:2], read_ages("13 år och äldre")[:2], read_ages("under 6")[:2]
    (('0', '6'), ('13', ''), ('', '5'))
    >>> read_ages("åk 7–9"), read_ages("alla åldrar")
    (Ages(first='13', last='15', are_converted=True, are_expected=False), None)
    """
    if len(text) > _LONGEST:
        return None
    words = " ".join(text.casefold().split()).strip(" .")
    if expected := _PARENTS_TO_BE.match(words):
        rest = words[expected.end() :]
        if not rest:
            return Ages("", "", are_expected=True)
        known = read_ages(rest)
        is_span = _DASH.fullmatch(expected["joined"]) is not None and "och" not in expected["joined"]
        if known is None:
            return None
        return known._replace(first="0" if is_span else known.first, are_expected=True)
    without = _AND_PARENTS_TO_BE.sub("", words)
    if without != words and (known := read_ages(without)) is not None:
        return known._replace(are_expected=True)
    words = _CHILDREN.sub("", words)
    return _between(words) or _open(words) or _one(words)


def _between(words: str) -> Ages | None:
    without = re.sub(rf"^(?:mellan\s+|{_FROM.pattern})", "", words)
    for dash in _DASH.finditer(without):
        first, last = _end(without[: dash.start()]), _end(without[dash.end() :])
        if first is None or last is None:
            continue
        # one unit may stand for both: 6–18 mån, åk 7–9
        if not first.unit and last.unit in {_MONTHS, _WEEKS}:
            first = _end(f"{first.low} {last.unit}")
        if not last.unit and first is not None and first.unit == _SCHOOL:
            last = _end(f"{_SCHOOL} {last.low}")
        if first is not None and last is not None and (last.unit or first.unit in {"", "år"}):
            return Ages(str(first.low), str(last.high), not (first.is_exact and last.is_exact))
    return None


def _open(words: str) -> Ages | None:
    upwards = _UPWARDS.sub("", words)
    for mark, step, is_first in ((_FROM, 0, True), (_TO, 0, False), (_ABOVE, 1, True), (_BELOW, -1, False)):
        if mark.match(words) and (end := _end(mark.sub("", upwards, count=1), step)):
            return _half(end, is_first=is_first)
    if upwards != words and (end := _end(upwards)):
        return _half(end, is_first=True)
    return None


def _half(end: _End, *, is_first: bool) -> Ages:
    return Ages(str(end.low) if is_first else "", "" if is_first else str(end.high), not end.is_exact)


def _one(words: str) -> Ages | None:
    end = _end(words)
    return Ages(str(end.low), str(end.high), not end.is_exact) if end else None


def _end(words: str, step: int = 0) -> _End | None:
    """Read one age; `step` is what to add to it, in its own unit."""
    words = re.sub(r"^(?:årskurs|åk)\.?\s*(?=f$)", "", words.strip())
    if stage := _STAGES.get(words) or _STAGES.get(words.removesuffix("en")):
        return _End(stage[0] + step, stage[1] + step, _SCHOOL, is_exact=False)
    parts = _END.fullmatch(words)
    if parts is None or (parts["school"] and (parts["unit"] or int(parts["number"]) > 9)):
        return None
    number, unit = (
        int(parts["number"]) + step,
        _SCHOOL if parts["school"] else (parts["unit"] or "")[:3].strip(),
    )
    unit = "år" if unit.startswith("år") else unit
    years = {_SCHOOL: number + 6, _MONTHS: number // 12, _WEEKS: number // 52}.get(unit, number)
    return _End(years, years, unit, unit in {"", "år"}) if years >= 0 else None
