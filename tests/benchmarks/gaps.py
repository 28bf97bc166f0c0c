"""Measure all verdicts side by side with one pandas `groupby("kommunkod").size()` over the insatser.

Timed is `judge` from the dataset's frames: status, floor, ceiling, planned and older of every verdict. Not
timed: rows counted, reasons and figures, which are worked out when a verdict is opened; reading files.
Counties are generated, seeded, plainly fictional.
"""

import datetime
import random
import statistics
import timeit
from dataclasses import replace
from functools import partial

import pandas as pd

from mapping.settings import SHIPPED_STRATEGY
from mapping.verdicts.judge import judge
from mapping.verdicts.strategy_file import read
from tests.benchmarks import generate
from tests.benchmarks.goals import Figure, Goal, Outcome
from tests.gap_county import dataset_of

DAY = datetime.date(2026, 6, 1)
SIZES = ((110, 330, 12, None), (2_000, 6_000, 20, None), (30_000, 90_000, 290, 5.0))
"""Arenas, insatser and municipalities; how many seconds it may take at most."""


def county(arenas, offers, places):
    """Make a dataset of so many arenas and insatser, spread on some municipalities with answers from each."""
    chance = random.Random(1)
    rows = generate.arenor(arenas, chance)
    made = dataset_of(rows, generate.insatser(rows, offers, chance), generate.kommunlage(chance))
    codes = [str(1000 + number) for number in range(places)]
    drawn = pd.array(chance.choices(codes, k=arenas), made.arenor["kommunkod"].dtype)
    arenor = made.arenor.assign(kommunkod=drawn)
    answers = [group for _, group in made.kommunlage.groupby("kommunkod")]
    said = [answers[number % len(answers)].assign(kommunkod=code) for number, code in enumerate(codes)]
    kommunlage = pd.concat(said, ignore_index=True).astype(made.kommunlage.dtypes)
    names = {code: f"Påhittad kommun {code}" for code in codes}
    return replace(made, arenor=arenor, kommunlage=kommunlage), names


def timed(arenas, offers, places, rounds):
    dataset, names = county(arenas, offers, places=places)
    strategy = read(SHIPPED_STRATEGY)
    frame = dataset.insatser.join(dataset.arenor["kommunkod"], on="arena_id")
    grouped, judged = [], []
    for _ in range(rounds + 1):
        # other frames with the same rows: nothing that was kept from the round before fits them
        tables = {name: getattr(dataset, name).copy() for name in ("arenor", "insatser", "kommunlage")}
        unseen = replace(dataset, **tables)
        grouped += timeit.repeat(lambda: frame.groupby("kommunkod").size(), number=1, repeat=3)
        verdicts = partial(judge, unseen, strategy, DAY, municipalities=names)
        judged += timeit.repeat(verdicts, number=1, repeat=1)
    return statistics.median(grouped[3:]), statistics.median(judged[1:])


def measure(*, rounds=7):
    goals, figures = [], []
    for arenas, offers, places, at_most in SIZES:
        grouped, judged = timed(arenas, offers, places, rounds)
        size = f"{arenas} arenas, {offers} insatser, {places} municipalities"
        goals.append(Goal(f"all verdicts, {size}", judged, at_most=at_most, unit="s"))
        taken = f"group-by {grouped * 1000:.1f} ms, verdicts {judged * 1000:.0f} ms"
        figures.append(Figure(size, f"{taken}, ratio {judged / grouped:.0f}"))
    return Outcome("Gaps: all verdicts", tuple(goals), tuple(figures))
