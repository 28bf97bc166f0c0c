"""Say the strongest finding about childhood in the county, in one sentence that names its numbers.

A closed list of kinds, tried in order; each is a plain function of `CountyStrip` and what was said, and none
claims more than the numbers beside it bear.
"""

from collections.abc import Callable, Iterable
from typing import Final

from mapping.childhood.coverage import Coverage
from mapping.childhood.strips import SUPPORT, CountyStrip
from mapping.contract import vocabulary
from mapping.swedish import either, span, swedish_order
from mapping.verdicts.objectives.figure import EMPTY, KNOWN
from mapping.verdicts.words import years_in_words

_MOST: Final = 0.75
_FEW: Final = 0.25

Phase = tuple[tuple[int, int], ...]


def _phase_years(phase: Phase) -> str:
    return f"{span(phase[0][1], phase[-1][1])} år"


def _known(strip: CountyStrip, phase: Phase) -> tuple[int, int]:
    """Give the fewest and the most municipalities where a year of a phase is known."""
    many = [strip.known(place) for place, _ in phase]
    return min(many), max(many)


def gap(shown: Coverage) -> str:
    """Say where most municipalities have declared that there is nothing: a level through a whole phase."""
    for place, strip in enumerate(shown.county):
        for phase in shown.phases:
            empty = [
                one.kommun
                for one in shown.listed
                if all(one.strips[place].states[year] == EMPTY for year, _ in phase)
            ]
            if strip.total and len(empty) / strip.total > 0.5:
                support = SUPPORT[strip.level]
                return f"{len(empty)} av {strip.total} kommuner saknar {support} för {_phase_years(phase)}"
    return ""


def said_missing(shown: Coverage) -> str:
    """Say who has said that support is missing, where nearly nobody's universal support is known."""
    universal = shown.county[0]
    for phase in reversed(shown.phases):
        who = {
            one.kommun
            for one in shown.listed
            for said in one.said
            if said.statement == "saknas" and {year for _, year in phase} <= said.years
        }
        _, most = _known(universal, phase)
        if who and universal.total and most / universal.total <= _FEW:
            names = either(sorted(who, key=swedish_order), last="och")
            known = f"känt i högst {most} av {universal.total} kommuner" if most else "inte känt någonstans"
            return (
                f"{names} säger att stöd för {_phase_years(phase)} saknas – där är universellt stöd {known}"
            )
    return ""


def known_for_some(shown: Coverage) -> str:
    """Say which phase most municipalities' universal support is known for, and which hardly any's."""
    universal = shown.county[0]
    if not universal.total:
        return ""
    known = [phase for phase in shown.phases if _known(universal, phase)[0] / universal.total >= _MOST]
    blank = [phase for phase in shown.phases if _known(universal, phase)[1] / universal.total <= _FEW]
    if not known or not blank:
        return ""
    least = min(_known(universal, phase)[0] for phase in known)
    most = max(_known(universal, phase)[1] for phase in blank)
    return (
        f"Universellt stöd är känt för {_together(known)} i {least} av {universal.total} kommuner – "
        f"för {_together(blank)} i {f'högst {most}' if most else 'ingen'}"
    )


def _together(phases: Iterable[Phase]) -> str:
    return years_in_words(year for phase in phases for _, year in phase)


def known_everywhere(shown: Coverage) -> str:
    """Say in how many municipalities universal support is known for every year."""
    whole = sum({*one.strips[0].states} <= {*KNOWN} for one in shown.listed)
    if not whole:
        return ""
    return f"Universellt stöd är känt för hela uppväxten i {whole} av {len(shown.listed)} kommuner"


def nothing_known(shown: Coverage) -> str:
    """Say that nothing is known, where nothing is."""
    if any(strip.known(place) for strip in shown.county for place in range(len(strip.counts))):
        return ""
    levels = either((label.lower() for label in vocabulary.PREVENTION_LEVEL.values()), last="eller")
    return f"Om stöd på {levels} nivå är inget känt i någon kommun"


KINDS: Final[tuple[Callable[[Coverage], str], ...]] = (
    gap, known_for_some, said_missing, known_everywhere, nothing_known,
)  # fmt: skip
"""What may be found, the strongest first."""


def strongest(shown: Coverage) -> str:
    """Give the strongest finding, without a full stop; the summary where none is chosen."""
    return next((found for kind in KINDS if (found := kind(shown))), shown.summary.removesuffix("."))
