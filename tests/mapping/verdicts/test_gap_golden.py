"""The shipped dataset's verdicts on a fixed day, with their reasons, strictly and with older rows.

``python -m tests.mapping.verdicts.test_gap_golden`` writes the file anew. Check each line of it.
"""

import datetime
from pathlib import Path

from mapping.commands.gaps import lines
from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.dataset.dataset import load
from mapping.settings import SHIPPED_DATA
from mapping.verdicts.judge import judge
from mapping.verdicts.objectives.figure import KNOWN
from mapping.verdicts.strength import STRENGTHS
from tests.gap_county import STRATEGY

GOLDEN = Path(__file__).parents[2] / "golden" / "gaps.txt"
DAY = datetime.date(2026, 11, 30)


def written(dataset):
    text = []
    for basis in STRENGTHS:
        judged = judge(dataset, STRATEGY, DAY, basis=basis)
        text += [*lines(judged, dataset, STRATEGY, DAY, basis=basis), ""]
    return "\n".join(text)


def test_the_shipped_verdicts_are_the_golden_ones(shipped):
    assert written(shipped) == GOLDEN.read_text(encoding="utf-8")


def test_today_nothing_is_settled_and_the_older_facts_say_more(shipped):
    strict = judge(shipped, STRATEGY, DAY)
    assert {found.status for found in strict} == {"underlag_saknas"}
    assert {found.older.status for found in strict} > {"uppfyllt", "delvis", "gap"}


def test_in_the_best_known_picture_something_is_known_of_every_municipality(shipped):
    judged = judge(shipped, STRATEGY, DAY, basis="aldre")
    for code in MUNICIPALITIES:
        own = [one for one in judged if one.kommunkod == code]
        states = {box.state for one in own for row in one.figures.rows for box in row.boxes}
        assert states & {*KNOWN}, code
    assert all(one.figures.sentence.endswith(".") for one in judged)


if __name__ == "__main__":
    GOLDEN.write_text(written(load(SHIPPED_DATA, today=DAY)), encoding="utf-8")
