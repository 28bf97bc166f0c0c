"""Say what a Lokal handlingsplan holds: each objective, why it is judged as it is, and rows to fill in.

The strategy asks each municipality for one, built on a mapping. The plan proposes no measure: it gives the
verdict, the facts that are missing, and room for what the parties decide.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from mapping.contract import vocabulary
from mapping.reports.document import (
    CAPTION,
    LEAD,
    MISSING,
    STATUS_MEANING,
    TO_FILL_IN,
    UNKNOWN_WORDS,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Items,
    Paragraph,
    Section,
    Table,
    table,
)
from mapping.reports.judged import Basis
from mapping.verdicts.display import SYMBOL, verdict_label
from mapping.verdicts.judge import STATUS, UNKNOWN, Verdict

FIELDS: Final = (
    Column("Åtgärd", 3),
    Column("Ansvarig funktion", 1.8),
    Column("Parter", 1.8),
    Column("Personella resurser", 1.6),
    Column("Lokaler", 1.4),
    Column("Kompetensutveckling", 1.7),
    Column("Metodkostnader", 1.6),
    Column("Kostnadsdrivande (ja eller nej)", 1.5, ("ja", "nej")),
    Column("Hinder, t.ex. sekretess", 1.8),
    Column("Start (datum)", 1.2, is_date=True),
    Column("Klart (datum)", 1.2, is_date=True),
    Column("Hur det följs upp", 2.2),
)
"""What is filled in for each measure. The resources are those that the strategy names (chapter 6)."""

MEASURES: Final = 2
"""Measures that there is room for under each objective; rows and columns can be added."""

_QUOTE: Final = (
    "”Berörda parter i varje kommun ska ta fram en lokal handlingsplan som bygger på en kartläggning med "
    "syfte att implementera det lokala arbetet med föräldraskapsstöd utifrån strategins tre målområden. Den "
    "lokala handlingsplanen bör även omfatta regionens och civilsamhällets verksamheter.” (strategin, "
    "kapitel 6)"
)


def action_plan(basis: Basis, kommunkod: str) -> Document | None:
    """Gather a municipality's plan for a word processor: one form under each objective.

    Returns
    -------
    Document or None
        None if the county has no such municipality.
    """
    if kommunkod not in vocabulary.MUNICIPALITIES:
        return None
    verdicts = basis.of(kommunkod)
    return _document(
        basis,
        kommunkod,
        (
            Section("Läget mål för mål", (_legend(), _overview(basis, verdicts, kommunkod))),
            *_areas(basis, verdicts),
            Section("Beslut och uppföljning", tuple(_decision(basis))),
        ),
    )


def action_plan_sheets(basis: Basis, kommunkod: str) -> Document | None:
    """Gather the same plan for a spreadsheet: each section one sheet, each measure one row.

    Parameters
    ----------
    basis, kommunkod
        As for :func:`action_plan`.
    """
    if kommunkod not in vocabulary.MUNICIPALITIES:
        return None
    verdicts = basis.of(kommunkod)
    return _document(
        basis,
        kommunkod,
        (
            Section("Handlingsplan", (_plan_rows(basis, verdicts, kommunkod),)),
            Section("Bedömningar", (_legend(), _overview(basis, verdicts, kommunkod))),
            Section("Ta reda på", (_unknowns(verdicts, kommunkod),)),
        ),
    )


def _document(basis: Basis, kommunkod: str, sections: tuple[Section, ...]) -> Document:
    name = vocabulary.MUNICIPALITIES[kommunkod]
    open_ = sum(one.status == UNKNOWN for one in basis.of(kommunkod))
    gaps = sum(one.status == "gap" for one in basis.of(kommunkod))
    return Document(
        title=f"Lokal handlingsplan: {name}",
        subtitle=f"Utkast att fylla i, från {basis.strategy.title}",
        lead=(
            Paragraph(_QUOTE, LEAD),
            Paragraph(
                f"Planen utgår från bedömningen {basis.day}: {gaps} av strategins "
                f"{len(basis.of(kommunkod))} mål är gap och {open_} saknar underlag. Den föreslår inga "
                "åtgärder; dem bestämmer parterna. Där underlag saknas kan första åtgärden vara att ta reda "
                "på det som står under målet. Skriv funktioner, aldrig namn på personer."
            ),
        ),
        sections=sections,
        provenance=basis.provenance(
            f"Alla strategins mål, för {name}; målen 2.5 och 3.1 gäller hela länet.", [kommunkod]
        ),
    )


def _legend() -> Paragraph:
    return Paragraph(
        " ".join(f"{SYMBOL[code]} {STATUS[code]}: {words}." for code, words in STATUS_MEANING.items()),
        CAPTION,
    )


def _overview(basis: Basis, verdicts: Sequence[Verdict], kommunkod: str) -> Table:
    return table(
        f"Bedömningen av varje mål för {vocabulary.MUNICIPALITIES[kommunkod]}, varför, och vad som saknas.",
        (Column("Mål", 3), Column("Bedömning", 2.3), Column("Varför", 4.2), Column("Saknas", 1.3)),
        ((_named(basis, one), _judged(one), _why(one), _lacks(one)) for one in verdicts),
        name="Bedömningar",
    )


def _named(basis: Basis, verdict: Verdict) -> str:
    objective = basis.strategy[verdict.objective]
    return f"{objective.code} {objective.name}{' (hela länet)' if objective.is_regional else ''}"


def _judged(verdict: Verdict) -> Cell:
    shown = verdict_label(verdict)
    return Cell("\n".join((shown.signed, *shown.remarks)), verdict.status)


def _why(verdict: Verdict) -> str:
    reason = verdict.known
    return reason[:1].upper() + reason[1:]


def _lacks(verdict: Verdict) -> Cell:
    count = len(verdict.missing)
    if not count:
        return Cell("inget")
    return Cell(f"{count} {'uppgift' if count == 1 else 'uppgifter'}", MISSING)


def _areas(basis: Basis, verdicts: Sequence[Verdict]) -> Iterator[Section]:
    for number, name in basis.strategy.areas.items():
        blocks: list[Block] = []
        for one in verdicts:
            if basis.strategy[one.objective].area == number:
                blocks += _objective(basis, one)
        yield Section(f"Målområde {number}: {name}", tuple(blocks), starts_page=True)


def _objective(basis: Basis, verdict: Verdict) -> Iterator[Block]:
    objective = basis.strategy[verdict.objective]
    shown = verdict_label(verdict)
    yield Heading(_named(basis, verdict))
    yield Paragraph(f"{basis.strategy.preamble.removesuffix(' …')} {objective.text}")
    remarks = f" ({'; '.join(shown.remarks)})" if shown.remarks else ""
    yield Paragraph(f"Bedömning: {shown.signed}{remarks}. {_why(verdict)}")
    if verdict.missing:
        yield Paragraph("Att ta reda på:", UNKNOWN_WORDS)
        yield Items(verdict.missing)
    yield _form(_named(basis, verdict))


def _form(name: str) -> Table:
    measures = [f"Åtgärd {number}" for number in range(1, MEASURES + 1)]
    return table(
        f"Formulär för åtgärder under mål {name}: en kolumn för varje åtgärd.",
        (Column("Fyll i", 2), *(Column(one, 3) for one in measures)),
        ((field.heading, *(Cell("", TO_FILL_IN) for _ in measures)) for field in FIELDS),
        name=f"Åtgärder {name}",
    )


def _plan_rows(basis: Basis, verdicts: Sequence[Verdict], kommunkod: str) -> Table:
    return table(
        f"Handlingsplan för {vocabulary.MUNICIPALITIES[kommunkod]}: {MEASURES} rader för varje mål, en för "
        "varje åtgärd.",
        (
            Column("Mål", 0.6),
            Column("Målets namn", 2.2),
            Column("Målsättning", 3.6),
            Column("Bedömning", 1.7),
            Column("Varför", 3),
            Column("Saknas", 1.2),
            *FIELDS,
        ),
        (
            (
                one.objective,
                basis.strategy[one.objective].name,
                f"{basis.strategy.preamble.removesuffix(' …')} {basis.strategy[one.objective].text}",
                _judged(one),
                _why(one),
                _lacks(one),
                *(Cell("", TO_FILL_IN) for _ in FIELDS),
            )
            for one in verdicts
            for _ in range(MEASURES)
        ),
        name="Handlingsplan",
    )


def _unknowns(verdicts: Sequence[Verdict], kommunkod: str) -> Table:
    found: dict[str, list[str]] = {}
    for one in verdicts:
        for sentence in one.missing:
            found.setdefault(sentence, []).append(one.objective)
    rows = [(sentence, ", ".join(objectives)) for sentence, objectives in found.items()]
    ordered = sorted(rows, key=lambda row: -row[1].count(","))
    return table(
        f"Uppgifter som saknas för {vocabulary.MUNICIPALITIES[kommunkod]}, de som berör flest mål först.",
        (
            Column("Uppgift", 6),
            Column("Berör mål", 2),
            Column("Ansvarig funktion", 2),
            Column("Klart (datum)", 1.2, is_date=True),
        ),
        (
            (*row, Cell("", TO_FILL_IN), Cell("", TO_FILL_IN))
            for row in ordered or [("Inget: alla bedömningar är avgjorda.", "")]
        ),
        name="Ta reda på",
    )


def _decision(basis: Basis) -> Iterator[Block]:
    yield Paragraph(
        "”Uppföljning av strategin genomförs vartannat år med hjälp av både kvantitativa och kvalitativa "
        "metoder. Uppföljningen ska återkopplas till respektive kommun.” (strategin, kapitel 6) Strategins "
        f"mätomgångar är {', '.join(str(year) for year in basis.strategy.waves)}."
    )
    yield table(
        "Uppgifter om beslutet, att fylla i.",
        (Column("Fyll i", 1.5), Column("Svar", 6)),
        (
            (label, Cell("", TO_FILL_IN))
            for label in (
                "Beslutad av (nämnd eller grupp)",
                "Beslutsdatum",
                "Diarienummer",
                "Ansvarig funktion för planen",
                "Följs upp (datum)",
            )
        ),
        name="Beslut",
    )
