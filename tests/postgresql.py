"""Run a PostgreSQL of the tests' own, from Debian's package: no port, no password, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

ACCOUNT = "stodkartan"


class Cluster:
    """A running PostgreSQL that answers on a socket in a directory."""

    def __init__(self, directory, control):
        self.directory = directory
        self._control = control
        self._numbers = count(1)

    def address(self, database, account=ACCOUNT):
        return f"postgresql+psycopg://{account}@/{database}?host={self.directory}"

    def execute(self, statement):
        with psycopg.connect(self.address("postgres").replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(statement)

    def new_database(self):
        name = f"store_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    @contextmanager
    def schema_on(self, disk):
        """Make an empty schema whose tables lie on another disk; give its address, and drop it in the end."""
        if os.geteuid() == 0:
            shutil.chown(disk, "postgres", "postgres")
        address = self.new_schema()
        name = address.rpartition("%3D")[2]
        self.execute(f"CREATE TABLESPACE {name} LOCATION '{disk}'")
        try:
            yield f"{address}%20-cdefault_tablespace%3D{name}"
        finally:
            self.execute(f"DROP SCHEMA {name} CASCADE")
            self.execute(f"DROP TABLESPACE {name}")

    @contextmanager
    def stopped(self):
        """Stop the server until the block ends, with every connection."""
        self._control("stop", "-m", "fast")
        try:
            yield
        finally:
            self._control("start")

    def new_schema(self):
        """Make an empty schema and give its address: as good as a database, and 300 files fewer to make."""
        name = f"store_{next(self._numbers)}"
        self.execute(f"CREATE SCHEMA {name}")
        return f"{self.address('postgres')}&options=-csearch_path%3D{name}"


def programs():
    """Find where `initdb` and `pg_ctl` are; Debian keeps them out of the path."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((place for place in reversed(places) if (place / "pg_ctl").exists()), None)


@contextmanager
def running(place):
    """Start a new PostgreSQL with the programs in a place, and stop it."""
    directory = Path(tempfile.mkdtemp(prefix="pg"))  # short: a socket's path may have 107 characters
    as_who = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(directory, "postgres", "postgres")
        as_who = {"user": "postgres", "group": "postgres", "extra_groups": []}

    def run(program, *arguments):
        with (directory / "run.log").open("ab") as log:
            subprocess.run(
                [place / program, "-D", directory / "data", *arguments],
                check=True,
                cwd=directory,
                stdout=log,
                stderr=log,
                timeout=60,
                **as_who,
            )

    options = f"-k {directory} -c listen_addresses='' -c fsync=off -c max_connections=60"
    try:
        run("initdb", "-U", ACCOUNT, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")

        def control(what, *arguments):
            run("pg_ctl", what, "-w", "-l", str(directory / "log"), "-o", options, *arguments)

        control("start")
        try:
            yield Cluster(directory, control)
        finally:
            run("pg_ctl", "stop", "-w", "-m", "immediate")
    finally:
        shutil.rmtree(directory, ignore_errors=True)
