"""A publisher that is killed at any moment leaves the old version or the new one, whole."""

import os
import random
import signal
import subprocess
import sys
import time

from tests.mapping.publisher import contents

KILLS = 100
MEASURED = 5
"""Publishes that tell how long one takes on this machine, before the first kill."""
LIVES = 2.5
"""The longest life of a publisher that is killed, in publishes."""


def _lines(process):
    for line in process.stdout:
        word, _, number = line.partition(" ")
        yield word.strip(), int(number or 0)


def _begin(process):
    """Start a publisher, and wait until it begins its first version; give its process and that version."""
    process.stdin.write("\n")
    process.stdin.flush()
    lines = _lines(process)
    told = dict((next(lines), next(lines)))
    return told["pid"], told["begin"]


def _kill(process, pid):
    """Kill a publisher; give the last versions it began and ended, as far as they have not been told."""
    os.kill(pid, signal.SIGKILL)
    told = {"begin": 0, "end": 0}
    for word, number in _lines(process):
        if word == "gone":
            return told["begin"], told["end"]
        told[word] = number
    raise AssertionError(process.poll())


def _publish_s(process):
    """Measure how many seconds a publish takes."""
    pid, _ = _begin(process)
    ends = (number for word, number in _lines(process) if word == "end")
    next(ends)
    start = time.monotonic()
    for _ in range(MEASURED):
        next(ends)
    taken = (time.monotonic() - start) / MEASURED
    _kill(process, pid)
    return min(taken, 0.2)


def test_a_publisher_killed_a_hundred_times_leaves_only_whole_versions(address, opened):
    store = opened(address)
    chance = random.Random(2026)  # noqa: S311 - not a secret
    interrupted = 0
    with subprocess.Popen(
        [sys.executable, "-m", "tests.mapping.publisher", address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        longest_s = LIVES * _publish_s(process)
        for _ in range(KILLS):
            pid, first = _begin(process)
            time.sleep(chance.uniform(0, longest_s))
            begun, ended = _kill(process, pid)
            number = store.latest().number
            assert max(ended, first - 1) <= number <= max(begun, first)
            assert store.contents(number) == contents(number)
            interrupted += max(begun, first) > ended
        process.stdin.close()
    assert interrupted >= KILLS // 4  # or the kills prove nothing
    versions = store.versions()
    assert [version.number for version in versions] == list(range(len(versions), 0, -1))
    assert len(versions) > KILLS // 4
    for version in versions:
        assert store.contents(version.number) == contents(version.number)
        assert (version.comment, len(version.files)) == (f"Nummer {version.number}", 4)
    published = [entry.detail["version"] for entry in store.audit_log(limit=10_000) if entry.granted]
    assert published == [version.number for version in versions]
    if store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
