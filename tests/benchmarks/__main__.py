"""Run every benchmark, each beside its peer in the same run, then write RESULTS.md.

``python -m tests.benchmarks`` runs all, in about a quarter of an hour; ``--only load check`` some;
``--quick`` with few rounds, for trying the benchmarks out. What is not run keeps its figures and its date.
``python -m tests.benchmarks.beside PATH`` measures what visitors do beside another checkout.
"""

import argparse

from tests.benchmarks import actions, check, downloads, gaps, load, map_filter, reports, results, starts

BENCHMARKS = {
    "map_filter": (map_filter.measure, lambda: map_filter.measure(rounds=3)),
    "gap_pages": (map_filter.measure_gap_pages, lambda: map_filter.measure_gap_pages(rounds=3)),
    "cold_start": (starts.measure_cold, lambda: starts.measure_cold(times=2)),
    "plain_page": (starts.measure_plain, lambda: starts.measure_plain(times=2)),
    "gaps": (gaps.measure, lambda: gaps.measure(rounds=2)),
    "check": (check.measure, lambda: check.measure(rows=20_000, rounds=1)),
    "reports": (reports.measure, lambda: reports.measure(rounds=3)),
    "downloads": (downloads.measure, lambda: downloads.measure(rounds=1)),
    "load": (load.measure, lambda: load.measure(sessions=10, seconds=15, saturated_s=6)),
    "actions": (actions.measure, lambda: actions.measure(rounds=1)),
}
"""Each as it is measured, and as it is tried out."""


def main():
    options = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    options.add_argument("--only", nargs="+", choices=BENCHMARKS, default=list(BENCHMARKS), metavar="NAME")
    options.add_argument("--quick", action="store_true", help="few rounds; marked as such in RESULTS.md")
    asked = options.parse_args()
    for name in asked.only:
        full, quick = BENCHMARKS[name]
        outcome = results.keep(name, quick if asked.quick else full, quick=asked.quick)
        print(outcome.text(), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
