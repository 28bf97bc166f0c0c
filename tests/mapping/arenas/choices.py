"""Choices of arenas to try: each alone, and every combination."""

from hypothesis import strategies as st

from mapping.arenas.filters import DEFAULT_STATUS, HITS, LEVELS, Filters
from mapping.contract import vocabulary

EVERY_STATUS = tuple(vocabulary.STATUS)

SINGLE_CHOICES = [
    *(Filters(kommun=(code,)) for code in vocabulary.MUNICIPALITIES),
    *(Filters(lansdel=(part,)) for part in vocabulary.COUNTY_PART),
    *(Filters(arenatyp=(kind,)) for kind in vocabulary.ARENA_TYPE),
    *(Filters(preventionsniva=(level,)) for level in LEVELS),
    *(
        Filters(alder=(first, last))
        for first in (0, 4, 6, 7, 13, 18)
        for last in (0, 5, 6, 12, 18)
        if first <= last
    ),
    *(Filters(huvudman=(name,)) for name in ("Nora kommun", "Region Örebro län", "Ingen alls")),
    *(Filters(sprak=(code,)) for code in ("sv", "ar", "so", "fi")),
    *(Filters(status=(status,)) for status in vocabulary.STATUS),
    *(Filters(sok=words) for words in ("eken", "EKEN samtal", "cos-p", "hemliga", "kumla", "ingenting")),
]


def _some_of(options):
    return st.lists(st.sampled_from(sorted(options)), max_size=3, unique=True).map(
        lambda chosen: tuple(option for option in options if option in chosen)
    )


SPANS = st.tuples(st.integers(0, 18), st.integers(0, 18)).map(lambda ends: (min(ends), max(ends)))
FILTERS = st.builds(
    Filters,
    kommun=_some_of(vocabulary.MUNICIPALITIES),
    lansdel=_some_of(vocabulary.COUNTY_PART),
    arenatyp=_some_of(vocabulary.ARENA_TYPE),
    preventionsniva=_some_of(LEVELS),
    alder=SPANS,
    huvudman=_some_of(("Föreningen Eken", "Nora kommun", "Region Örebro län")),
    sprak=_some_of({"sv": 1, "ar": 1, "so": 1}),
    status=_some_of(vocabulary.STATUS).map(lambda chosen: chosen or DEFAULT_STATUS),
    sok=st.sampled_from(["", "eken", "kumla stöd"]),
    visa_okanda=st.booleans(),
    traff=_some_of(HITS),
)
