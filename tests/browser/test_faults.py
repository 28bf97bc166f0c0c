"""What breaks around the app while people use it: told in Swedish, nobody is sent away, nothing is lost."""

import json
import shutil
import sqlite3
import urllib.request
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.handing_in import arenas_on_map, hand_in, publish
from tests.mapping.stores import stodkartan


def stopped(request):
    """Use a PostgreSQL, which is stopped and started."""
    postgresql = request.getfixturevalue("postgresql")
    return postgresql.new_schema(), postgresql.stopped


def damaged(request):
    """Use a SQLite file, which is damaged; then a backup is put in its place, as the sentence says."""
    tmp_path = request.getfixturevalue("tmp_path")
    path, kept = tmp_path / "versions.sqlite", tmp_path / "backup.sqlite"

    @contextmanager
    def broken():
        assert stodkartan("backup", str(kept), STODKARTAN_DATABASE_URL=f"sqlite:///{path}")[0] == 0
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        data = path.read_bytes()
        (tmp_path / "noise").write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
        (tmp_path / "noise").replace(path)
        yield
        for part in tmp_path.glob("versions.sqlite*"):
            part.unlink()
        shutil.move(kept, path)

    return f"sqlite:///{path}", broken


SENTENCES = {stopped: "Den svarar inte, eller släpper inte in oss."}
SENTENCES |= {damaged: "Filen är skadad. Flytta undan den"}


def answer(server, path):
    with urllib.request.urlopen(server.address + path, timeout=20) as response:
        assert response.status == 200
        return response.read().decode("utf-8")


@pytest.mark.parametrize("kind", SENTENCES, ids=lambda kind: kind.__name__)
def test_a_database_that_breaks_sends_nobody_away_and_takes_the_same_file_when_it_is_back(
    kind, request, serve, visit, county_directory
):
    address, broken = kind(request)
    server = serve(STODKARTAN_DATA=str(county_directory), STODKARTAN_DATABASE_URL=address)
    editor, reader = visit(publishing_at=server), visit()
    page = editor.open(f"{server.address}/uppdatera")
    hand_in(editor)
    before = json.loads(answer(server, "/api/health"))
    with broken():
        publish(editor, told="Databasen går inte att använda.")
        told = page.get_by_role("alert").filter(has_text="Databasen går inte att använda.")
        expect(told).to_contain_text(SENTENCES[kind])
        expect(page.get_by_label("Kommentar: vad är nytt")).to_have_value("Öppna förskolan Ängen har öppnat")
        seen = reader.open(f"{server.address}/karta")
        assert arenas_on_map(seen) == 4
        expect(seen.get_by_text("Dataversion 1")).to_be_visible()
        reader.open(f"{server.address}/versioner")
        expect(seen.get_by_text(SENTENCES[kind], exact=False).first).to_be_visible()
        assert json.loads(answer(server, "/api/health")) == before
        assert "Öppna förskolan Ängen" not in answer(server, "/api/arenas.csv")
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text("Version 2 är publicerad och syns för alla.")).to_be_visible()
    assert arenas_on_map(reader.open(f"{server.address}/karta")) == 5
    assert "Öppna förskolan Ängen" in answer(server, "/api/arenas.csv")
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
