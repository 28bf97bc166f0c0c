"""Hold a report as data: sections of paragraphs, lists, tables, figures and charts, with where it comes from.

A document says what is told, never how it looks: each writer lays it out as its format does best. Texts are
plain; what is unknown is told in words and marked with a tone, never left empty.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from mapping.contract import vocabulary
from mapping.figures.palette import TONE
from mapping.figures.picture import Picture
from mapping.swedish import capital
from mapping.verdicts.display import PLANNED, SYMBOL, VerdictLabel
from mapping.verdicts.judge import STATUS

BODY, LEAD, CAPTION, UNKNOWN_WORDS, NOTICE = "body", "lead", "caption", "unknown", "notice"
"""Kinds of paragraphs: running text, the first and largest, small, what is not known, and a warning."""

PLAIN, STRONG, MISSING, TO_FILL_IN = "plain", "strong", "missing", "to_fill_in"
_MOST_IN_CAPTION: Final = 8

TONES: Final = frozenset({PLAIN, STRONG, MISSING, TO_FILL_IN, *TONE})
"""What a cell may be: plain, emphasised, unknown, to be filled in by the reader, or a status or a level."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of one of the five kinds."""

    text: str
    kind: str = BODY


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list. With `is_short` a format with little room may leave out the last ones, and says how many."""

    items: tuple[str, ...]
    is_numbered: bool = False
    is_short: bool = False
    more: str = "{} till"


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, its share of the width, and the answers it may have in a form."""

    heading: str
    share: float = 1.0
    choices: tuple[str, ...] = ()
    is_date: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell: text, and a tone of `TONES`."""

    text: str
    tone: str = PLAIN

    def __post_init__(self) -> None:
        """Refuse a tone that no writer knows."""
        if self.tone not in TONES:
            raise ValueError(self.tone)


@dataclass(frozen=True)
class Table:
    """A table whose first column heads its rows; every row has a cell for each column.

    The summary says what it shows, for those who do not see it. With `is_short` a format with little room may
    leave out the last rows, and says how many.
    """

    summary: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_short: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(self.summary)


@dataclass(frozen=True)
class Figure:
    """A picture with its caption."""

    picture: Picture
    caption: str


@dataclass(frozen=True)
class Series:
    """Numbers of a chart, one for each category; None where nothing is known."""

    name: str
    values: tuple[int | None, ...]
    colour: str = ""
    is_hatched: bool = False


@dataclass(frozen=True)
class Chart:
    """Bars that can be edited where the format has charts of its own; elsewhere a table.

    With one series, `colours` may give each category its own; an empty one is hatched grey.
    """

    title: str
    summary: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    colours: tuple[str, ...] = ()
    is_stacked: bool = False

    @property
    def as_table(self) -> Table:
        """The same numbers as a table."""
        return Table(
            summary=self.summary,
            columns=(Column("", 2), *(Column(one.name) for one in self.series)),
            rows=tuple(
                (
                    Cell(category, STRONG),
                    *(
                        known("" if one.values[place] is None else str(one.values[place]))
                        for one in self.series
                    ),
                )
                for place, category in enumerate(self.categories)
            ),
        )


SimpleBlock = Paragraph | Heading | Items | Table | Figure | Chart


@dataclass(frozen=True)
class Beside:
    """Two columns where there is room; otherwise the left one first.

    `share` is the left one's part of the width.
    """

    left: tuple[SimpleBlock, ...]
    right: tuple[SimpleBlock, ...]
    share: float = 0.5


Block = SimpleBlock | Beside


def in_line(blocks: Iterable[Block]) -> Iterator[SimpleBlock]:
    """Give blocks one after the other, for a format without columns."""
    for block in blocks:
        if isinstance(block, Beside):
            yield from block.left
            yield from block.right
        else:
            yield block


@dataclass(frozen=True)
class Section:
    """A part of a report; one that `is_extra` may be left out of a format with little room.

    `notes` are for who speaks: what to say, and the sources.
    """

    title: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    is_extra: bool = False
    starts_page: bool = False


@dataclass(frozen=True)
class Provenance:
    """What every export prints: which data, which day, which choice, from where.

    `dataset` is its title. `selection` and `switches` say what was chosen, how switches stood and what was
    compared, as sentences; each of the sources says what is known of its dates.
    """

    dataset: str
    version: str
    dated: str
    """From `mapping.dataset.dataset.Dataset.dated`."""
    day: datetime.date
    strategy: str
    selection: str
    switches: tuple[str, ...]
    sources: tuple[str, ...]
    example: bool

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Everything but the sources, each with a label."""
        return (
            *((("Obs", vocabulary.EXAMPLE_MARK),) if self.example else ()),
            ("Data", f"{self.dataset}, dataversion {self.version}{self.dated}"),
            ("Bedömt", f"{self.day} enligt {self.strategy}"),
            ("Urval", self.selection),
            ("Val", " ".join(self.switches)),
        )

    @property
    def line(self) -> str:
        """The shortest form, for the foot of every page."""
        mark = f"{vocabulary.EXAMPLE_MARK} · " if self.example else ""
        return f"{mark}Stödkartan · bedömt {self.day} · dataversion {self.version}{self.dated}"

    @property
    def captions(self) -> tuple[str, ...]:
        """Sentences for a picture that travels alone."""
        mark = (f"{vocabulary.EXAMPLE_MARK}.",) if self.example else ()
        named = "; ".join(_at_most(self.sources, _MOST_IN_CAPTION, "{} källor till")) or "inga angivna"
        return (
            *mark,
            f"{self.selection} {' '.join(self.switches)}",
            f"Stödkartan, {self.dataset}. Bedömt {self.day}. Dataversion {self.version}.",
            f"Källor: {named}.",
        )


@dataclass(frozen=True)
class Document:
    """A report; its lead stands before the first heading, and every writer prints its provenance.

    `most_pages` is how many pages it may take on paper; None for any number.
    """

    title: str
    subtitle: str
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]
    provenance: Provenance
    most_pages: int | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of its sections, in reading order."""
        blocks = (block for section in self.sections for block in in_line(section.blocks))
        return tuple(block for block in blocks if isinstance(block, Figure))

    def brief(self, most: int, *, longest: int = 400) -> "Document":
        """Give the document with less: no extra sections, short lists cut off, and the cut told.

        At most so many items or rows of a short list or table stay, and so many signs of a text.
        """

        def simple(block: SimpleBlock) -> SimpleBlock:
            if isinstance(block, Paragraph):
                return replace(block, text=clipped(block.text, longest))
            if isinstance(block, Items):
                items = _at_most(block.items, most, block.more) if block.is_short else block.items
                return replace(block, items=tuple(clipped(item, longest) for item in items))
            if not isinstance(block, Table):
                return block
            rows = block.rows
            if block.is_short and len(rows) > most:
                rest = (Cell(f"{len(rows) - most} till", MISSING), *(Cell("") for _ in block.columns[1:]))
                rows = (*rows[:most], rest)
            shown = (tuple(replace(cell, text=clipped(cell.text, longest)) for cell in row) for row in rows)
            return replace(block, rows=tuple(shown))

        def short(block: Block) -> Block:
            if isinstance(block, Beside):
                left, right = (tuple(map(simple, side)) for side in (block.left, block.right))
                return replace(block, left=left, right=right)
            return simple(block)

        sources = tuple(clipped(one, longest) for one in self.provenance.sources)
        return replace(
            self,
            lead=tuple(map(short, self.lead)),
            sections=tuple(
                replace(section, blocks=tuple(map(short, section.blocks)))
                for section in self.sections
                if not section.is_extra
            ),
            provenance=replace(self.provenance, sources=_at_most(sources, most + 2, "{} källor till")),
        )


def _at_most(items: tuple[str, ...], most: int, more: str) -> tuple[str, ...]:
    if len(items) <= most:
        return items
    return (*items[:most], more.format(len(items) - most))


def clipped(text: str, longest: int) -> str:
    """Cut a text that is too long; it ends with "…" then."""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


_STATUS_MEANING: Final = {
    "uppfyllt": "de kända uppgifterna räcker för målet",
    "delvis": "något är på plats; minst delvis: fler uppgifter kan visa mer",
    "gap": "det som finns räcker inte, och kartläggningen eller svaret säger att det är allt",
    "underlag_saknas": "det kan vara hur som helst; det betyder inte att stödet saknas",
}
STATUS_LEGEND: Final = tuple(
    f"{SYMBOL[code]} {STATUS[code]}: {meaning}." for code, meaning in _STATUS_MEANING.items()
)
"""What each status says, as sentences."""
STRENGTH_LEGEND: Final = (
    "§, ljusare: enligt lag eller nationellt program. Streckad eller vit, med årtal: enligt äldre uppgifter. "
    f"{capital(PLANNED)}: planerat, finns inte än."
)
"""What a verdict's strength looks like, in sentences."""


def verdict_tone(label: VerdictLabel) -> str:
    """Give the tone of a verdict: its status by its strength."""
    return f"{label.status}_{label.strength}" if label.mark else label.status


def known(text: str) -> Cell:
    """Give a cell with a text, or where it is empty one that says that nothing is known."""
    return Cell(text) if text else Cell("uppgift saknas", MISSING)


def lacking(count: int) -> Cell:
    """Say how many facts a verdict waits for."""
    return Cell(f"{count} {'uppgift' if count == 1 else 'uppgifter'}", MISSING) if count else Cell("inget")


def table(
    summary: str,
    columns: Iterable[Column | str | tuple[str, float]],
    rows: Iterable[Iterable[Cell | str]],
    *,
    is_short: bool = False,
    name: str = "",
) -> Table:
    """Make a table from plain words; a column may be its heading, perhaps with its share of the width.

    The first cell of a row is emphasised, as it heads the row.
    """
    made = []
    for row in rows:
        cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
        first = replace(cells[0], tone=STRONG) if cells[0].tone == PLAIN else cells[0]
        made.append((first, *cells[1:]))
    headed = tuple(
        one if isinstance(one, Column) else Column(one) if isinstance(one, str) else Column(*one)
        for one in columns
    )
    return Table(summary, headed, tuple(made), is_short, name)
