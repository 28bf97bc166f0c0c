"""Count the arenas on each level of the prevention pyramid (RISE, in the regional strategy's figure 1)."""

from dataclasses import dataclass, replace

from mapping.arenas.filters import LEVELS, Filters, select
from mapping.dataset.dataset import Dataset


@dataclass(frozen=True)
class Step:
    """One step of the pyramid, with the filter that shows its arenas."""

    level: str
    label: str
    arenas: int
    filters: Filters


def pyramid(dataset: Dataset, within: Filters | None = None) -> tuple[Step, ...]:
    """Count the arenas that offer something on each level, and those whose level nobody states.

    An arena with insatser on two levels is counted on both; the steps do not add up to the whole.

    Parameters
    ----------
    dataset
        Any dataset.
    within
        Other choices to count within; its own choice of level is replaced.

    Returns
    -------
    tuple
        Universell, selektiv, indikerad and `Nivå okänd`, in that order. Each step's filter selects exactly
        the arenas that were counted.
    """
    base = within or Filters()
    steps = []
    for level, label in LEVELS.items():
        filters = replace(base, preventionsniva=(level,), visa_okanda=False)
        steps.append(Step(level, label, len(select(dataset, filters).matched), filters))
    return tuple(steps)
