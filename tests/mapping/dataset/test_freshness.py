"""The age of a confirmation in words."""

import datetime

import pandas as pd
import pytest

from mapping.dataset.freshness import freshness
from tests.conftest import DAY


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "bekräftad det senaste året"), (365, "bekräftad det senaste året"),
        (366, "äldre än ett år, bör ses över"), (730, "äldre än ett år, bör ses över"),
        (731, "äldre än två år, räknas som gammal"), (-1, "datum saknas"),
    ],
)  # fmt: skip
def test_the_age_of_a_confirmation_has_its_words_at_each_boundary(days, words):
    assert freshness(pd.Timestamp(DAY - datetime.timedelta(days=days)), DAY) == words
