"""What visitors send is kept within bounds, and forgotten when nobody hands it in."""

import pytest

from mapping.server import kept_uploads
from mapping.server.kept_uploads import MEGABYTE, SENT_FROM, UNUSED_S, KeptUploads


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def uploads(clock, monkeypatch):
    monkeypatch.setattr(kept_uploads, "MOST_OF_A_VISIT", 8 * MEGABYTE)
    monkeypatch.setattr(kept_uploads, "MOST_OF_AN_ADDRESS", 12 * MEGABYTE)
    kept = KeptUploads(clock)
    yield kept
    for visit in ("visit", "another", *range(5)):
        kept.end(visit)
    assert kept.total_bytes == 0


def send(uploads, visit, count, size=MEGABYTE, sender="a"):
    SENT_FROM.set(sender)
    for number in range(count):
        uploads.add(visit, number, f"{number}.csv", bytes([number % 256]) * size)


def kept(uploads, visit, count=40):
    return [number for number in range(count) if uploads.get(visit, number) is not None]


def test_a_file_is_given_as_it_was_sent_until_it_is_taken_away(uploads):
    uploads.add("visit", "key", "a.csv", b"namn\nEken\n")
    assert uploads.get("visit", "key") == ("a.csv", b"namn\nEken\n")
    assert uploads.get("another visit", "key") is None
    uploads.remove("visit", "key")
    uploads.remove("visit", "key")
    assert uploads.get("visit", "key") is None


@pytest.mark.parametrize(("size", "left"), [(MEGABYTE, 8), (3 * MEGABYTE, 2), (9 * MEGABYTE, 1), (1, 20)])
def test_a_visit_keeps_only_its_newest_files(uploads, size, left):
    send(uploads, "visit", 30, size)
    assert kept(uploads, "visit") == list(range(30 - left, 30))
    assert uploads.total_bytes == left * size


def test_an_address_keeps_only_its_newest_files_in_however_many_visits(uploads):
    for visit in range(5):
        send(uploads, visit, 5)
    send(uploads, "another", 5, sender="b")
    assert [len(kept(uploads, visit)) for visit in range(5)] == [0, 0, 2, 5, 5]
    assert len(kept(uploads, "another")) == 5


def test_what_nobody_asks_for_is_forgotten_and_what_somebody_does_is_not(uploads, clock):
    send(uploads, "visit", 3)
    assert uploads.get("visit", 1)
    clock.now = UNUSED_S - 1
    uploads.forget_unused()
    assert uploads.total_bytes == 3 * MEGABYTE
    clock.now = UNUSED_S
    uploads.forget_unused()
    assert uploads.total_bytes == MEGABYTE
    assert kept(uploads, "visit") == [1]


def test_a_visit_that_ends_leaves_nothing(uploads):
    send(uploads, "visit", 3)
    send(uploads, "another", 1)
    uploads.end("visit")
    assert uploads.total_bytes == MEGABYTE
