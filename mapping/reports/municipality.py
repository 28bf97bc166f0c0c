"""Say what the Kommunblad holds: everything that is fed back to one municipality."""

from collections.abc import Iterator

from mapping.arenas.completeness import MEASURED
from mapping.arenas.rows import UNKNOWN
from mapping.contract import vocabulary
from mapping.figures.arena_map import arena_map
from mapping.figures.childhood import sheet_strips
from mapping.municipality import dialogue, leadership
from mapping.municipality.kommunblad import FamilyCentres, Sheet
from mapping.reports import document as report
from mapping.reports.judged import Judged
from mapping.swedish import capital
from mapping.verdicts.answers import Answer

MOST_PAGES = 2
_SOURCES_IN_NOTES = 8
_PURPOSE = "Underlag till återkopplingen av länets strategi för föräldraskapsstöd."
_SAID = " (” sagt i dialog)"
_PARTS = {"ja": "finns", "nej": "finns inte"}
_PART_SIGNS = {"ja": "✓", "nej": "–"}


def municipality_report(judged: Judged, kommunkod: str) -> report.Document | None:
    """Gather the Kommunblad of one municipality; None if the county has no such municipality."""
    sheet = judged.sheet(kommunkod)
    if sheet is None:
        return None
    name = sheet.card.name
    provenance = judged.provenance(
        f"Allt som gäller {name}, också det som delas av flera kommuner; stängda arenor visas inte.",
        [kommunkod],
    )
    return report.Document(
        title=f"Kommunblad: {name}",
        subtitle=f"Länsdel {sheet.card.county_part}. {_PURPOSE}",
        lead=(
            report.Paragraph(sheet.summary, report.LEAD),
            report.Paragraph(
                " · ".join(f"{fact.label}: {fact.value or 'uppgift saknas'}" for fact in sheet.card.facts),
                report.CAPTION,
            ),
        ),
        sections=tuple(_sections(judged, sheet, provenance)),
        provenance=provenance,
        most_pages=MOST_PAGES,
    )


def _sections(judged: Judged, sheet: Sheet, provenance: report.Provenance) -> Iterator[report.Section]:
    name, code = sheet.card.name, sheet.card.code
    notes = (sheet.summary, *(f"Källa: {source}" for source in provenance.sources[:_SOURCES_IN_NOTES]))
    shown = arena_map(judged.dataset, sheet.arenas.index, kommunkod=code, most_height=205)
    caption = (
        "Symboler som inte får plats har flyttats; ett streck visar var de hör hemma. "
        "Kommungräns: SCB, förenklad."
        if len(sheet.arenas)
        else "Ingen källa nämner någon arena i kommunen. Det betyder inte att det inte finns någon."
    )
    yield report.Section("Arenorna i kommunen", (report.Figure(shown, caption),), notes)
    yield report.Section("Mål för mål", tuple(_verdicts(sheet)), notes)
    yield report.Section("Ta reda på härnäst", tuple(_steps(sheet)), notes, starts_page=True)
    strips = sheet_strips(sheet.strips, judged.strategy.phases, name)
    counted = {
        "behovsanpassat": "räknar allt stöd på universell nivå",
        "tackning": "räknar bara kunskapsbaserat stöd",
    }
    caption = " ".join(
        f"Mål {one.code} {what}." for kind, what in counted.items() for one in judged.strategy.of_kind(kind)
    )
    yield report.Section("Uppväxten, år för år", (report.Figure(strips, caption),), notes)
    if sheet.family_centres is not None:
        yield report.Section("Familjecentral", tuple(_family_centres(sheet, sheet.family_centres)), notes)
    yield report.Section("Vem som leder arbetet", tuple(_leadership(sheet)), notes)
    yield report.Section("Arenorna som tabell", tuple(_arenas(judged, sheet)), notes, is_extra=True)
    yield report.Section("Uppväxten i ord", (_strip_words(sheet),), notes, is_extra=True)
    yield report.Section("Vad som sades i dialogen", tuple(_dialogue(sheet)), notes, is_extra=True)
    yield report.Section("Så komplett är kartläggningen", tuple(_completeness(sheet)), notes, is_extra=True)


def _verdicts(sheet: Sheet) -> Iterator[report.Block]:
    yield report.Paragraph(" ".join(report.STATUS_LEGEND), report.CAPTION)
    said = "” sagt i dialog: kommunen har själv sagt något om målet, vilket inte påverkar bedömningen."
    yield report.Paragraph(f"{report.STRENGTH_LEGEND} {said}", report.CAPTION)
    for area in sheet.areas:
        yield report.Heading(f"Målområde {area.number}: {area.name}")
        yield report.table(
            f"Bedömningar av målen i målområde {area.number} för {sheet.card.name}: mål, bedömning, vad som "
            "är känt och hur många uppgifter som saknas.",
            (("Mål", 3.1), ("Bedömning", 2.3), ("Det här är känt", 5), ("Saknas", 1.3)),
            (
                (
                    f"{line.objective} {line.name}{' (hela länet)' if line.is_regional else ''}",
                    report.Cell(
                        "\n".join((line.label.signed, *line.label.remarks)), report.verdict_tone(line.label)
                    ),
                    line.reason + (_SAID if line.said else ""),
                    report.lacking(line.missing),
                )
                for line in area.lines
            ),
            name=f"Målområde {area.number}",
        )


def _steps(sheet: Sheet) -> Iterator[report.Block]:
    if not sheet.steps:
        yield report.Paragraph("Inget: alla bedömningar som gäller kommunen är avgjorda.")
        return
    yield report.Paragraph("Först står de uppgifter som kan avgöra flest bedömningar.", report.CAPTION)
    yield report.Items(
        tuple(
            " ".join((step.sentence, *(step.facts if step.is_of_rows else ()), f"(Mål {aims}.)"))
            for step in sheet.steps
            for aims in [", ".join(step.objectives)]
        ),
        is_numbered=True,
        is_short=True,
        more="{} uppgifter till står i Stödkartan och i Word-versionen av bladet.",
    )


def _family_centres(sheet: Sheet, found: FamilyCentres) -> Iterator[report.Block]:
    if found.centres:
        yield report.table(
            f"Familjecentraler i {sheet.card.name} och deras fyra delar.",
            (("Familjecentral", 1.9), *vocabulary.FAMILY_CENTRE_PART.values()),
            (
                (
                    f"{one.name}{'' if one.is_proven else ' (behöver bekräftas)'}",
                    *(
                        report.known(_part(one.parts.get(part), one.older))
                        for part in vocabulary.FAMILY_CENTRE_PART
                    ),
                )
                for one in found.centres
            ),
            is_short=True,
            name="Familjecentraler",
        )
    else:
        yield report.Paragraph(
            "Ingen källa nämner någon familjecentral i kommunen som är eller kan vara öppen.",
            report.UNKNOWN_WORDS,
        )
    sentences = [f"Planerad, finns inte än: {name}." for name in found.planned]
    sentences += [found.nearest] if found.nearest else []
    shares = capital(found.co_location)
    sentences.append(
        "Barnmorskemottagningar och barnavårdscentraler tillsammans med både öppen förskola och förebyggande "
        f"socialtjänst: {shares[:1].lower()}{shares[1:]}."
    )
    yield report.Paragraph(" ".join(sentences))


def _part(said: str | None, older: int | None) -> str:
    """Say whether a familjecentral has a part; an older fact has its year, not the sign of what is there."""
    if said not in _PARTS:
        return ""
    return f"{_PARTS[said]}, {older}" if older else f"{_PART_SIGNS[said]} {_PARTS[said]}"


def _leadership(sheet: Sheet) -> Iterator[report.Block]:
    row = sheet.leadership
    sentences = [_change(sheet)] if sheet.before else [f"{row.after.symbol} {row.after.words}."]
    sentences += [f"{words} (svar {dated})." for words, dated in row.plans]
    yield report.Paragraph(" ".join(sentences))
    if not row.history:
        yield report.Paragraph(
            "Kommunen har inte svarat på frågorna om vem som leder arbetet.", report.UNKNOWN_WORDS
        )
        return
    yield report.table(
        f"Svaren från {sheet.card.name} om vem som leder arbetet, nyast först.",
        (("När", 1.7), ("Fråga", 2.1), ("Svar", 2.2), ("Ord för ord", 3.7), ("Källa", 2.2)),
        (
            (
                one.dated,
                leadership.QUESTION[one.question],
                report.Cell(_answer(one), report.PLAIN if one.answer else report.MISSING),
                report.known(one.text or ""),
                report.known("; ".join(one.sources)),
            )
            for one in row.history
        ),
        is_short=True,
        name="Svar om organisationen",
    )


def _answer(one: Answer) -> str:
    ages = f", {one.ages_words}" if one.ages_words else ""
    parties = {**vocabulary.PARTY, **vocabulary.AREAS}
    named = f"; parter: {', '.join(parties[party] for party in one.named)}" if one.named else ""
    return f"{leadership.words(one)}{ages}{named}"


def _change(sheet: Sheet) -> str:
    row, before = sheet.leadership, sheet.before
    if before is None or row.before is None or row.change is None:
        return ""
    word, notes = row.change.word.lower(), row.change.notes
    compared = "; ".join(notes if notes and notes[0].startswith(word) else (word, *notes))
    return (
        f"Lednings- eller samverkansgrupp: {_state(row.before, before)}; {_state(row.after, sheet.after)}. "
        f"Jämförelsen säger: {compared}."
    )


def _state(state: leadership.State, moment: leadership.Moment) -> str:
    answer = state.answer
    when = f" (svar {answer.dated})" if answer and answer.date != moment.code else ""
    return f"{moment.label} {state.symbol} {state.words.lower()}{when}"


def _arenas(judged: Judged, sheet: Sheet) -> Iterator[report.Block]:
    if not len(sheet.arenas):
        yield report.Paragraph("Ingen källa nämner någon arena i kommunen.", report.UNKNOWN_WORDS)
        return
    sources = judged.dataset.arenor.loc[sheet.arenas.index, "kalla"]
    shares = {"Namn": 2.2, "Typ": 2.1, "Status": 0.8, "Nivå": 1.2, "Ålder": 0.9, "Senast bekräftad": 1.2}
    yield report.table(
        f"Arenorna i {sheet.card.name}, med källa.",
        (*shares.items(), ("Källa", 1.8)),
        (
            (
                *(report.known("" if row[name] == UNKNOWN else row[name]) for name in shares),
                report.known("; ".join(sources[arena])),
            )
            for arena, row in sheet.arenas.iterrows()
        ),
        name="Arenor",
    )


def _strip_words(sheet: Sheet) -> report.Table:
    return report.table(
        "Samma remsor i ord: vilka år som är belagda, delade, okända eller tomma.",
        (("Remsa", 2), ("Mål", 0.6), ("År för år", 5)),
        ((strip.title, strip.objective, strip.words) for strip in sheet.strips),
        name="Uppväxten",
    )


def _dialogue(sheet: Sheet) -> Iterator[report.Block]:
    if sheet.dialogue is None:
        yield report.Paragraph("Ingen uppgift om vad som har sagts i dialoger.", report.UNKNOWN_WORDS)
        return
    voices = (*sheet.dialogue.own, *sheet.dialogue.shared)
    for kind, heading in dialogue.HEADING.items():
        items = [
            f"{f'”{one.text}”' if one in sheet.dialogue.own else one.text} ({', '.join(filter(None, about))})"
            for one in voices
            for about in [(one.date or "odaterat", one.scope, "; ".join(one.sources))]
            if one.kind == kind
        ]
        if items:
            yield report.Heading(heading)
            yield report.Items(tuple(items))


def _completeness(sheet: Sheet) -> Iterator[report.Block]:
    yield report.Paragraph(
        "Andelen av arenorna där uppgiften är känd. Den säger något om underlaget, inte om stödet."
    )
    yield report.table(
        "Andelen arenor där varje uppgift är känd, i kommunen och i länet.",
        (("Område", 1.6), "Arenor", *MEASURED.values()),
        (
            (
                vocabulary.AREAS[str(code)],
                str(int(row["arenor"])),
                # a share that is not known is not equal to itself
                *(
                    report.known(f"{row[name]:.0%}".replace("%", " %") if row[name] == row[name] else "")
                    for name in MEASURED
                ),
            )
            for code, row in sheet.completeness.iterrows()
        ),
        name="Kompletthet",
    )
