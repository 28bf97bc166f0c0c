"""Explain a verdict in Swedish: the rule, what is known, and the figures a page shows beside it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from mapping.contract import vocabulary
from mapping.dataset.geography import sweref_from_wgs84
from mapping.swedish import either, span, swedish_number
from mapping.verdicts.answers import Answer
from mapping.verdicts.bounds import GAP, MAPPING, MET, REACHING
from mapping.verdicts.co_location import CENTRE
from mapping.verdicts.counted import Case, answers_counted, arenas_for, rows_counted
from mapping.verdicts.known import LEVELS, UNIVERSAL, arena_types
from mapping.verdicts.row_status import MAYBE, PLANNED_NOW, PROVEN, day_number
from mapping.verdicts.rules import ON_ARENAS, phases_covered
from mapping.verdicts.strategy import Strategy

_LEVEL_WORDS: Final = {code: label.lower() for code, label in vocabulary.PREVENTION_LEVEL.items()}
_ANSWER_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ej_paborjad": "ej påbörjad",
        "pagar": "pågår",
        "utan_uppdrag": "finns, men utan uppdrag",
        "beslutad": "beslutad",
    }
)


def rule(code: str, strategy: Strategy) -> str:
    """Say the rule of an objective in Swedish, with its thresholds; our readings are marked "tolkning".

    Parameters
    ----------
    code
        The objective.
    strategy
        Holds the thresholds.
    """
    limits = strategy[code].limits
    thresholds = strategy[code].thresholds
    first, last = strategy.childhood
    years = span(first, last)
    cells = len(LEVELS) * strategy.childhood_years
    phases = either((f"{span(*phase)} år" for phase in strategy.phases), last="och")
    of_phase = f"minst {_percent(strategy.phase_share)} av fasens år"
    words: dict[str, Any] = {
        name: _percent(limit.value) if isinstance(limit.value, float) else limit.value
        for name, limit in thresholds.items()
    }
    texts: Mapping[str, Callable[[], str]] = {
        "1.1": lambda: (
            f"Vi räknar {cells} rutor: {len(LEVELS)} nivåer × {strategy.childhood_years} år ({years} "
            "år). En ruta är täckt av "
            f"en insats med kunskapsbas {_labels(limits['kunskapsbas'], vocabulary.KNOWLEDGE_BASE)}. "
            f"Uppfyllt: alla rutor. Gap: färre än {words['delvis_fran']} eller en hel nivå tom. Annars "
            "delvis."
        ),
        "1.2": lambda: (
            f"Uppfyllt: insatser om barnets rättigheter täcker alla faser ({phases}; en fas är täckt "
            "av en insats med "
            f"{of_phase}), eller information om barnets rättigheter ges för {years} år. "
            "Delvis: minst en fas, eller information. Gap: inget av det."
        ),
        "1.3": lambda: (
            f"Uppfyllt: kompetensinsatser, kommunens och länets tillsammans, är öppna för "
            f"{_labels(limits['parter'], vocabulary.PARTY)}. Delvis: minst ett ja. Gap: nej."
        ),
        "1.4": lambda: (
            f"Vi jämför med förra mätomgången, {len(LEVELS)} nivåer × {len(strategy.phases)} faser. "
            "Uppfyllt: alla rutor "
            "som då bevisligen saknade metod har en nu, och minst en av de nya insatserna har "
            f"minst {words['minst_parter']} parter. Delvis: minst en av rutorna. Gap: ingen."
        ),
        "1.5": lambda: (
            f"Uppfyllt: självskattningen är minst {words['uppfyllt_fran']} och beskriven i fritext. "
            f"Delvis: minst {words['delvis_fran']}. Gap: 0."
        ),
        "2.1": lambda: (
            f"Uppfyllt: universellt stöd varje år {years}, kommunen har inventerat behoven, och varje "
            f"fas ({phases}) täcks av "
            f"en anpassad insats: annat språk än {_labels(limits['sprak'], vocabulary.LANGUAGE)}, en "
            "snävare målgrupp, eller "
            f"formen {_labels(limits['former'], vocabulary.FORM, last='eller')}. "
            f"Gap: en fas har universellt stöd under {words['fas_minst']} av åren. Annars delvis."
        ),
        "2.2": lambda: (
            f"Uppfyllt: självskattningen är {words['uppfyllt_fran']} och minst en insats når ut (formen "
            f"{_labels(limits['former'], vocabulary.FORM, last='eller')}, eller annat språk än "
            f"{_labels(limits['sprak'], vocabulary.LANGUAGE)}). Delvis: självskattningen är minst "
            f"{words['delvis_fran']}, eller "
            "en sådan insats. Gap: inget av det. Uppfyllt kräver två mätomgångar."
        ),
        "2.3": lambda: (
            "K är andelen aktiva arenor med minst en insats som har nivå, båda åldrarna och målgrupp. "
            "Uppfyllt: kartläggningen "
            f"är klar och K är minst {words['uppfyllt_fran']}. Delvis: den pågår, eller är klar och K "
            "är minst "
            f"{words['delvis_fran']}. Gap: ej påbörjad, eller klar med lägre K."
        ),
        "2.4": lambda: (
            f"Uppfyllt: aktiva insatser på {_labels(arena_types(strategy), vocabulary.ARENA_TYPE)}, "
            "och minst en arena "
            "som är ny eller utvecklad sedan förra mätomgången. Delvis: en av typerna, eller en sådan "
            "arena. "
            "Gap: inget av det. Uppfyllt kräver två mätomgångar."
        ),
        "2.5": lambda: (
            "Uppfyllt: överenskommelsen är beslutad. Delvis: det finns ett utkast. Gap: den saknas."
        ),
        "2.6": lambda: (
            f"(a) Minst {words['minst_familjecentraler']} familjecentral med fyra delar: uppfyllt; med "
            "barnhälsovård och "
            "minst en kommunal del: delvis; annars gap. (b) Andelen barnmorskemottagningar och "
            "barnavårdscentraler "
            "som delar lokaler med både öppen förskola och förebyggande socialtjänst: alla, några "
            "eller ingen. "
            "Gap: (a) är gap. Uppfyllt: (a) är uppfyllt och (b) gäller alla, eller det finns inga. "
            "Annars delvis."
        ),
        "3.1": lambda: (
            f"Uppfyllt: organisationen finns och omfattar {years} år. Delvis: utan uppdrag eller "
            "snävare åldrar. "
            "Gap: den finns inte."
        ),
        "3.2": lambda: (
            f"Uppfyllt: en grupp finns, med {_labels(limits['parter'], vocabulary.PARTY)}. "
            "Delvis: färre parter. Gap: ingen grupp."
        ),
        "3.3": lambda: "Uppfyllt: en funktion med uppdrag är utsedd. Delvis: utan uppdrag. Gap: nej.",
        "3.4": lambda: (
            f"Uppfyllt: självskattningen är minst {words['uppfyllt_fran']} och beskriven i fritext, "
            "minst en insats delas av "
            "kommun och region, och minst en av civilsamhället och någon annan. Delvis: något av det, "
            "eller "
            f"självskattningen är minst {words['delvis_fran']}. Gap: 0 och inget av det."
        ),
    }
    readings = any(limit.is_reading for limit in thresholds.values()) or code == "1.2"
    return texts[code]() + (" (Tolkning: strategin anger inga tal.)" if readings else "")


def _percent(share: float) -> str:
    return f"{swedish_number(share * 100)} %"


def _labels(codes: Iterable[str], words: Mapping[str, str], *, last: str = "och") -> str:
    order = [code for code in words if code in set(codes)]
    return either((words[code].lower() for code in order), last=last)


def known(case: Case) -> str:
    """Say in one Swedish clause what is proven, with a full stop."""
    return _KNOWN[case.code](case)


def years_in_words(mask: int, strategy: Strategy) -> str:
    """Name the years of a mask as spans.

    Examples
    --------
    >>> from mapping.settings import SHIPPED_STRATEGY
    >>> from mapping.verdicts.strategy import read
    >>> years_in_words(0b1110011, read(SHIPPED_STRATEGY))
    '0–1 och 4–6 år'
    """
    first, last = strategy.childhood
    spans: list[tuple[int, int]] = []
    for year in range(first, last + 1):
        if not mask >> (year - first) & 1:
            continue
        if spans and spans[-1][1] == year - 1:
            spans[-1] = (spans[-1][0], year)
        else:
            spans.append((year, year))
    return f"{either((span(*ages) for ages in spans), last='och')} år" if spans else ""


def _level_masks(cells: int, strategy: Strategy) -> dict[str, int]:
    years = strategy.childhood_years
    return {code: (cells >> (years * k)) & ((1 << years) - 1) for k, code in enumerate(LEVELS)}


def _known_1_1(case: Case) -> str:
    strategy = case.evidence.strategy
    every = (1 << strategy.childhood_years) - 1
    total = strategy.childhood_years * len(LEVELS)
    empty = [
        f"{_LEVEL_WORDS[code]} {years_in_words(every & ~mask, strategy)}"
        for code, mask in _level_masks(case.worst.cells, strategy).items()
        if mask != every
    ]
    blank = f", inte {either(empty, last='och')}" if empty else ""
    return f"{case.worst.cells.bit_count()} av {total} rutor är belagda{blank}."


def _known_1_2(case: Case) -> str:
    named = _phases(case.worst.rights, case.evidence.strategy)
    answers = case.worst.answers.get("barnratt_information", ())
    informs = f" Information om barnets rättigheter: {_said(answers)}." if answers else ""
    return f"insatser om barnets rättigheter är belagda för {named or 'ingen fas'}.{informs}"


def _known_1_3(case: Case) -> str:
    parts = []
    who = (case.kommun, case.evidence.strategy.county)
    for name, training in zip(who, case.worst.training, strict=True):
        if training.offers:
            parties = frozenset[str]().union(*(answer.parties for answer in training.offers))
            parts.append(f"{name} erbjuder kompetensinsatser för {_parties(parties)}")
        elif training.denials:
            parts.append(f"{name} svarar nej")
        else:
            parts.append(f"{name} har inget gällande svar")
    return f"{'; '.join(parts)}."


def _known_1_4(case: Case) -> str:
    total = case.evidence.facts.layout.every_method.bit_count()
    now = f"{case.worst.methods.bit_count()} av {total} rutor (nivå × fas) har belagd metod"
    if case.worst.baseline is None:
        return f"{now}."
    missing = case.worst.baseline.missing
    if not missing:
        return f"{now}; ingen ruta saknade bevisligen metod förra mätomgången."
    return (
        f"{(missing & case.worst.methods).bit_count()} av {missing.bit_count()} rutor som saknade metod "
        "förra mätomgången har en nu."
    )


def _known_2_1(case: Case) -> str:
    strategy = case.evidence.strategy
    every = (1 << strategy.childhood_years) - 1
    empty = years_in_words(every & ~case.worst.universal, strategy)
    support = f"inget belagt universellt stöd {empty}" if empty else "universellt stöd alla år"
    adapted = _phases(case.worst.adapted, strategy) or "ingen fas"
    inventory = _said(case.worst.answers.get("behovsinventering", ())) or "inget gällande svar"
    return f"{support}; anpassade insatser för {adapted}; behovsinventering: {inventory}."


def _known_2_2(case: Case) -> str:
    said = _said(case.worst.answers.get(REACHING, ())) or "inget gällande svar"
    reaches = case.worst.outreach or (case.worst.any_outreach and case.worst.counts_shared_outreach)
    outreach = "minst en insats når ut" if reaches else "ingen belagd insats når ut"
    return f"självskattning: {said}; {outreach}."


def _known_2_3(case: Case) -> str:
    said = _said(case.worst.answers.get(MAPPING, ())) or "inget gällande svar"
    some, whole = case.worst.described
    share = f"{some} av {whole} arenor är fullständigt beskrivna" if whole else "ingen arena är belagt aktiv"
    return f"kartläggning: {said}; {share}."


def _known_2_4(case: Case) -> str:
    types = arena_types(case.evidence.strategy)
    there = [code for k, code in enumerate(types) if case.worst.types >> k & 1]
    offered = _labels(there, vocabulary.ARENA_TYPE) or "ingen av arenatyperna"
    renewed = (
        ""
        if case.worst.baseline is None
        else (
            "; en arena är ny eller utvecklad"
            if case.worst.is_renewed
            else "; ingen arena är belagt ny eller utvecklad"
        )
    )
    return f"belagda insatser på {offered}{renewed}."


def _known_2_6(case: Case) -> str:
    a, b = case_a(case), case_b(case)
    share = (
        f"{b['co_located']} av {b['units']} mottagningar är belagt samlokaliserade"
        if b["units"]
        else ("ingen egen barnmorskemottagning eller barnavårdscentral är belagd")
    )
    return f"(a) {a['words']}; (b) {share}."


def _known_answer(question: str) -> Callable[[Case], str]:
    def words(case: Case) -> str:
        answers = case.worst.answers.get(question, ())
        if not answers:
            return "inget gällande svar."
        detail = [_said(answers)]
        answer = answers[0]
        if answer.parties:
            detail.append(f"parter: {_parties(answer.parties)}")
        if None not in answer.ages:
            detail.append(f"{span(*answer.ages)} år")  # type: ignore[arg-type]
        return f"{'; '.join(detail)}."

    return words


def _known_3_4(case: Case) -> str:
    said = _said(case.worst.answers.get("samverkan", ())) or "inget gällande svar"
    shared = [
        *(["kommun och region"] if case.worst.regional else []),
        *(["civilsamhället och någon annan"] if case.worst.civil else []),
    ]
    return f"självskattning: {said}; insatser delas belagt av {either(shared, last='och') or 'inga parter'}."


_KNOWN: Final[Mapping[str, Callable[[Case], str]]] = MappingProxyType(
    {
        "1.1": _known_1_1,
        "1.2": _known_1_2,
        "1.3": _known_1_3,
        "1.4": _known_1_4,
        "1.5": _known_answer("validerade_indikatorer"),
        "2.1": _known_2_1,
        "2.2": _known_2_2,
        "2.3": _known_2_3,
        "2.4": _known_2_4,
        "2.5": _known_answer("regional_overenskommelse"),
        "2.6": _known_2_6,
        "3.1": _known_answer("regional_stodorganisation"),
        "3.2": _known_answer("samverkansgrupp"),
        "3.3": _known_answer("strategisk_funktion"),
        "3.4": _known_3_4,
    }
)


def _said(answers: Sequence[Answer]) -> str:
    return " och ".join(f"{_ANSWER_WORDS.get(a.answer, a.answer)} ({a.date})" for a in answers)


def _parties(parties: Iterable[str]) -> str:
    words = {**vocabulary.PARTY, **vocabulary.AREAS}
    return (
        either(
            (words.get(p, p).lower() if p in vocabulary.PARTY else words.get(p, p) for p in sorted(parties)),
            last="och",
        )
        or "okända parter"
    )


def _phases(mask: int, strategy: Strategy) -> str:
    named = [f"{span(*phase)}" for k, phase in enumerate(strategy.phases) if mask >> k & 1]
    return f"{either(named, last='och')} år" if named else ""


def figures(case: Case) -> Mapping[str, Any]:
    """Give the figures that a page shows beside a verdict.

    Parameters
    ----------
    case
        The verdict's case.

    Returns
    -------
    Mapping
        For every objective: `answers` (identity, answer, date, parties, ages, evidence) and, of the rows that
        are counted, the ids that are `derived` (härledd), `look_over` (bör ses över), `older` and `shared`
        (delad), with `planned_rows`. Beside these, by objective:

        - 1.1, 2.1 `strips`: level → for each year `belagd`, `delad`, `okand` or `tom`; `empty` in words
        - 1.1 `covered`, `cells`, and shares of the rows counted: `rights_rows`, `rows`
        - 1.2 `phases`; 1.4 `methods`, `missing_then`; 2.1 `phases`: (phase, years covered, years, adapted)
        - 2.3 `described`, `active`, `share` and `bars` (arenor, insatser, målgrupper), `incomplete` arenas
        - 2.4 `types`, `renewed`
        - 2.5 `parties`: kommunkod → part, ej part or okänt
        - 2.6 `a`, `b`, `nearest`: (locality, km as the crow flies, familjecentral)
        - 1.3, 3.2 `parties`: party → whether it is known to take part, missing where not known
    """
    shown: dict[str, Any] = {"answers": _answers(case)}
    if case.place >= 0 and case.code in ON_ARENAS:
        shown |= _rows(case)
    more = _FIGURES.get(case.code)
    return MappingProxyType(shown | (more(case) if more else {}))


def _answers(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "id": answer.identity,
            "question": answer.question,
            "answer": answer.answer,
            "date": answer.date,
            "parties": sorted(answer.parties),
            "has_all_parties": answer.has_all_parties,
            "ages": answer.ages,
            "has_evidence": answer.has_evidence,
        }
        for answer in answers_counted(case.code, case.best, is_mapped=case.is_mapped)
    ]


def _rows(case: Case) -> dict[str, Any]:
    """Mark the rows counted: derived, to be looked over, older, shared; and list what is planned."""
    evidence = case.evidence
    facts, standing, strategy = evidence.facts, evidence.standing, evidence.strategy
    insatser, arenas = rows_counted(evidence, case.code, case.place)
    insats_ids, arena_ids = facts.dataset.insatser.index, facts.dataset.arenor.index
    hosts = facts.arena_of[insatser]
    day = day_number(evidence.day)
    oldest = np.concatenate(
        [np.minimum(facts.day[insatser], facts.arena_day[hosts]), facts.arena_day[arenas]]
    )
    ids = np.array([*insats_ids[insatser], *arena_ids[arenas]], dtype=object)
    derived_arena = (facts.dataset.arenor["belagg"] == "harledd").to_numpy(dtype=bool)
    derived_row = (facts.dataset.insatser["belagg"] == "harledd").to_numpy(dtype=bool)
    derived = np.concatenate([derived_row[insatser] | derived_arena[hosts], derived_arena[arenas]])
    places = np.concatenate([facts.place[hosts], facts.place[arenas]])
    age = day - oldest
    serving = arenas_for(evidence, case.code, case.place)
    planned = np.flatnonzero((standing.insatser == PLANNED_NOW) & serving[facts.arena_of])
    planned_arenas = np.flatnonzero((standing.arenas == PLANNED_NOW) & serving)
    return {
        "derived": ids[derived].tolist(),
        "look_over": ids[(age > strategy.fresh_days) & (age <= strategy.counted_days)].tolist(),
        "older": ids[age > strategy.counted_days].tolist(),
        "shared": ids[places != case.place].tolist(),
        "planned_rows": [*insats_ids[planned], *arena_ids[planned_arenas]],
    }


def _strip(proven: int, own: int, possible: int, strategy: Strategy) -> list[str]:
    states = []
    for year in range(strategy.childhood_years):
        bit = 1 << year
        if proven & bit:
            states.append("belagd" if own & bit else "delad")
        else:
            states.append("okand" if possible & bit else "tom")
    return states


def _own_words(case: Case) -> tuple[int, int]:
    """Join what the municipality's own rows prove."""
    evidence = case.evidence
    facts = evidence.facts
    rows = np.flatnonzero(
        (evidence.standing.insatser == PROVEN) & (facts.place[facts.arena_of] == case.place)
    )
    first, second = facts.stated
    return (
        int(np.bitwise_or.reduce(first[rows], initial=np.uint64(0))),
        int(np.bitwise_or.reduce(second[rows], initial=np.uint64(0))),
    )


def _figures_1_1(case: Case) -> dict[str, Any]:
    strategy = case.evidence.strategy
    own, _ = _own_words(case)
    every = (1 << strategy.childhood_years) - 1
    proven, possible = (_level_masks(world.cells, strategy) for world in (case.worst, case.best))
    mine = _level_masks(own, strategy)
    insatser, _ = rows_counted(case.evidence, case.code, case.place)
    rights = case.evidence.facts.dataset.insatser["barnratt"].iloc[insatser]
    return {
        "strips": {code: _strip(proven[code], mine[code], possible[code], strategy) for code in LEVELS},
        "empty": {code: years_in_words(every & ~proven[code], strategy) for code in LEVELS},
        "covered": case.worst.cells.bit_count(),
        "cells": len(LEVELS) * strategy.childhood_years,
        "rights_rows": int((rights == "ja").sum()),
        "rows": len(insatser),
    }


def _figures_2_1(case: Case) -> dict[str, Any]:
    strategy = case.evidence.strategy
    field = case.evidence.facts.layout.fields["universal"]
    _, own = _own_words(case)
    every = (1 << strategy.childhood_years) - 1
    empty = years_in_words(every & ~case.worst.universal, strategy)
    counts = phases_covered(case.worst.universal, strategy)
    return {
        "strips": {UNIVERSAL: _strip(case.worst.universal, field.of(own), case.best.universal, strategy)},
        "empty": {UNIVERSAL: f"inget universellt stöd {empty}" if empty else ""},
        "phases": [
            (phase, covered, width, bool(case.worst.adapted >> k & 1))
            for k, (phase, (covered, width)) in enumerate(zip(strategy.phases, counts, strict=True))
        ],
    }


def _figures_1_2(case: Case) -> dict[str, Any]:
    phases = case.evidence.strategy.phases
    return {"phases": [(phase, bool(case.worst.rights >> k & 1)) for k, phase in enumerate(phases)]}


def _figures_1_4(case: Case) -> dict[str, Any]:
    strategy = case.evidence.strategy

    def cells(mask: int) -> dict[str, list[bool]]:
        width = len(strategy.phases)
        return {
            code: [bool(mask >> (width * k + phase) & 1) for phase in range(width)]
            for k, code in enumerate(LEVELS)
        }

    baseline = case.worst.baseline
    return {
        "methods": cells(case.worst.methods),
        "missing_then": None if baseline is None else cells(baseline.missing),
    }


def _figures_2_3(case: Case) -> dict[str, Any]:
    evidence = case.evidence
    facts = evidence.facts
    proven = (evidence.standing.arenas == PROVEN) & (facts.place == case.place)
    surely, _, _ = evidence.complete
    rows = (evidence.standing.insatser == PROVEN) & proven[facts.arena_of]
    frame = facts.dataset.insatser[rows]
    levels = np.array([bool(cell) for cell in frame["preventionsniva"]], dtype=bool)
    ages = (frame["alder_fran"].notna() & frame["alder_till"].notna()).to_numpy(dtype=bool)
    groups = np.array([bool(cell) for cell in frame["malgrupp"]], dtype=bool)
    described, active = int((proven & surely).sum()), int(proven.sum())
    return {
        "described": described,
        "active": active,
        "share": described / active if active else None,
        "bars": {
            "arenor": (int((proven & facts.has_rows).sum()), active),
            "insatser": (int((levels & ages).sum()), len(frame)),
            "malgrupper": (int(groups.sum()), len(frame)),
        },
        "incomplete": facts.dataset.arenor.index[proven & ~surely].tolist(),
    }


def _figures_2_4(case: Case) -> dict[str, Any]:
    evidence = case.evidence
    types = arena_types(evidence.strategy)
    own = evidence.facts.place == case.place
    renewed = evidence.renewal(is_best=False) & own
    return {
        "types": {code: bool(case.worst.types >> k & 1) for k, code in enumerate(types)},
        "renewed": evidence.facts.dataset.arenor.index[renewed].tolist(),
    }


def _figures_2_5(case: Case) -> dict[str, Any]:
    answers = case.worst.answers.get("regional_overenskommelse", ())
    parties = frozenset[str]().union(*(answer.parties for answer in answers))
    complete = bool(answers) and all(answer.has_all_parties for answer in answers)
    return {
        "parties": {
            code: "part" if code in parties else "ej part" if complete else "okänt"
            for code in case.evidence.kommunkoder
        }
    }


def case_a(case: Case) -> dict[str, Any]:
    """Describe 2.6 (a): the familjecentral that the verdict rests on, with its parts."""
    evidence = case.evidence
    facts = evidence.facts
    kind = tuple(vocabulary.ARENA_TYPE).index(CENTRE)
    own = (facts.arena_type == kind) & (facts.place == case.place)
    centres = np.flatnonzero(own & (evidence.standing.arenas >= MAYBE))
    rows = facts.dataset.arenor.iloc[centres]
    listed = [
        {
            "id": identity,
            "name": row["namn"],
            "is_proven": bool(evidence.standing.arenas[centre] == PROVEN),
            "parts": {
                name: row[name] if isinstance(row[name], str) else None
                for name in vocabulary.FAMILY_CENTRE_PART
            },
        }
        for centre, (identity, row) in zip(centres, rows.iterrows(), strict=True)
    ]
    proven = [centre for centre in listed if centre["is_proven"]]
    best = max(proven, key=lambda centre: list(centre["parts"].values()).count("ja"), default=None)
    planned = facts.dataset.arenor.index[own & (evidence.standing.arenas == PLANNED_NOW)].tolist()
    if best is None:
        words = "ingen familjecentral är belagt aktiv"
    else:
        there = list(best["parts"].values()).count("ja")
        words = f"{best['name']} har {there} av {len(best['parts'])} delar belagda"
    return {"rank": case.worst.centre, "centres": listed, "planned": planned, "words": words}


def case_b(case: Case) -> dict[str, Any]:
    """Describe 2.6 (b): x of y units co-located, with a floor and ceiling of its own; None without units."""
    evidence = case.evidence
    near = evidence.nearness
    units = near.units
    here = units.place == case.place
    exists = here & units.exists
    ids = evidence.facts.dataset.arenor.index
    listed = [
        {
            "id": ids[units.arena[k]],
            "kind": "bvc" if units.is_bvc[k] else "bmm",
            "is_part": bool(units.is_part[k]),
            "is_co_located": bool(units.is_together[k]),
        }
        for k in np.flatnonzero(exists)
    ]
    return {
        "co_located": int((exists & units.is_together).sum()),
        "units": int(exists.sum()),
        "rows": listed,
        "floor": _share_rank(
            here & units.may_exist, units.is_together, unlisted=not case.is_mapped, hurts=True
        ),
        "ceiling": _share_rank(exists, units.may_be_together, unlisted=not case.is_mapped, hurts=False),
    }


def _share_rank(rows: Any, good: Any, *, unlisted: bool, hurts: bool) -> int | None:
    """Rank a share: all, some or none; what nobody has listed hurts or helps."""
    if unlisted and not hurts:
        return MET
    total, fine = int(rows.sum()) + unlisted, int((rows & good).sum())
    if total == 0:
        return None
    return MET if fine == total else 1 if fine else GAP


def _figures_2_6(case: Case) -> dict[str, Any]:
    return {"a": case_a(case), "b": case_b(case), "nearest": _nearest(case)}


def _nearest(case: Case) -> list[tuple[str, float, str]]:
    """Measure in km, as the crow flies, from each locality to the nearest familjecentral that is active."""
    evidence = case.evidence
    facts = evidence.facts
    kind = tuple(vocabulary.ARENA_TYPE).index(CENTRE)
    placed = facts.dataset.arenor["lage"].isin(["exakt", "harlett", "ort"]).to_numpy(dtype=bool)
    rows = np.flatnonzero((facts.arena_type == kind) & (evidence.standing.arenas == PROVEN) & placed)
    centres = facts.dataset.arenor.iloc[rows]
    points = [
        (str(identity), sweref_from_wgs84(lon, lat))
        for identity, lat, lon in zip(centres.index, centres["lat"], centres["lon"], strict=True)
    ]
    orter = facts.dataset.orter
    own = orter[(orter["kommunkod"] == case.kommunkod) & (orter["palitlig"] == "ja")]
    found = []
    for name, lat, lon in zip(own["ort"], own["lat"], own["lon"], strict=True):
        here = sweref_from_wgs84(lon, lat)
        near = min(((np.hypot(here[0] - p[0], here[1] - p[1]), i) for i, p in points), default=None)
        if near is not None:
            found.append((str(name), round(float(near[0]) / 1000, 1), near[1]))
    return found


def _figures_parties(case: Case) -> dict[str, Any]:
    wanted = case.evidence.strategy[case.code].thresholds["parter"].value
    if case.code == "1.3":
        answers = [answer for training in case.worst.training for answer in training.offers]
        complete = all(training.is_answered for training in case.worst.training)
    else:
        answers = [
            answer for answer in case.worst.answers.get("samverkansgrupp", ()) if answer.answer == "ja"
        ]
        complete = bool(answers)
    parties = frozenset[str]().union(*(answer.parties for answer in answers))
    complete = complete and all(answer.has_all_parties for answer in answers)
    absent = False if complete else None
    return {"parties": {code: True if code in parties else absent for code in wanted}}  # type: ignore[union-attr]


_FIGURES: Final[Mapping[str, Callable[[Case], dict[str, Any]]]] = MappingProxyType(
    {
        "1.1": _figures_1_1,
        "1.2": _figures_1_2,
        "1.3": _figures_parties,
        "1.4": _figures_1_4,
        "2.1": _figures_2_1,
        "2.3": _figures_2_3,
        "2.4": _figures_2_4,
        "2.5": _figures_2_5,
        "2.6": _figures_2_6,
        "3.2": _figures_parties,
    }
)
