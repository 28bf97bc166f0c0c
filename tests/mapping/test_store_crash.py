"""A publisher that is killed at any moment leaves the old version or the new one, whole."""

import os
import random
import signal
import subprocess
import sys
import time

from mapping.store import Store
from tests.mapping.publisher import contents

KILLS = 100
LONGEST_LIFE_S = 0.08


def _lines(process):
    for line in process.stdout:
        word, _, number = line.partition(" ")
        yield word.strip(), int(number or 0)


def _begin_and_kill(process, life_s):
    """Start a publisher and kill it that long after it began; give the last versions it began and ended."""
    process.stdin.write("\n")
    process.stdin.flush()
    pid, begun, ended, is_alive = 0, 0, 0, True
    for word, number in _lines(process):
        if word == "pid":
            pid = number
        elif word == "begin":
            begun = number
            if is_alive:
                time.sleep(life_s)
                os.kill(pid, signal.SIGKILL)
                is_alive = False
        elif word == "end":
            ended = number
        elif word == "gone":
            return begun, ended
    raise AssertionError(process.poll())


def test_a_publisher_killed_a_hundred_times_leaves_only_whole_versions(address):
    store = Store.open(address)
    chance = random.Random(2026)  # noqa: S311 - not a secret
    interrupted = 0
    with subprocess.Popen(
        [sys.executable, "-m", "tests.mapping.publisher", address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        for _ in range(KILLS):
            before = store.latest()
            begun, ended = _begin_and_kill(process, chance.uniform(0, LONGEST_LIFE_S))
            latest = store.latest()
            number = latest.number if latest else 0
            assert max(ended, before.number if before else 0) <= number <= begun
            assert number == 0 or store.contents(number) == contents(number)
            interrupted += begun > ended
        process.stdin.close()
    assert interrupted >= KILLS // 4  # or the kills prove nothing
    versions = store.versions()
    assert [version.number for version in versions] == list(range(len(versions), 0, -1))
    assert len(versions) > KILLS // 4
    for version in versions:
        assert store.contents(version.number) == contents(version.number)
        assert version.comment == f"Nummer {version.number}"
        assert len(version.files) == 4
    published = [entry.detail["version"] for entry in store.audit_log(limit=10_000) if entry.granted]
    assert published == [version.number for version in versions]
    if store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None
    store.close()
