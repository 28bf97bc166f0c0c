"""Measure all verdicts side by side with one pandas `groupby("kommunkod").size()` over the insatser.

``uv run python -m tests.benchmarks.gaps`` prints the ratio, which may be at most 60 (fifteen objectives, two
views, twice the group-by each), and the growth exponent. Counties are generated, seeded, plainly fictional.
"""

import argparse
import datetime
import gc
import math
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.settings import SHIPPED_STRATEGY
from mapping.verdicts import co_location, known
from mapping.verdicts.judge import judge
from mapping.verdicts.strategy import read
from tests.benchmarks.goals import Figure, Goal, Outcome
from tests.gap_county import dataset_of

DAY = datetime.date(2026, 6, 1)
PLACES = 290
ARENAS, OFFERS = 100_000, 300_000
GOAL = 60
TYPES = list(vocabulary.ARENA_TYPE)
LEVELS = [(), ("universell",), ("selektiv",), ("indikerad",), ("universell", "selektiv")]
GROUPS = [(), ("alla_foraldrar",), ("Nyanlända",), ("Föräldrar", "Anhöriga")]
FORMS = [(), ("grupp",), ("oppen", "digital"), ("hembesok",), ("individuell",)]
LANGUAGES = [(), ("sv",), ("sv", "ar"), ("so",)]
PARTIES = [(), ("kommun", "region"), ("civilsamhalle", "skola"), ("socialtjanst",), ("skola", "ofullstandig")]


def county(
    arenas: int, offers: int, *, places: int = PLACES, seed: int = 1
) -> tuple[Dataset, dict[str, str]]:
    """Make a dataset of so many arenas and insatser in some municipalities, with answers from each."""
    draw = np.random.default_rng(seed)
    codes = [str(1000 + number) for number in range(places)]
    empty = dataset_of()
    ids = [f"pahittad-{number:06d}" for number in range(arenas)]
    lies_in = _drawn(draw, [*codes, "18"] if arenas > places else codes, arenas)
    first = {code: ids[number] for number, code in reversed(list(enumerate(lies_in)))}
    arenor = _typed(
        empty.arenor,
        ids,
        arenatyp=_drawn(draw, TYPES, arenas),
        status=_drawn(draw, ["aktiv"] * 8 + ["planerad", "okand", "stangd"], arenas),
        kommunkod=lies_in,
        belagg=_drawn(draw, ["direkt"] * 6 + ["harledd", "svag"], arenas),
        samlokaliserad_med=[
            None if chance < 0.6 else first[code] if chance < 0.9 else ids[0]
            for chance, code in zip(draw.random(arenas), lies_in, strict=True)
        ],
        fc_bvc=_drawn(draw, ["ja", "ja", "nej", None], arenas),
        fc_bmm=_drawn(draw, ["ja", "ja", "nej", None], arenas),
        fc_oppen_forskola=_drawn(draw, ["ja", "ja", "nej", None], arenas),
        fc_socialtjanst=_drawn(draw, ["ja", "ja", "nej", None], arenas),
        betjanar_kommuner=_lists(draw, [()] * 19 + [tuple(codes[:2])], arenas),
        **_dates(draw, arenas),
    )
    insatser = _typed(
        empty.insatser,
        [f"insats-{number:06d}" for number in range(offers)],
        arena_id=[ids[number] for number in draw.integers(0, arenas, offers)],
        preventionsniva=_lists(draw, LEVELS, offers),
        alder_fran=pd.array(draw.integers(0, 10, offers), dtype="Int64"),
        alder_till=pd.array(draw.integers(10, 21, offers), dtype="Int64"),
        malgrupp=_lists(draw, GROUPS, offers),
        kunskapsbas=_drawn(draw, ["evidens", "beprovad", None, None], offers),
        barnratt=_drawn(draw, ["ja", "nej", None], offers),
        form=_lists(draw, FORMS, offers),
        sprak=_lists(draw, LANGUAGES, offers),
        parter=_lists(draw, PARTIES, offers),
        status=_drawn(draw, ["aktiv"] * 8 + ["planerad", "okand", "stangd"], offers),
        belagg=_drawn(draw, ["direkt"] * 6 + ["harledd", "svag"], offers),
        **_dates(draw, offers),
    )
    asked = [
        (code, question, words[int(draw.integers(len(words)))])
        for code in codes
        for question, words in vocabulary.ANSWERS.items()
        if question not in vocabulary.COUNTY_ONLY_QUESTIONS
    ]
    kommunlage = _typed(
        empty.kommunlage.rename_axis("row"),
        list(range(len(asked))),
        kommunkod=[row[0] for row in asked],
        fraga=[row[1] for row in asked],
        svar=[row[2] for row in asked],
        datum=["2026-01-15"] * len(asked),
        datum_first_day=pd.Timestamp("2026-01-15"),
        datum_last_day=pd.Timestamp("2026-01-15"),
        parter=_lists(draw, PARTIES, len(asked)),
    )
    names = {code: f"Påhittad kommun {code}" for code in codes}
    return replace(empty, arenor=arenor, insatser=insatser, kommunlage=kommunlage), names


def _typed(like: pd.DataFrame, index: list[object], **columns: object) -> pd.DataFrame:
    """Fill columns of a typed frame, with its own types; the rest are unknown."""
    rows = pd.Index(index, name=like.index.name)
    frame = {}
    for name, kind in like.dtypes.items():
        if name in columns:
            given = columns[name]
            values = pd.Series(given, index=rows) if not isinstance(given, list) else given
            frame[name] = pd.Series(values, index=rows, dtype=kind)
        elif str(kind) == "object":
            frame[name] = pd.Series([()] * len(rows), index=rows, dtype=object)
        else:
            frame[name] = pd.Series(None, index=rows, dtype=kind)
    return pd.DataFrame(frame)


def _drawn(draw: np.random.Generator, words: list[str | None], count: int) -> list[str | None]:
    return [words[number] for number in draw.integers(0, len(words), count)]


def _lists(draw: np.random.Generator, lists: list[tuple[str, ...]], count: int) -> list[tuple[str, ...]]:
    # cells of the same text share one tuple, as `mapping.tables.typed_table` types them
    return [lists[number] for number in draw.integers(0, len(lists), count)]


def _dates(draw: np.random.Generator, count: int) -> dict[str, object]:
    days = pd.Timestamp(DAY) - pd.to_timedelta(draw.integers(0, 1000, count), unit="D")
    return {
        "kontrollerad_datum": [day.date().isoformat() for day in days],
        "kontrollerad_datum_first_day": pd.Series(days).to_list(),
        "kontrollerad_datum_last_day": pd.Series(days).to_list(),
    }


def seconds(action: Callable[[], object], rounds: int) -> list[float]:
    """Time an action as `timeit` does: without the garbage collector, which walks the whole process."""
    taken = []
    gc.collect()
    gc.disable()
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    gc.enable()
    return taken


def timed(arenas: int, offers: int, rounds: int, *, places: int = PLACES) -> tuple[float, float]:
    """Time one group-by and all verdicts in turn; give their medians in seconds."""
    dataset, names = county(arenas, offers, places=places)
    strategy = read(SHIPPED_STRATEGY)
    frame = dataset.insatser.join(dataset.arenor["kommunkod"], on="arena_id")

    def verdicts() -> None:
        # nothing is kept from the round before: packing the tables is part of the pass
        known.facts.cache_clear()
        co_location.premises.cache_clear()
        found = judge(dataset, strategy, DAY, municipalities=names)
        assert len(found) == 13 * places + 2

    verdicts()
    grouped, judged = [], []
    for _ in range(rounds):
        grouped += seconds(lambda: frame.groupby("kommunkod").size(), 3)
        judged += seconds(verdicts, 1)
    return statistics.median(grouped), statistics.median(judged)


def measure(*, rounds: int = 7) -> Outcome:
    """Measure at three sizes."""
    sizes = [(ARENAS // part, OFFERS // part) for part in (4, 2, 1)]
    judged, figures = [], []
    for arenas, offers in sizes:
        grouped, taken = timed(arenas, offers, rounds)
        judged.append(taken)
        ratio = taken / grouped
        figures.append(
            Figure(
                f"{arenas} arenas, {offers} insatser, {PLACES} municipalities",
                f"group-by {grouped * 1000:.1f} ms, verdicts {taken * 1000:.0f} ms, ratio {ratio:.1f}",
            )
        )
    growth = math.log(judged[-1] / judged[0]) / math.log(sizes[-1][0] / sizes[0][0])
    return Outcome(
        "Gaps: all verdicts",
        (
            Goal("all verdicts / one group-by", ratio, at_most=GOAL),
            Goal("growth with the size, as an exponent (1 is linear)", growth),
        ),
        tuple(figures),
    )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    asked = options.parse_args()
    print("Timed: mapping.verdicts.judge.judge from the dataset's frames – packing, status, at_least, floor,")
    print("ceiling, planned and older (with its year) of every verdict, strict and older. Not timed:")
    print(
        "counted, missing, reasons and figures, which are worked out when a verdict is opened; reading files."
    )
    print(measure(rounds=asked.rounds).text())


if __name__ == "__main__":
    main()
