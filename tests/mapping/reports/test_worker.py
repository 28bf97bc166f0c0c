"""Reports are made in a process of their own, and made again if that process is ended."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from mapping.errors import ReportError, ReportInterruptedError
from mapping.reports import formats
from mapping.reports.worker import ReportRequest, Worker
from mapping.server.datasets import example, example_before
from mapping.settings import DEMO_DAY
from tests.conftest import DAY
from tests.gap_county import STRATEGY

LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux what is running")


@pytest.fixture(scope="module")
def worker():
    one = Worker()
    yield one
    one.close()


@pytest.fixture(scope="module")
def asked(shipped):
    return ReportRequest(shipped, None, STRATEGY, DAY, basis="aldre")


@pytest.fixture(scope="module")
def demo_request():
    return ReportRequest(example(), example_before(), STRATEGY, DEMO_DAY, basis="aldre")


def running():
    """Give the processes that make reports for anybody: its number → its parent's."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
            command = (stat.parent / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has ended
        if state != "Z" and b"loky.backend.popen_loky" in command:
            found[int(stat.parent.name)] = int(parent)
    return found


def children(of=None):
    """Give the processes that make reports for this one, or for another."""
    return {one for one, parent in running().items() if parent == (of or os.getpid())}


def test_a_report_is_the_same_as_if_it_were_made_here(
    worker, asked, demo_request, shipped_judged, demo_judged
):
    for what, code, suffix in (
        (formats.SHEET_NAME, "1883", formats.PDF),
        (formats.SHEET_NAME, "1883", formats.PAGE),
        (formats.PLAN_NAME, "1860", formats.SHEETS),
    ):
        for ordered, judged in ((asked, shipped_judged), (demo_request, demo_judged)):
            made = worker.made(ordered, what, code, suffix)
            here = formats.report_file(judged, what, code, suffix)
            assert made.name == here.name
            if suffix == formats.PAGE:  # the others hold the moment when they were made
                assert made.data == here.data
            assert abs(len(made.data) - len(here.data)) < len(here.data) / 100


def test_what_was_made_is_kept(worker, asked):
    first = worker.made(asked, formats.SHEET_NAME, "1864", formats.PAGE)
    assert worker.made(asked, formats.SHEET_NAME, "1864", formats.PAGE) is first
    strict = worker.made(asked._replace(basis="belagt"), formats.SHEET_NAME, "1864", formats.PAGE)
    assert b"Bara belagt" in strict.data
    assert b"Bara belagt" not in first.data


def test_a_fault_in_a_report_is_told_as_it_is(worker, asked):
    with pytest.raises(KeyError, match="9999"):
        worker.made(asked, formats.SHEET_NAME, "9999", formats.PDF)
    longer = replace(STRATEGY, title="Ordrik " * 9_000)
    with pytest.raises(ReportError, match="får inte plats på sina sidor"):
        worker.made(asked._replace(strategy=longer), formats.SHEET_NAME, "1883", formats.PDF)
    assert worker.made(asked, formats.SHEET_NAME, "1883", formats.PDF).data.startswith(b"%PDF")


@pytest.mark.parametrize("reason", [OSError(38, "Function not implemented"), ImportError("_multiprocessing")])
def test_where_no_process_can_be_started_reports_are_made_all_the_same(asked, monkeypatch, caplog, reason):
    def refuse(**_):
        raise reason

    monkeypatch.setattr("mapping.reports.worker.ProcessPoolExecutor", refuse)
    worker = Worker()
    worker.prepare()
    one = worker.made(asked, formats.SHEET_NAME, "1884", formats.PAGE)
    assert worker.made(asked, formats.SHEET_NAME, "1885", formats.PAGE).name != one.name
    assert worker.made(asked, formats.SHEET_NAME, "1884", formats.PAGE) is one
    assert b"<html" in one.data[:200]
    assert "serverns egen process" in caplog.text
    with pytest.raises(KeyError, match="9999"):
        worker.made(asked, formats.SHEET_NAME, "9999", formats.PDF)
    worker.close()


@LINUX
def test_a_process_that_was_ended_is_started_anew(asked):
    before = children()
    worker = Worker()
    worker.made(asked, formats.SHEET_NAME, "1861", formats.PAGE)
    [ended] = children() - before
    os.kill(ended, signal.SIGKILL)
    assert worker.made(asked, formats.SHEET_NAME, "1862", formats.PAGE).data
    [anew] = children() - before
    assert anew != ended
    worker.close()


@LINUX
def test_a_report_that_ends_every_process_is_given_up_and_the_next_is_made(asked, caplog):
    worker = Worker()
    killing = threading.Event()

    def kill():
        while not killing.is_set():
            for one in children() - before:
                os.kill(one, signal.SIGKILL)
            time.sleep(0.01)

    before = children()
    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with pytest.raises(ReportInterruptedError, match="Försök igen om en stund"):
            worker.made(asked, formats.SHEET_NAME, "1862", formats.PAGE)
    finally:
        killing.set()
        killer.join()
    assert "avbröts" in caplog.text
    assert worker.made(asked, formats.SHEET_NAME, "1862", formats.PAGE).data
    worker.close()
    assert children() == before


@LINUX
def test_getting_ready_starts_one_process_however_often_it_is_asked(asked):
    worker = Worker()
    before = children()
    for _ in range(3):
        worker.prepare()
    assert len(children() - before) == 1
    worker.made(asked, formats.SHEET_NAME, "1862", formats.PAGE)
    assert len(children() - before) == 1
    worker.close()


SERVER = """
from mapping.reports.worker import Worker
worker = Worker()
worker.prepare()
print("ready", flush=True)
input()
"""


@LINUX
@pytest.mark.parametrize("how", [signal.SIGKILL, None], ids=["killed", "ended"])
def test_the_process_ends_when_its_server_has(how):
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout.readline() == "ready\n"
        [started] = children(server.pid)
        if how:
            server.send_signal(how)
        else:
            server.communicate("\n", timeout=60)
        server.wait(timeout=60)
        until = time.monotonic() + 60
        while started in running():
            assert time.monotonic() < until
            time.sleep(0.1)
