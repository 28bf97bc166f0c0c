"""Describe a fault in data as a value: what, where, how serious, in words for the person who can mend it.

A finding is never an exception. All of them are gathered and shown at once, and each says what is wrong
*and* what to write instead.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from mapping.contract import personal_data, sentences
from mapping.swedish import either

LONGEST_VALUE = 80
"""Characters of a cell that are repeated in a sentence."""

ROWS_LISTED = 10
"""Rows that a merged finding names; the rest are only counted."""

ALIKE_LISTED = 3
"""Findings of one kind in one column that are told one by one, each with its own suggestion."""

CORRECTIONS_COLUMN = "Att rätta"
"""How the header begins of a column that we add to a person's own file; it is no part of the data."""


class Severity(StrEnum):
    """What a finding means for the dataset, most serious first."""

    STOP = "stop"
    """Nothing is published."""
    WARN = "warn"
    """May be published by somebody who has seen it."""
    NOTE = "note"
    """Tells how the data was understood."""


CATALOGUE: Mapping[str, tuple[Severity, str]] = {
    code: (severity, sentence)
    for severity, by_code in zip(Severity, (sentences.STOP, sentences.WARN, sentences.NOTE), strict=True)
    for code, sentence in by_code.items()
}
"""What each code means: its severity, and the Swedish sentence with the places that a finding fills."""

# a suggestion brings its own space
_SENTENCE_END = re.compile(r"(?<=[.!?])(?: |(?=\{suggestion\}))")


@dataclass(frozen=True)
class Finding:
    """One fault, or one thing worth knowing, at one place in one table.

    Personal data in the value, the column's name or the details is covered when the finding is made,
    so that no list, log or page can repeat it.

    Examples
    --------
    >>> finding = Finding("bad-slug", "arenor", 3, "arena_id", "Nora FC")
    >>> finding.severity.value, finding.place
    ('stop', 'arenor, rad 3, kolumn arena_id')
    """

    code: str
    """A key of `CATALOGUE`. Stable: tests, files and addresses may name it."""
    table: str
    row: int | None = None
    """The row's number in a spreadsheet, where the header is row 1. None: the whole table."""
    column: str | None = None
    """None: the whole row."""
    value: str | None = None
    """The cell's text, as written."""
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What else the sentence needs, by the names in the template."""
    count: int = 1
    """How many times the same fault occurs; see `merged`."""
    file: str | None = None
    """Name of the delivered file. None: known from the table alone."""
    sheet: str | None = None

    def __post_init__(self) -> None:
        """Cover personal data, and refuse a code that has no sentence."""
        if self.code not in CATALOGUE:
            raise KeyError(self.code)
        for name in ("value", "column", "file", "sheet"):
            if text := getattr(self, name):
                object.__setattr__(self, name, _shortened(personal_data.masked(text)))
        if self.details:
            object.__setattr__(
                self, "details", {key: personal_data.masked(text) for key, text in self.details.items()}
            )

    @property
    def severity(self) -> Severity:
        """How serious the finding is."""
        return CATALOGUE[self.code][0]

    @property
    def place(self) -> str:
        """Where, in Swedish: file, sheet, table, row and column, as far as they are known."""
        rows = self.details.get("rows")
        row = f"rad {rows}" if rows else f"rad {self.row}" if self.row is not None else ""
        column = f"kolumn {self.column}" if self.column is not None else ""
        sheet = f"bladet {self.sheet}" if self.sheet is not None else ""
        return ", ".join(part for part in (self.file, sheet, self.table, row, column) if part)

    @property
    def message(self) -> str:
        """What is wrong and what to write instead, in one or two Swedish sentences."""
        sentence = self._filled(CATALOGUE[self.code][1])
        others = f", bland dem {self.details['others']}" if "others" in self.details else ""
        return sentence if self.count == 1 else f"{sentence} Gäller {self.count} ställen{others}."

    @property
    def fault(self) -> str:
        """What is wrong: the first sentence of the message."""
        return self._filled(_SENTENCE_END.split(CATALOGUE[self.code][1], maxsplit=1)[0])

    @property
    def advice(self) -> str:
        """What to write instead: the rest of the message, without the count; empty if there is no more."""
        _, *rest = _SENTENCE_END.split(CATALOGUE[self.code][1], maxsplit=1)
        return self._filled(rest[0]).strip() if rest else ""

    def _filled(self, template: str) -> str:
        words = {"table": self.table, "several": "", "column": self.column, "value": self.value}
        return template.format_map({"suggestion": "", "where": "Cellen", **words, **self.details})


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings that say the same thing together: same code, file, table, column, value and details.

    If more than `ALIKE_LISTED` of one code in one column are left they become one too, with the first values
    as `details["others"]`. The first row stays as the finding's row; `details["rows"]` names the first
    `ROWS_LISTED` rows, and `count` tells how many there are. A finding may be merged already. The most
    serious come first, then in the order in which they came.

    Examples
    --------
    >>> both = merged(Finding("bad-postcode", "arenor", row, "postnummer", "123") for row in (2, 7))
    >>> [(finding.row, finding.count, finding.details["rows"]) for finding in both]
    [(2, 2, '2, 7')]
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        details = tuple(sorted((key, text) for key, text in finding.details.items() if key != "rows"))
        place = (finding.file, finding.sheet, finding.table, finding.column)
        groups.setdefault((finding.code, place, finding.value, details), []).append(finding)
    severity = list(Severity)
    kinds: dict[tuple[object, ...], list[tuple[object, ...]]] = {}
    for kind in groups:
        kinds.setdefault(kind[:2], []).append(kind)
    for keys in kinds.values():
        if len(keys) > ALIKE_LISTED:
            groups[keys[0]] += [finding for key in keys[1:] for finding in groups.pop(key)]
    together = (_together(group) for group in groups.values())
    return tuple(sorted(together, key=lambda finding: severity.index(finding.severity)))


def _shortened(text: str) -> str:
    """Keep the beginning of a long text, or what stands around the first thing that was covered in it."""
    if len(text) <= LONGEST_VALUE:
        return text
    start = max(0, text.find(personal_data.MASK) - LONGEST_VALUE // 2)
    shown = text[start : start + LONGEST_VALUE]
    return f"{'…' if start else ''}{shown}{'…' if start + LONGEST_VALUE < len(text) else ''}"


def _together(group: list[Finding]) -> Finding:
    if len(group) == 1:
        return group[0]
    group = sorted(group, key=lambda finding: finding.row or 0)
    first = group[0]
    rows = [str(finding.row) for finding in group if finding.row is not None]
    named = ", ".join(rows[:ROWS_LISTED]) + (" …" if len(rows) > ROWS_LISTED else "")
    details = {**first.details, "rows": named} if rows else {**first.details}
    others = list(dict.fromkeys(one.value for one in group if one.value not in {None, first.value}))
    if others:
        details["others"] = either((f"”{value}”" for value in others[:ALIKE_LISTED]), last="och")
    return replace(first, details=details, count=sum(finding.count for finding in group))
