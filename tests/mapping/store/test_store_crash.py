"""Who publishes or erases and is killed at any moment has done it, or has done nothing."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from mapping.store.permission import Actor
from mapping.store.store import Store
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


def _begin(process, word=""):
    """Start a publisher, and wait until it begins its first version; give its process and that version."""
    process.stdin.write(f"{word}\n")
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
        for kill in range(4 * KILLS):
            # a busy machine publishes less between two kills, and needs more of them
            if kill >= KILLS and store.latest().number > KILLS // 4:
                break
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


ERASURES = 40


def _telling(store, word):
    """Publish two versions that hold a word, in files of several pages, and tell it in the log."""
    for _ in range(2):
        latest = store.latest()
        number = latest.number + 1 if latest else 1
        held = {name: data[:9000] + word.encode() for name, data in contents(number).items()}
        actor, base = Actor.command(), latest and latest.number
        store.publish(held, base=base, actor=actor, comment=f"Nummer {number} {word}")


def _holding(store, word):
    """Tell of each place that could hold the word whether it does: files, comments, the log."""
    versions = store.versions()[:2]
    files = [data for version in versions for data in store.contents(version.number).values()]
    told = [version.comment for version in versions]
    told += [entry.detail["comment"] for entry in store.audit_log(4) if entry.action == "publish"][:2]
    return {*(word.encode() in data for data in files), *(word in text for text in told)}


def test_an_eraser_killed_at_any_moment_has_erased_everything_or_nothing(address, opened):
    store = opened(address)
    chance = random.Random(2027)  # noqa: S311 - not a secret
    outcomes, longest_s = [], 0.0
    with subprocess.Popen(
        [sys.executable, "-m", "tests.mapping.publisher", address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        for attempt in range(ERASURES):
            word = f"hemligt{attempt:03}x"
            _telling(store, word)
            pid, _ = _begin(process, word)
            start = time.monotonic()
            if attempt % 8:
                time.sleep(chance.uniform(0, longest_s))
            else:  # the more versions, the longer it takes
                assert next(_lines(process)) == ("end", 0)
                longest_s = 1.3 * (time.monotonic() - start)
            _kill(process, pid)
            Store.open(address).close()  # as the next start does: it finishes what is left
            (holds,) = _holding(store, word)
            outcomes.append(holds)
            assert store.damaged() == {}
            if not holds and store.engine.dialect.name == "sqlite":
                store.close()  # closing a file that is read gives up this process's locks on it
                file = Path(address.removeprefix("sqlite:///"))
                whole = b"".join(part.read_bytes() for part in file.parent.glob(f"{file.name}*"))
                assert word.encode() not in whole  # as the comment and the log had it
        process.stdin.close()
    assert 5 < sum(outcomes) < ERASURES - 5  # or the kills prove nothing
    erased = [entry for entry in store.audit_log(10_000) if entry.action == "erase" and entry.granted]
    assert len(erased) == outcomes.count(False)
