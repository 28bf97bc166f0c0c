"""List, restore and mark published versions on the command line."""

import argparse
from typing import Final

from mapping.commands.terminal import DONE, Terminal
from mapping.store.permission import Actor
from mapping.store.versions import UNKNOWN, WAVES, Version

_NO_WAVE = "ingen"


def _add_versions(versions: argparse.ArgumentParser) -> None:
    versions.add_argument("--json", action="store_true", help="skriv som JSON")
    versions.set_defaults(run=_versions)


def _add_restore(restore: argparse.ArgumentParser) -> None:
    restore.add_argument("version", type=int, metavar="VERSION")
    restore.add_argument("--comment", required=True, metavar="TEXT", help="varför")
    restore.set_defaults(run=_restore)


def _add_wave(wave: argparse.ArgumentParser) -> None:
    wave.add_argument("version", type=int, metavar="VERSION")
    years = ", ".join(map(str, WAVES))
    wave.add_argument("year", type=_year, metavar="ÅR", help=f"{years}; eller {_NO_WAVE}")
    wave.set_defaults(run=_wave)


def _year(text: str) -> int | None:
    if text.casefold() == _NO_WAVE:
        return None
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"”{text}” är inget år. Skriv till exempel 2026.") from error


def _versions(chosen: argparse.Namespace, terminal: Terminal) -> int:
    with terminal.store() as store:
        versions = store.versions()
    if chosen.json:
        terminal.say_json([version.as_json() for version in versions])
    elif versions:
        terminal.say(*(line(version) for version in versions))
    else:
        terminal.warn("Det finns inga versioner än. Den första görs när servern startas.")
    return DONE


def line(version: Version) -> str:
    """Write a version in one line: its number, when, how and by whom, why."""
    how = version.kind_label
    if version.restored_from is not None:
        how += f" från version {version.restored_from}"
    wave = f" [mätomgång {version.wave}]" if version.wave else ""
    who = version.account or version.made_by
    when = f"{version.created_at:%Y-%m-%d %H:%M} UTC" if version.created_at else f"{UNKNOWN} när"
    return f"{version.number:>4}  {when}  {how}, {who}: {version.comment}{wave}"


def _restore(chosen: argparse.Namespace, terminal: Terminal) -> int:
    with terminal.store() as store:
        head = store.restore(chosen.version, actor=Actor.command(), comment=chosen.comment)
    terminal.say(f"Version {chosen.version} är publicerad igen, som version {head.number}.")
    return DONE


def _wave(chosen: argparse.Namespace, terminal: Terminal) -> int:
    with terminal.store() as store:
        taken_from = store.mark_wave(chosen.version, chosen.year, actor=Actor.command())
    if chosen.year is None:
        terminal.say(f"Version {chosen.version} är inte märkt som någon mätomgång.")
        return DONE
    instead = "" if taken_from is None else f" i stället för version {taken_from}"
    terminal.say(f"Version {chosen.version} är märkt som mätomgång {chosen.year}{instead}.")
    return DONE


ADD: Final = {"versions": _add_versions, "restore": _add_restore, "wave": _add_wave}
