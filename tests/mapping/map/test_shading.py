"""The shading: a scale whose steps follow the values, and what is unknown apart from zero."""

import itertools
from operator import itemgetter

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from mapping.map.shading import SHADES_LIGHT, shading


def test_the_unknown_are_hatched_and_never_zero_and_one_arena_is_singular():
    counts = pd.Series({"1860": np.nan, "1884": 0.0, "1880": 2.0})
    shade = shading(counts, title="Antal", unit=("arena", "arenor"))
    assert shade.step["1860"] is None
    assert shade.as_dict()["missing"]
    assert [step.label for step in shade.classes] == ["0 arenor", "2 arenor"]
    assert shade.as_dict()["missing"] == "uppgift saknas"
    shade = shading(pd.Series({"1860": np.nan}), title="Antal")
    assert (shade.classes, shade.text) == ((), {"1860": "Antal: uppgift saknas"})
    assert shading(pd.Series({"1860": 1}), title="", unit=("arena", "arenor")).text["1860"] == "1 arena"


@given(
    values=st.lists(st.one_of(st.none(), st.floats(0, 500)), min_size=1, max_size=30),
    decimals=st.integers(0, 2),
)
def test_steps_follow_the_values(values, decimals):
    series = pd.Series(values, index=[f"{1800 + i}" for i in range(len(values))], dtype="float64")
    shade = shading(series, title="Mått", decimals=decimals)
    known = {code: round(value, decimals) for code, value in series.items() if not np.isnan(value)}
    assert len(shade.classes) <= len(SHADES_LIGHT)
    assert {code for code, step in shade.step.items() if step is None} == set(series.index) - set(known)
    for (one, low), (other, high) in itertools.combinations(sorted(known.items(), key=itemgetter(1)), 2):
        assert shade.step[one] <= shade.step[other]
        assert low != high or shade.step[one] == shade.step[other]
    assert {step for step in shade.step.values() if step is not None} == set(range(len(shade.classes)))
