"""Contents, people, a clock and a command line for the store's tests."""

import datetime
import io

from mapping.commands.main import run
from mapping.store.permission import Actor

EDITOR = Actor("redaktor@exempel.se", via="oidc", role="Folkhälsostrateg")
READER = Actor("lasare@exempel.se", via="oidc")
SIGNED_OUT = Actor()
STARTED_IT = Actor(via="local")
PERSONAL = "811218-9876"

ARENAS = "arena_id,namn\nhuset,Familjehuset i Ånäs\n".encode()
FIRST = {"arenor.csv": ARENAS, "insatser.csv": b"insats_id,arena_id\n", "dataset.toml": b'title = "X"\n'}
SECOND = FIRST | {"arenor.csv": ARENAS + b"stugan,Stugan\n"}


class Clock:
    """A minute later at each look."""

    def __init__(self):
        self.moment = datetime.datetime(2026, 11, 21, 9, 0, tzinfo=datetime.UTC)

    def __call__(self):
        self.moment += datetime.timedelta(minutes=1)
        return self.moment


def publish(store, contents, **changed):
    """Publish as the editor, after the latest version."""
    latest = store.latest()
    words = {"base": latest and latest.number, "actor": EDITOR, "comment": "Ny öppen förskola i Ånäs"}
    return store.publish(contents, **{**words, **changed})


def stodkartan(*arguments, **environment):
    """Run the command; give its exit code, its answer and what it wrote beside."""
    out, errors = io.StringIO(), io.StringIO()
    code = run(arguments, environment=environment, today=datetime.date(2026, 11, 21), out=out, errors=errors)
    return code, out.getvalue(), errors.getvalue()
