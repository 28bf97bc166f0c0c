"""Say what the Kommunblad holds: everything that is fed back to one municipality."""

from collections.abc import Iterator

from mapping.arenas.completeness import MEASURED
from mapping.contract import vocabulary
from mapping.figures.arena_map import arena_map
from mapping.figures.childhood import sheet_strips
from mapping.municipality import dialogue, leadership
from mapping.municipality.kommunblad import Area, FamilyCentres, Line, Sheet, Step
from mapping.reports.document import (
    CAPTION,
    LEAD,
    MISSING,
    PLAIN,
    STATUS_MEANING,
    UNKNOWN_WORDS,
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    Items,
    Paragraph,
    Provenance,
    Section,
    Table,
    table,
)
from mapping.reports.judged import Basis
from mapping.verdicts.answers import Answer
from mapping.verdicts.display import SYMBOL
from mapping.verdicts.judge import STATUS

MOST_PAGES = 2
_SOURCES_IN_NOTES = 8
_PURPOSE = "Underlag till återkopplingen av länets strategi för föräldraskapsstöd."
_PARTS = {"ja": "✓ finns", "nej": "– finns inte"}


def municipality_report(basis: Basis, kommunkod: str) -> Document | None:
    """Gather the Kommunblad of one municipality; None if the county has no such municipality."""
    sheet = basis.sheet(kommunkod)
    if sheet is None:
        return None
    name = sheet.card.name
    provenance = basis.provenance(
        f"Allt som gäller {name}, också det som delas av flera kommuner; stängda arenor visas inte.",
        [kommunkod],
    )
    return Document(
        title=f"Kommunblad: {name}",
        subtitle=f"Länsdel {sheet.card.county_part}. {_PURPOSE}",
        lead=(
            Paragraph(sheet.summary, LEAD),
            Paragraph(
                " · ".join(f"{fact.label}: {fact.value or 'uppgift saknas'}" for fact in sheet.card.facts),
                CAPTION,
            ),
        ),
        sections=tuple(_sections(basis, sheet, provenance)),
        provenance=provenance,
        most_pages=MOST_PAGES,
    )


def _sections(basis: Basis, sheet: Sheet, provenance: Provenance) -> Iterator[Section]:
    name, code = sheet.card.name, sheet.card.code
    notes = (sheet.summary, *(f"Källa: {source}" for source in provenance.sources[:_SOURCES_IN_NOTES]))
    shown = arena_map(basis.dataset, sheet.arenas.index, kommunkod=code, most_height=205)
    yield Section("Arenorna i kommunen", (Figure(shown, _map_caption(sheet)),), notes)
    yield Section("Mål för mål", tuple(_verdicts(sheet)), notes)
    yield Section("Ta reda på härnäst", tuple(_steps(sheet)), notes, starts_page=True)
    strips = sheet_strips(sheet.strips, basis.strategy.phases, name)
    yield Section(
        "Uppväxten, år för år",
        (Figure(strips, "Mål 2.1 räknar allt stöd på universell nivå, mål 1.1 bara kunskapsbaserat stöd."),),
        notes,
    )
    if sheet.family_centres is not None:
        yield Section("Familjecentral", tuple(_family_centres(sheet, sheet.family_centres)), notes)
    yield Section("Vem som leder arbetet", tuple(_leadership(sheet)), notes)
    yield Section("Arenorna som tabell", tuple(_arenas(basis, sheet)), notes, is_extra=True)
    yield Section("Uppväxten i ord", (_strip_words(sheet),), notes, is_extra=True)
    yield Section("Vad som sades i dialogen", tuple(_dialogue(sheet)), notes, is_extra=True)
    yield Section("Så komplett är kartläggningen", tuple(_completeness(sheet)), notes, is_extra=True)


def _map_caption(sheet: Sheet) -> str:
    if not len(sheet.arenas):
        return "Ingen källa nämner någon arena i kommunen. Det betyder inte att det inte finns någon."
    return (
        "Symboler som inte får plats har flyttats; ett streck visar var de hör hemma. "
        "Kommungräns: SCB, förenklad."
    )


def _verdicts(sheet: Sheet) -> Iterator[Block]:
    yield Paragraph(
        " ".join(f"{SYMBOL[code]} {STATUS[code]}: {words}." for code, words in STATUS_MEANING.items()),
        CAPTION,
    )
    for area in sheet.areas:
        yield Heading(f"Målområde {area.number}: {area.name}")
        yield _area(area, sheet.card.name)


def _area(area: Area, name: str) -> Table:
    return table(
        f"Bedömningar av målen i målområde {area.number} för {name}: mål, bedömning, vad som är känt och hur "
        "många uppgifter som saknas.",
        (Column("Mål", 3.1), Column("Bedömning", 2.3), Column("Det här är känt", 5), Column("Saknas", 1.3)),
        ((_objective(line), _verdict(line), line.reason, _missing(line)) for line in area.lines),
        name=f"Målområde {area.number}",
    )


def _objective(line: Line) -> str:
    return f"{line.objective} {line.name}{' (hela länet)' if line.is_regional else ''}"


def _verdict(line: Line) -> Cell:
    return Cell("\n".join((line.label.signed, *line.label.remarks)), line.label.status)


def _missing(line: Line) -> Cell:
    if not line.missing:
        return Cell("inget")
    return Cell(f"{line.missing} {'uppgift' if line.missing == 1 else 'uppgifter'}", MISSING)


def _steps(sheet: Sheet) -> Iterator[Block]:
    if not sheet.steps:
        yield Paragraph("Inget: alla bedömningar som gäller kommunen är avgjorda.")
        return
    yield Paragraph("Först står de uppgifter som kan avgöra flest bedömningar.", CAPTION)
    yield Items(
        tuple(f"{step.sentence} {_worth(step)}" for step in sheet.steps),
        is_numbered=True,
        is_short=True,
        more="{} uppgifter till står i Stödkartan och i Word-versionen av bladet.",
    )


def _worth(step: Step) -> str:
    objectives = ", ".join(step.settles or step.bears_on)
    verb = "Avgör" if step.settles else "Berör"
    return f"({verb} mål {objectives}.)"


def _family_centres(sheet: Sheet, found: FamilyCentres) -> Iterator[Block]:
    if found.centres:
        yield table(
            f"Familjecentraler i {sheet.card.name} och deras fyra delar.",
            (Column("Familjecentral", 1.9), *vocabulary.FAMILY_CENTRE_PART.values()),
            (
                (
                    f"{one.name}{'' if one.is_proven else ' (behöver bekräftas)'}",
                    *(
                        Cell(_PARTS.get(one.parts[part] or "", "uppgift saknas"), _part_tone(one.parts[part]))
                        for part in vocabulary.FAMILY_CENTRE_PART
                    ),
                )
                for one in found.centres
            ),
            is_short=True,
            name="Familjecentraler",
        )
    else:
        yield Paragraph(
            "Ingen källa nämner någon familjecentral i kommunen som är eller kan vara öppen.", UNKNOWN_WORDS
        )
    sentences = [f"Planerad, finns inte än: {name}." for name in found.planned]
    sentences += [found.nearest] if found.nearest else []
    shares = found.co_location[:1].upper() + found.co_location[1:]
    sentences.append(
        "Barnmorskemottagningar och barnavårdscentraler tillsammans med både öppen förskola och förebyggande "
        f"socialtjänst: {shares[:1].lower()}{shares[1:]}."
    )
    if found.older_co_location:
        sentences.append(f"Med äldre uppgifter: {found.older_co_location}.")
    yield Paragraph(" ".join(sentences))


def _part_tone(said: str | None) -> str:
    return PLAIN if said in _PARTS else MISSING


def _leadership(sheet: Sheet) -> Iterator[Block]:
    row = sheet.leadership
    said = [_change(sheet)] if sheet.before else [f"{row.after.symbol} {row.after.words}."]
    said += [f"{words} (svar {dated})." for words, dated in row.plans]
    yield Paragraph(" ".join(said))
    if not row.history:
        yield Paragraph("Kommunen har inte svarat på frågorna om vem som leder arbetet.", UNKNOWN_WORDS)
        return
    yield table(
        f"Svaren från {sheet.card.name} om vem som leder arbetet, nyast först.",
        (
            Column("När", 1.7),
            Column("Fråga", 2.1),
            Column("Svar", 2.2),
            Column("Ord för ord", 3.7),
            Column("Källa", 2.2),
        ),
        (
            (
                one.dated,
                leadership.QUESTION[one.question],
                Cell(_answer(one), PLAIN if one.answer else MISSING),
                Cell(one.text) if one.text else Cell("uppgift saknas", MISSING),
                Cell("; ".join(one.sources)) if one.sources else Cell("uppgift saknas", MISSING),
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
    said = "; ".join(notes) if notes and notes[0].startswith(word) else "; ".join((word, *notes))
    return (
        f"Lednings- eller samverkansgrupp: {_state(row.before, before)}; {_state(row.after, sheet.after)}. "
        f"Jämförelsen säger: {said}."
    )


def _state(state: leadership.State, moment: leadership.Moment) -> str:
    answer = state.answer
    when = f" (svar {answer.dated})" if answer and answer.date != moment.code else ""
    return f"{moment.label} {state.symbol} {state.words.lower()}{when}"


def _arenas(basis: Basis, sheet: Sheet) -> Iterator[Block]:
    if not len(sheet.arenas):
        yield Paragraph("Ingen källa nämner någon arena i kommunen.", UNKNOWN_WORDS)
        return
    sources = basis.dataset.arenor.loc[sheet.arenas.index, "kalla"]
    columns = ("Namn", "Typ", "Status", "Nivå", "Ålder", "Senast bekräftad")
    yield table(
        f"Arenorna i {sheet.card.name}, med källa.",
        (
            Column("Namn", 2.2),
            Column("Typ", 2.1),
            Column("Status", 0.8),
            Column("Nivå", 1.2),
            Column("Ålder", 0.9),
            Column("Senast bekräftad", 1.2),
            Column("Källa", 1.8),
        ),
        (
            (*(_cell(row[name]) for name in columns), _cell("; ".join(sources[arena])))
            for arena, row in sheet.arenas.iterrows()
        ),
        name="Arenor",
    )


def _cell(text: str) -> Cell:
    return Cell(text) if text and text != "uppgift saknas" else Cell("uppgift saknas", MISSING)


def _strip_words(sheet: Sheet) -> Table:
    return table(
        "Samma remsor i ord: vilka år som är belagda, delade, okända eller tomma.",
        (Column("Remsa", 2), Column("Mål", 0.6), Column("År för år", 5)),
        ((strip.title, strip.objective, strip.words) for strip in sheet.strips),
        name="Uppväxten",
    )


def _dialogue(sheet: Sheet) -> Iterator[Block]:
    if sheet.dialogue is None:
        yield Paragraph("Ingen uppgift om vad som har sagts i dialoger.", UNKNOWN_WORDS)
        return
    voices = (*sheet.dialogue.own, *sheet.dialogue.shared)
    for kind, heading in dialogue.HEADING.items():
        said = [one for one in voices if one.kind == kind]
        if said:
            yield Heading(heading)
            yield Items(tuple(_voice(one) for one in said))


def _voice(one: dialogue.Voice) -> str:
    about = ", ".join(filter(None, (one.date or "odaterat", one.scope, "; ".join(one.sources))))
    return f"{one.text} ({about})"


def _completeness(sheet: Sheet) -> Iterator[Block]:
    yield Paragraph(
        "Andelen av arenorna där uppgiften är känd. Den säger något om underlaget, inte om stödet."
    )
    yield table(
        "Andelen arenor där varje uppgift är känd, i kommunen och i länet.",
        (Column("Område", 1.6), "Arenor", *MEASURED.values()),
        (
            (
                vocabulary.AREAS[str(code)],
                str(int(row["arenor"])),
                *(
                    Cell("uppgift saknas", MISSING)
                    if row[name] != row[name]
                    else Cell(f"{row[name]:.0%}".replace("%", " %"))
                    for name in MEASURED
                ),
            )
            for code, row in sheet.completeness.iterrows()
        ),
        name="Kompletthet",
    )
