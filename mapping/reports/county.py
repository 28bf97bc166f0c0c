"""Say what the county presentation holds: where the county stands, and each municipality."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from mapping.arenas.filters import DEFAULT_STATUS
from mapping.arenas.key_figures import key_figures, pyramid
from mapping.childhood import coverage
from mapping.childhood.coverage import Coverage
from mapping.childhood.year_states import LETTER, STATES
from mapping.contract import vocabulary
from mapping.figures import palette
from mapping.figures.arena_map import arena_map
from mapping.figures.childhood import county_picture
from mapping.municipality import leadership
from mapping.reports import document as report
from mapping.reports.judged import Judged
from mapping.swedish import capital, either, swedish_order
from mapping.verdicts.display import PLANNED, SYMBOL, verdict_label
from mapping.verdicts.judge import STATUS, UNKNOWN
from mapping.verdicts.matrix import Cell, MatrixChoice, cell_key, matrix, settled_sentence
from mapping.verdicts.objectives.figure import EMPTY, OBLIGED
from mapping.verdicts.objectives.figure import UNKNOWN as UNKNOWN_YEAR
from mapping.verdicts.strength import OLDER
from mapping.verdicts.tasks import tasks

_STEPS_SHOWN: Final = 2
_FACTS_SHOWN: Final = 6
_STATE_COLOURS: Final = {"ja": "#6aa5dc", "planerad": "#e3eef8", "nej": "#ee9a4d"}
_PLACES: Final = sorted(
    vocabulary.MUNICIPALITIES, key=lambda code: swedish_order(vocabulary.MUNICIPALITIES[code])
)


def county_presentation(judged: Judged) -> report.Document:
    """Gather the presentation."""
    provenance = judged.provenance("Hela länet; stängda arenor räknas inte.")
    sources = tuple(f"Källa: {source}" for source in provenance.sources[:12])
    return report.Document(
        title="Föräldraskapsstöd i Örebro län",
        subtitle=judged.strategy.title,
        lead=(
            report.Paragraph(f"”{judged.strategy.national_aim}”", report.LEAD),
            report.Paragraph(f"Läget {judged.day}", report.CAPTION),
        ),
        sections=(
            _county(judged, sources),
            _overview(judged, sources),
            _map(judged, sources),
            _pyramid(judged, sources),
            _matrix(judged, sources),
            *_childhood(judged, sources),
            *_organisation(judged),
            *(_municipality(judged, code) for code in _PLACES),
            _next(judged),
            _method(judged),
        ),
        provenance=provenance,
    )


def _county(judged: Judged, sources: tuple[str, ...]) -> report.Section:
    shown = coverage.coverage(judged.dataset, judged.strategy, judged.day, basis=judged.best_basis)
    return report.Section(
        "Det här vet vi om stödet i hela länet",
        (
            report.Paragraph(shown.summary, report.LEAD),
            report.Figure(
                county_picture(shown),
                f"Talet är antalet kommuner av {len(shown.listed)} där stöd är känt det året. "
                "” = någon kommun har sagt att stöd saknas.",
            ),
        ),
        (shown.summary, *(strip.words for strip in shown.county), *sources),
    )


def _overview(judged: Judged, sources: tuple[str, ...]) -> report.Section:
    figures = key_figures(judged.dataset)
    return report.Section(
        "Överblick",
        (
            report.Paragraph(settled_sentence(judged.verdicts), report.LEAD),
            report.table(
                "Antal arenor, insatser och familjecentraler, med vad som inte är känt om dem.",
                (("Vad", 1.4), ("Antal", 0.8), ("Att veta", 4)),
                ((capital(one.label), str(one.number), one.remark) for one in figures),
                name="Överblick",
            ),
        ),
        (
            "Säg först hur mycket som är känt. Underlag saknas betyder inte att stödet saknas.",
            settled_sentence(judged.verdicts),
            *sources,
        ),
    )


def _map(judged: Judged, sources: tuple[str, ...]) -> report.Section:
    arenor = judged.dataset.arenor
    shown = arenor.index[arenor["status"].isin(DEFAULT_STATUS)]
    return report.Section(
        "Arenorna i länet",
        (
            report.Figure(
                arena_map(judged.dataset, shown, wide=620, most_height=290),
                "Symboler som inte får plats har flyttats; ett streck visar var de hör hemma. "
                "Kommungränser: SCB, förenklade.",
            ),
        ),
        ("Kartan visar arenor som någon källa nämner. En tom yta är inte detsamma som inget stöd.", *sources),
    )


def _pyramid(judged: Judged, sources: tuple[str, ...]) -> report.Section:
    steps = pyramid(judged.dataset)
    counted = either((f"{one.label.lower()} {one.arenas}" for one in steps), last="och")
    return report.Section(
        "Arenor på varje preventionsnivå",
        (
            report.Paragraph("En arena kan finnas på flera nivåer, så talen kan inte läggas ihop."),
            report.Chart(
                title="Antal arenor med minst en insats på nivån, enligt någon källa",
                summary=f"Stapeldiagram. Antal arenor på varje nivå: {counted}.",
                categories=tuple(one.label for one in steps),
                series=(report.Series("Antal arenor", tuple(one.arenas for one in steps)),),
                colours=tuple(palette.LEVEL.get(one.level, "") for one in steps),
            ),
        ),
        (f"Antal arenor: {counted}.", "Nivåerna är RISE:s; färgerna är deras.", *sources),
    )


def _matrix(judged: Judged, sources: tuple[str, ...]) -> report.Section:
    cells = matrix(judged.verdicts, judged.strategy, MatrixChoice()).cells
    legend = " ".join(f"{SYMBOL[code]} {STATUS[code]}." for code in STATUS)
    legend += " + = minst delvis. p = ska finnas (planerat)."
    if any("§" in cell.mark for cell in cells):
        legend += " § = enligt lag eller nationellt program, ljusare."
    if any(any(sign.isdigit() for sign in cell.mark) for cell in cells):
        legend += " Årtal = enligt äldre uppgifter, streckat."
    legend += f" {SYMBOL[UNKNOWN]} med § eller årtal: något är känt, men räcker inte för en bedömning."
    if any(cell.shown.older for cell in cells):
        legend += " ä = äldre uppgifter säger mer."
    signs = {cell.key: _sign(cell) for cell in cells}
    blocks: list[report.Block] = []
    for number, name in judged.strategy.areas.items():
        blocks.append(report.Heading(f"{number} {name}"))
        blocks += [report.Paragraph(legend, report.CAPTION), _area(judged, number, signs)]
    return report.Section(
        "Målmatris",
        tuple(blocks),
        (
            "Ingen rangordning: strategin är vägledande och varje part bestämmer själv.",
            *report.STATUS_LEGEND,
            *sources,
        ),
    )


def _area(judged: Judged, number: int, signs: Mapping[str, report.Cell]) -> report.Table:
    by_place = {(one.objective, one.kommunkod): one for one in judged.verdicts}
    objectives = [one for one in judged.strategy.objectives if one.area == number]
    columns = {code: vocabulary.MUNICIPALITIES[code] for code in _PLACES}
    if any(one.is_regional for one in objectives):
        columns[vocabulary.COUNTY_CODE] = "Hela länet"
    rows: list[tuple[report.Cell | str, ...]] = []
    labels: list[str] = []
    for objective in objectives:
        found = [by_place.get((objective.code, code)) for code in columns]
        keys = [cell_key(objective.code, code) for code in columns]
        blank = report.Cell("")
        rows.append((f"{objective.code} {objective.name}", *(signs.get(key, blank) for key in keys)))
        labels += [
            f"{objective.code}, {one.kommun}: {verdict_label(one).sentence.lower()}"
            for one in found
            if one is not None
        ]
    return report.table(
        f"Målområde {number}, en rad för varje mål och en kolumn för varje kommun. {'. '.join(labels)}.",
        (("Mål", 3.4), *columns.values()),
        rows,
        name=f"Målområde {number}",
    )


def _sign(cell: Cell) -> report.Cell:
    """Draw a verdict as its sign, with what strengthens or weakens it."""
    shown = cell.shown
    at_least = "+" if shown.word.startswith("Minst") else ""
    marks = (cell.mark, "p" if PLANNED in shown.remarks else "", "ä" if shown.older else "")
    return report.Cell(
        " ".join(filter(None, (f"{shown.symbol}{at_least}", *marks))), report.verdict_tone(shown)
    )


def _childhood(judged: Judged, sources: tuple[str, ...]) -> Iterator[report.Section]:
    shown = coverage.coverage(judged.dataset, judged.strategy, judged.day, basis=judged.best_basis)
    sentences = (shown.summary, shown.remark)
    yield report.Section(
        "Uppväxten i korthet",
        tuple(report.Paragraph(words, report.LEAD) for words in sentences if words),
        (shown.summary, *sources),
    )
    for place, label in enumerate(vocabulary.PREVENTION_LEVEL.values()):
        yield report.Section(
            f"Uppväxten, år för år: {label.lower()} nivå",
            (
                _years(shown, place, label),
                report.Paragraph(
                    " ".join(
                        f"{LETTER[state]} = {words[:1].lower()}{words[1:]}."
                        for state, words in STATES.items()
                    ),
                    report.CAPTION,
                ),
            ),
            (
                shown.summary,
                *filter(None, sentences[1:]),
                *(f"{one.kommun}: {one.strips[place].label}" for one in shown.listed),
                *sources,
            ),
        )


def _years(shown: Coverage, place: int, label: str) -> report.Table:
    return report.table(
        f"{label} nivå, en rad för varje kommun och en kolumn för varje år. "
        + " ".join(f"{one.kommun}: {one.strips[place].words}." for one in shown.listed),
        (("Kommun", 3.2), *map(str, shown.strategy.childhood_ages)),
        (
            (
                one.kommun,
                *(_year(state, one.strips[place].level) for state in one.strips[place].states),
            )
            for one in shown.listed
        ),
        name=f"Uppväxten, {label.lower()} nivå",
    )


def _year(state: str, level: str) -> report.Cell:
    if state == EMPTY:
        return report.Cell(LETTER[state])
    if state == UNKNOWN_YEAR:
        return report.Cell(LETTER[state], UNKNOWN)
    return report.Cell(LETTER[state], f"{level}_{state}" if state in {OBLIGED, OLDER} else level)


def _organisation(judged: Judged) -> Iterator[report.Section]:
    answers = leadership.histories(judged.dataset.kommunlage)
    before, after = leadership.usual_moments(answers, judged.day)
    rows = leadership.leadership(answers, before, after)
    named = sorted({source for row in rows for one in row.history for source in one.sources})
    notes = (
        leadership.summary(rows, after),
        leadership.age_of_answers(rows, judged.day),
        "En plan är ingen grupp: planerat räknas inte som att något finns.",
        *(f"Källa: {source}" for source in named),
    )
    moments = [one for one in (before, after) if one]
    states = leadership.STATE[leadership.GROUP]
    seen = [
        [_look(row.before if moment is before and row.before else row.after, judged.day) for row in rows]
        for moment in moments
    ]
    looks = [(code, is_old) for code in states for is_old in (False, True)]
    used = [look for look in looks if any(look in now for now in seen)]
    older = {False: "", True: ", enligt äldre svar"}
    names = {(code, is_old): states[code] + older[is_old] for code, is_old in used}
    counts = {look: tuple(now.count(look) for now in seen) for look in used}
    sentences = ". ".join(
        f"{moment.label}: "
        + either(
            (f"{names[look].lower()} {counts[look][place]}" for look in used if counts[look][place]),
            last="och",
        )
        for place, moment in enumerate(moments)
    )
    yield report.Section(
        "Vem som leder arbetet: före och efter",
        (
            report.Paragraph(leadership.summary(rows, after)),
            report.Chart(
                title="Kommuner med lednings- eller samverkansgrupp, enligt senaste svaret",
                summary=f"Staplat diagram över antal kommuner. {sentences}.",
                categories=tuple(moment.label for moment in moments),
                series=tuple(
                    report.Series(
                        f"{leadership.State(leadership.GROUP, code).symbol} {names[code, is_old]}",
                        counts[code, is_old],
                        palette.lighter(_STATE_COLOURS[code]) if is_old else _STATE_COLOURS.get(code, ""),
                        is_hatched=code not in _STATE_COLOURS,
                    )
                    for code, is_old in used
                ),
                is_stacked=True,
            ),
        ),
        notes,
    )
    yield report.Section(
        "Vem som leder arbetet: kommun för kommun", (_leadership(rows, before, after),), notes
    )


def _look(state: leadership.State, today: datetime.date) -> tuple[str, bool]:
    """Tell the state, and whether its answer is older than what counts, which is drawn lighter."""
    return state.code, state.code in _STATE_COLOURS and state.old_since(today) is not None


def _leadership(
    rows: Sequence[leadership.Leadership], before: leadership.Moment | None, after: leadership.Moment
) -> report.Table:
    made = []
    for row in rows:
        cells = [report.Cell(row.name)]
        if before:
            cells.append(_state(row.before, before))
        cells.append(_state(row.after, after))
        if before:
            change = row.change
            cells.append(report.Cell("; ".join((change.word, *change.notes)) if change else ""))
        planned = "; ".join(f"{words} ({dated})" for words, dated in row.plans)
        cells.append(report.Cell(planned) if planned else report.Cell("ej besvarat", report.MISSING))
        made.append(cells)
    return report.table(
        "Lednings- eller samverkansgrupp i varje kommun, före och efter, med vad som är planerat.",
        (
            ("Kommun", 1.3),
            *((moment.label.capitalize(), 1.7) for moment in (before, after) if moment),
            *([("Vad svaren säger", 2.0)] if before else []),
            ("Planer", 2.4),
        ),
        made,
        name="Organisation",
    )


def _state(state: leadership.State | None, moment: leadership.Moment) -> report.Cell:
    if state is None or not state.is_known:
        return report.Cell(f"▨ {state.words if state else 'Ej besvarat'}", report.MISSING)
    answer = state.answer
    ages = f", {answer.ages_words}" if answer and answer.ages_words else ""
    when = f" (svar {answer.dated})" if answer and answer.date != moment.code else ""
    return report.Cell(f"{state.symbol} {state.words}{ages}{when}")


def _municipality(judged: Judged, code: str) -> report.Section:
    sheet = judged.sheet(code)
    if sheet is None:
        raise KeyError(code)
    lines = [line for area in sheet.areas for line in area.lines]
    verdicts = report.table(
        f"Bedömningen av varje mål för {sheet.card.name}.",
        (("Mål", 3.2), ("Bedömning", 2.4)),
        (
            (
                f"{line.objective} {line.name}",
                report.Cell(
                    "; ".join((line.label.signed, *line.label.remarks)), report.verdict_tone(line.label)
                ),
            )
            for line in lines
        ),
        name=f"Bedömningar, {sheet.card.name}",
    )
    shown = arena_map(judged.dataset, sheet.arenas.index, kommunkod=code, wide=330, most_height=230)
    count = len(sheet.arenas)
    caption = "Ingen källa nämner någon arena i kommunen."
    if count:
        caption = f"{count} {'arena' if count == 1 else 'arenor'} i kommunen är kända."
    first = "Ta reda på härnäst:" if sheet.steps else "Alla bedömningar som gäller kommunen är avgjorda."
    steps = tuple(report.clipped(step.sentence, 170) for step in sheet.steps[:_STEPS_SHOWN])
    sources = judged.provenance("", [code]).sources
    return report.Section(
        f"{sheet.card.name}, länsdel {sheet.card.county_part}",
        (
            report.Beside(
                (verdicts,),
                (
                    report.Paragraph(sheet.summary, report.BODY),
                    report.Figure(shown, caption),
                    report.Paragraph(first, report.CAPTION),
                    *([report.Items(steps)] if steps else []),
                ),
                0.58,
            ),
        ),
        (
            sheet.summary,
            *(f"{line.objective} {line.name}: {line.label.word.lower()}. {line.reason}" for line in lines),
            *(f"Källa: {source}" for source in sources[:12]),
        ),
    )


def _next(judged: Judged) -> report.Section:
    title, found = "Ta reda på härnäst", tasks(judged.verdicts)
    if not found:
        return report.Section(title, (report.Paragraph("Inget: alla bedömningar är avgjorda."),))
    return report.Section(
        title,
        (
            report.Paragraph(
                "Först står de uppgifter som kan avgöra flest bedömningar i länet.", report.CAPTION
            ),
            report.Items(
                tuple(
                    f"{one.sentence}{f' Svaren avgör {one.settles} bedömningar.' if one.settles > 1 else ''}"
                    for one in found[:_FACTS_SHOWN]
                ),
                is_numbered=True,
            ),
        ),
        (*(f"{one.sentence} Fråga: {one.asks}" for one in found[:_FACTS_SHOWN]),),
    )


def _method(judged: Judged) -> report.Section:
    return report.Section(
        "Så har vi gjort",
        (
            report.Paragraph(
                "Varje mål bedöms i den sämsta och den bästa värld som de kända uppgifterna tillåter. "
                "Stämmer de överens finns en bedömning; annars saknas underlag, eller så är det minst delvis."
            ),
            *map(report.Paragraph, report.STATUS_LEGEND),
            report.Paragraph(
                "Att något inte finns räknas bara där kommunen har sagt att kartläggningen är klar. "
                f"Uppgifter äldre än {judged.strategy.counted_days} dagar räknas bara om man väljer det. "
                "Inga poäng läggs ihop och ingen kommun rangordnas."
            ),
            report.Paragraph(
                f"Målen är strategins egna, kapitel {judged.strategy.chapter}. Gränser som strategin inte "
                "anger är tolkningar och står i Stödkartan under ”Så räknade vi”.",
                report.UNKNOWN_WORDS,
            ),
        ),
        (f"Källa: {judged.strategy.title}, kapitel {judged.strategy.chapter}.",),
    )
