"""Say what a Lokal handlingsplan holds: each objective, why it is judged as it is, and rows to fill in.

The strategy asks each municipality for one, built on a mapping. The plan proposes no measure: it gives the
verdict, the facts that are missing, and room for what the parties decide.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from mapping.contract import vocabulary
from mapping.reports import document as report
from mapping.reports.judged import Judged
from mapping.swedish import capital, either
from mapping.verdicts.display import verdict_label
from mapping.verdicts.judge import UNKNOWN, Verdict

FIELDS: Final = (
    report.Column("Åtgärd", 3),
    report.Column("Ansvarig funktion", 1.8),
    report.Column("Parter", 1.8),
    report.Column("Personella resurser", 1.6),
    report.Column("Lokaler", 1.4),
    report.Column("Kompetensutveckling", 1.7),
    report.Column("Metodkostnader", 1.6),
    report.Column("Kostnadsdrivande (ja eller nej)", 1.5, ("ja", "nej")),
    report.Column("Hinder, t.ex. sekretess", 1.8),
    report.Column("Start (datum)", 1.2, is_date=True),
    report.Column("Klart (datum)", 1.2, is_date=True),
    report.Column("Hur det följs upp", 2.2),
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
_LEGEND: Final = report.Paragraph(" ".join(report.STATUS_LEGEND), report.CAPTION)


def action_plan(judged: Judged, kommunkod: str) -> report.Document | None:
    """Gather a municipality's plan for a word processor: one form under each objective.

    None if the county has no such municipality.
    """
    if kommunkod not in vocabulary.MUNICIPALITIES:
        return None
    verdicts = judged.verdicts_of(kommunkod)
    return _document(
        judged,
        kommunkod,
        (
            report.Section("Läget mål för mål", (_LEGEND, _overview(judged, verdicts, kommunkod))),
            *_areas(judged, verdicts),
            report.Section("Beslut och uppföljning", tuple(_decision(judged))),
        ),
    )


def action_plan_sheets(judged: Judged, kommunkod: str) -> report.Document | None:
    """Gather the same plan for a spreadsheet: each section one sheet, each measure one row."""
    if kommunkod not in vocabulary.MUNICIPALITIES:
        return None
    verdicts = judged.verdicts_of(kommunkod)
    return _document(
        judged,
        kommunkod,
        (
            report.Section("Handlingsplan", (_plan_rows(judged, verdicts, kommunkod),)),
            report.Section("Bedömningar", (_LEGEND, _overview(judged, verdicts, kommunkod))),
            report.Section("Ta reda på", (_unknowns(verdicts, kommunkod),)),
        ),
    )


def _document(judged: Judged, kommunkod: str, sections: tuple[report.Section, ...]) -> report.Document:
    name = vocabulary.MUNICIPALITIES[kommunkod]
    regional = [one.code for one in judged.strategy.objectives if one.is_regional]
    plural = "en" if len(regional) > 1 else "et"
    shared = f"; mål{plural} {either(regional, last='och')} gäller hela länet" if regional else ""
    found = Counter(one.status for one in judged.verdicts_of(kommunkod))
    return report.Document(
        title=f"Lokal handlingsplan: {name}",
        subtitle=f"Utkast att fylla i, från {judged.strategy.title}",
        lead=(
            report.Paragraph(_QUOTE, report.LEAD),
            report.Paragraph(
                f"Planen utgår från bedömningen {judged.day}: {found['gap']} av strategins "
                f"{found.total()} mål är gap och {found[UNKNOWN]} saknar underlag. Den föreslår inga "
                "åtgärder; dem bestämmer parterna. Där underlag saknas kan första åtgärden vara att ta reda "
                "på det som står under målet. Skriv funktioner, aldrig namn på personer."
            ),
        ),
        sections=sections,
        provenance=judged.provenance(f"Alla strategins mål, för {name}{shared}.", [kommunkod]),
    )


def _overview(judged: Judged, verdicts: Sequence[Verdict], kommunkod: str) -> report.Table:
    return report.table(
        f"Bedömningen av varje mål för {vocabulary.MUNICIPALITIES[kommunkod]}, varför, och vad som saknas.",
        (("Mål", 3), ("Bedömning", 2.3), ("Varför", 4.2), ("Saknas", 1.3)),
        (
            (_named(judged, one), _status(one), _why(one), report.lacking(len(one.missing)))
            for one in verdicts
        ),
        name="Bedömningar",
    )


def _named(judged: Judged, verdict: Verdict) -> str:
    objective = judged.strategy[verdict.objective]
    return f"{objective.code} {objective.name}{' (hela länet)' if objective.is_regional else ''}"


def _status(verdict: Verdict) -> report.Cell:
    shown = verdict_label(verdict)
    return report.Cell("\n".join((shown.signed, *shown.remarks)), verdict.status)


def _why(verdict: Verdict) -> str:
    reason = verdict.known
    return capital(reason)


def _areas(judged: Judged, verdicts: Sequence[Verdict]) -> Iterator[report.Section]:
    for number, name in judged.strategy.areas.items():
        own = (one for one in verdicts if judged.strategy[one.objective].area == number)
        blocks = (block for one in own for block in _objective(judged, one))
        yield report.Section(f"Målområde {number}: {name}", tuple(blocks), starts_page=True)


def _objective(judged: Judged, verdict: Verdict) -> Iterator[report.Block]:
    objective = judged.strategy[verdict.objective]
    shown = verdict_label(verdict)
    name = _named(judged, verdict)
    yield report.Heading(name)
    yield report.Paragraph(f"{judged.strategy.preamble.removesuffix(' …')} {objective.text}")
    remarks = f" ({'; '.join(shown.remarks)})" if shown.remarks else ""
    yield report.Paragraph(f"Bedömning: {shown.signed}{remarks}. {_why(verdict)}")
    if verdict.missing:
        yield report.Paragraph("Att ta reda på:", report.UNKNOWN_WORDS)
        yield report.Items(verdict.missing)
    measures = [f"Åtgärd {number}" for number in range(1, MEASURES + 1)]
    yield report.table(
        f"Formulär för åtgärder under mål {name}: en kolumn för varje åtgärd.",
        (("Fyll i", 2), *((one, 3) for one in measures)),
        ((field.heading, *(report.Cell("", report.TO_FILL_IN) for _ in measures)) for field in FIELDS),
        name=f"Åtgärder {name}",
    )


def _plan_rows(judged: Judged, verdicts: Sequence[Verdict], kommunkod: str) -> report.Table:
    return report.table(
        f"Handlingsplan för {vocabulary.MUNICIPALITIES[kommunkod]}: {MEASURES} rader för varje mål, en för "
        "varje åtgärd.",
        (
            *(("Mål", 0.6), ("Målets namn", 2.2), ("Målsättning", 3.6)),
            *(("Bedömning", 1.7), ("Varför", 3), ("Saknas", 1.2)),
            *FIELDS,
        ),
        (
            (
                one.objective,
                judged.strategy[one.objective].name,
                f"{judged.strategy.preamble.removesuffix(' …')} {judged.strategy[one.objective].text}",
                _status(one),
                _why(one),
                report.lacking(len(one.missing)),
                *(report.Cell("", report.TO_FILL_IN) for _ in FIELDS),
            )
            for one in verdicts
            for _ in range(MEASURES)
        ),
        name="Handlingsplan",
    )


def _unknowns(verdicts: Sequence[Verdict], kommunkod: str) -> report.Table:
    found: dict[str, list[str]] = {}
    for one in verdicts:
        for sentence in one.missing:
            found.setdefault(sentence, []).append(one.objective)
    rows = [(sentence, ", ".join(objectives)) for sentence, objectives in found.items()]
    ordered = sorted(rows, key=lambda row: -row[1].count(","))
    return report.table(
        f"Uppgifter som saknas för {vocabulary.MUNICIPALITIES[kommunkod]}, de som berör flest mål först.",
        (
            *(("Uppgift", 6), ("Berör mål", 2), ("Ansvarig funktion", 2)),
            report.Column("Klart (datum)", 1.2, is_date=True),
        ),
        (
            (*row, report.Cell("", report.TO_FILL_IN), report.Cell("", report.TO_FILL_IN))
            for row in ordered or [("Inget: alla bedömningar är avgjorda.", "")]
        ),
        name="Ta reda på",
    )


def _decision(judged: Judged) -> Iterator[report.Block]:
    yield report.Paragraph(
        "”Uppföljning av strategin genomförs vartannat år med hjälp av både kvantitativa och kvalitativa "
        "metoder. Uppföljningen ska återkopplas till respektive kommun.” (strategin, kapitel 6) Strategins "
        f"mätomgångar är {', '.join(str(year) for year in judged.strategy.waves)}."
    )
    yield report.table(
        "Uppgifter om beslutet, att fylla i.",
        (("Fyll i", 1.5), ("Svar", 6)),
        (
            (label, report.Cell("", report.TO_FILL_IN))
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
