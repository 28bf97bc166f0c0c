"""Publish or erase in processes that can be killed: `python -m tests.mapping.publisher ADDRESS`.

Each line on standard input starts one, forked from here so that nothing is imported anew: an empty line one
that publishes for ever, a word one that erases it. Standard output tells `pid N`, `begin N` before version N
is published, `end N` after, and `gone` when the process has ended; who erases begins and ends 0.
"""

import os
import random
import sys
import time
import traceback

import psycopg
import sqlalchemy.dialects.postgresql.psycopg
import sqlalchemy.dialects.sqlite.pysqlite  # noqa: F401

from mapping.errors import OutdatedVersionError
from mapping.store.erasing import Rewritten
from mapping.store.permission import Actor
from mapping.store.store import Store

assert psycopg.pq.__impl__  # the driver's compiled part is loaded before anything is forked

LETTERS = bytes(ord("a") + byte % 26 for byte in range(256))


def contents(number):
    """Make the files of a version, from its number: some the same as before, some large."""
    noise = random.Random(number).randbytes(120_000).translate(LETTERS)  # noqa: S311 - not a secret
    return {
        "arenor.csv": b"namn\n" + noise,
        "befolkning.csv": b"antal\n" + noise[::-1],
        "dataset.toml": b"",
        "orter.csv": b"ort\n%d\n" % (number // 3),
    }


def publish_for_ever(address):
    store = Store.open(address)
    while True:
        head = store.latest()
        base = head and head.number
        number = (base or 0) + 1
        tell(f"begin {number}")
        try:
            store.publish(contents(number), base=base, actor=Actor.command(), comment=f"Nummer {number}")
        except OutdatedVersionError:
            continue  # the last that was killed had already asked the database to commit
        tell(f"end {number}")


def without(word, data):
    """Take a word out of a file."""
    places = data.count(word.encode())
    return Rewritten(data.replace(word.encode(), b""), places, frozenset()) if places else None


def erase_once(address, word):
    store = Store.open(address)
    tell("begin 0")
    plan = store.planned(lambda _, data: without(word, data), actor=Actor.command())
    store.erase(plan, [word], actor=Actor.command(), reason="prov", what={})
    tell("end 0")
    time.sleep(60)


def tell(line):
    os.write(1, f"{line}\n".encode())


def main():
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                tell(f"pid {os.getpid()}")  # by the child itself, or its first version may be told before it
                if word := line.strip():
                    erase_once(sys.argv[1], word)
                else:
                    publish_for_ever(sys.argv[1])
            finally:
                traceback.print_exc()  # or nobody learns why it ended before it was killed
                os._exit(1)
        os.waitpid(pid, 0)
        tell("gone")


if __name__ == "__main__":
    main()
