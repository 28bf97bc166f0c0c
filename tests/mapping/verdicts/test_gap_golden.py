"""The shipped dataset's verdicts on a fixed day, with their reasons, strictly and with older rows.

``python -m tests.mapping.verdicts.test_gap_golden`` writes the file anew. Check each line of it.
"""

import datetime
from pathlib import Path

from mapping.commands.gaps import lines
from mapping.dataset.dataset import load
from mapping.settings import SHIPPED_DATA
from mapping.verdicts.judge import judge
from tests.gap_county import STRATEGY

GOLDEN = Path(__file__).parents[2] / "golden" / "gaps.txt"
DAY = datetime.date(2026, 11, 21)


def written(dataset):
    text = []
    for include_older in (False, True):
        judged = judge(dataset, STRATEGY, DAY, include_older=include_older)
        text += [*lines(judged, dataset, STRATEGY, DAY, include_older=include_older), ""]
    return "\n".join(text)


def test_the_shipped_verdicts_are_the_golden_ones(shipped):
    assert written(shipped) == GOLDEN.read_text(encoding="utf-8")


def test_today_nothing_is_settled_and_the_older_facts_say_more(shipped):
    strict = judge(shipped, STRATEGY, DAY)
    assert {found.status for found in strict} == {"underlag_saknas"}
    assert {found.older.status for found in strict} > {"uppfyllt", "delvis", "gap"}


if __name__ == "__main__":
    GOLDEN.write_text(written(load(SHIPPED_DATA, today=DAY)), encoding="utf-8")
