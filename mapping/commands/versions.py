"""List, restore, mark, withdraw and erase from published versions on the command line."""

import argparse
import sys
from typing import Final

from mapping.commands.terminal import DONE, Terminal
from mapping.contract.schema import TABLES
from mapping.store.permission import Actor
from mapping.store.versions import UNKNOWN, WAVES, Version

_NO_WAVE = "ingen"


def _add_versions(versions: argparse.ArgumentParser) -> None:
    versions.add_argument("--json", action="store_true", help="skriv som JSON")
    versions.set_defaults(run=_versions)


def _add_restore(restore: argparse.ArgumentParser) -> None:
    restore.add_argument("version", type=int, metavar="VERSION")
    restore.add_argument("--comment", required=True, metavar="TEXT", help="varför")
    restore.add_argument(
        "--show-protected", action="store_true", help="adresser som har varit skyddade får visas för alla"
    )
    restore.set_defaults(run=_restore)


def _add_wave(wave: argparse.ArgumentParser) -> None:
    wave.add_argument("version", type=int, metavar="VERSION")
    years = ", ".join(map(str, WAVES))
    wave.add_argument("year", type=_year, metavar="ÅR", help=f"{years}; eller {_NO_WAVE}")
    wave.set_defaults(run=_wave)


def _add_withdraw(withdraw: argparse.ArgumentParser) -> None:
    withdraw.add_argument("version", type=int, metavar="VERSION")
    withdraw.add_argument("--reason", required=True, metavar="TEXT", help="varför; visas för alla")
    withdraw.set_defaults(run=_withdraw)


def _add_erase(command: argparse.ArgumentParser) -> None:
    what = command.add_mutually_exclusive_group(required=True)
    standard_in = "skriv - för att skriva den på nästa rad, så att den inte sparas i skalets historik"
    what.add_argument("--text", metavar="TEXT", help=f"texten, var den än står; {standard_in}")
    what.add_argument("--table", choices=list(TABLES), help="tabellen som raden står i")
    command.add_argument("--row", default="", metavar="ID", help="raden, som stodkartan diff skriver den")
    command.add_argument("--column", default="", metavar="KOLUMN", help="bara den cellen av raden")
    command.add_argument("--reason", default="", metavar="TEXT", help="varför; utan det som ska bort")
    command.add_argument("--dry-run", action="store_true", help="tala bara om vad som skulle tas bort")
    command.set_defaults(run=_erase)


def _year(text: str) -> int | None:
    if text.casefold() == _NO_WAVE:
        return None
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"”{text}” är inget år. Skriv till exempel 2026.") from error


def _versions(chosen: argparse.Namespace, terminal: Terminal) -> int:
    with terminal.store() as store:
        versions, damaged = store.versions(), store.damaged()
    if chosen.json:
        damage = {number: str(error) for number, error in damaged.items()}
        terminal.say_json([{**one.as_json(), "damage": damage.get(one.number)} for one in versions])
    elif versions:
        terminal.say(*(line(version, is_damaged=version.number in damaged) for version in versions))
        terminal.warn(*map(str, damaged.values()))
    else:
        terminal.warn("Det finns inga versioner än. Den första görs när servern startas.")
    return DONE


def line(version: Version, *, is_damaged: bool = False) -> str:
    """Write a version in one line: its number, when, how and by whom, why."""
    marks = " [skadad]" if is_damaged else ""
    marks += f" [återkallad: {version.withdrawn}]" if version.withdrawn is not None else ""
    how = version.kind_label
    if version.restored_from is not None:
        how += f" från version {version.restored_from}"
    wave = f" [mätomgång {version.wave}]" if version.wave else ""
    who = version.account or version.made_by
    when = f"{version.created_at:%Y-%m-%d %H:%M} UTC" if version.created_at else f"{UNKNOWN} när"
    return f"{version.number:>4}  {when}  {how}, {who}: {version.comment}{wave}{marks}"


def _restore(chosen: argparse.Namespace, terminal: Terminal) -> int:
    from mapping.delivery import proposal  # noqa: PLC0415 - slow to import

    with terminal.store() as store:
        head = proposal.restore(
            chosen.version,
            store,
            base=None,
            actor=Actor.command(),
            comment=chosen.comment,
            shows_protected=chosen.show_protected,
        )
    terminal.say(f"Version {chosen.version} är publicerad igen, som version {head.number}.")
    return DONE


def _withdraw(chosen: argparse.Namespace, terminal: Terminal) -> int:
    with terminal.store() as store:
        shown = store.withdraw(chosen.version, actor=Actor.command(), reason=chosen.reason)
    terminal.say(
        f"Version {chosen.version} är återkallad och visas inte. Den som visas är version {shown.number}."
    )
    return DONE


def _erase(chosen: argparse.Namespace, terminal: Terminal) -> int:
    from mapping.delivery import erase  # noqa: PLC0415 - slow to import

    text = sys.stdin.readline().strip() if chosen.text == "-" else chosen.text or ""
    target = erase.Target(text, chosen.table or "", chosen.row, chosen.column)
    actor = Actor.command()
    with terminal.store() as store:
        found = erase.plan(store, target, actor=actor)
        terminal.say(*erase.told(found))
        if chosen.dry_run:
            terminal.say("Ingenting är borttaget än.")
            return DONE
        records = erase.erase(store, target, found, actor=actor, reason=chosen.reason)
    terminal.say(f"Borttaget, också ur {records} rader om versioner och försök.", erase.AFTERWARDS)
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


ADD: Final = {
    "versions": _add_versions,
    "restore": _add_restore,
    "withdraw": _add_withdraw,
    "erase": _add_erase,
    "wave": _add_wave,
}
