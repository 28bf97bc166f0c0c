"""Check files, publish them and tell what differs between versions, on the command line."""

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from mapping.changes.rows import KIND_WORDS, Changes, changes
from mapping.changes.verdicts import VerdictChange, summary, verdict_changes
from mapping.commands.datasets import has_store
from mapping.commands.terminal import DONE, REFUSED, Terminal, WrongUseError
from mapping.contract.findings import Finding
from mapping.dataset.dataset import contents_of, from_contents
from mapping.delivery.check import Published
from mapping.delivery.corrections import SEVERITY_WORDS
from mapping.delivery.delivery import SourceFile, deliver
from mapping.delivery.proposal import Proposal, propose, publish
from mapping.delivery.scope import WAY_WORDS, Way
from mapping.server.datasets import datasets
from mapping.store.permission import Actor
from mapping.verdicts.bounds import Wave
from mapping.verdicts.judge import judge
from mapping.verdicts.strategy_file import read


def _add_check(check: argparse.ArgumentParser) -> None:
    _files(check)
    check.add_argument("--json", action="store_true", help="skriv det som hittades som JSON")
    check.set_defaults(run=_check)


def _add_publish(command: argparse.ArgumentParser) -> None:
    _files(command)
    command.add_argument("--comment", required=True, metavar="TEXT", help="vad som är nytt, och varför")
    command.add_argument(
        "--accept-warnings", action="store_true", help="varningarna är lästa och hindrar inte"
    )
    command.add_argument("--confirm", default="", metavar="TEXT", help="bekräfta i ord att rader tas bort")
    command.add_argument(
        "--show-protected", action="store_true", help="adresser som har varit skyddade får visas för alla"
    )
    command.set_defaults(run=_publish)


def _add_diff(diff: argparse.ArgumentParser) -> None:
    diff.add_argument("before", type=int, metavar="A", help="den äldre versionens nummer")
    diff.add_argument("after", type=int, metavar="B", help="den nyare versionens nummer")
    diff.add_argument("--json", action="store_true", help="skriv som JSON")
    diff.set_defaults(run=_diff)


def _files(command: argparse.ArgumentParser) -> None:
    command.add_argument("files", type=Path, nargs="+", metavar="FIL", help="CSV-filer eller arbetsböcker")
    ways = command.add_mutually_exclusive_group()
    for way, words in WAY_WORDS.items():
        ways.add_argument(
            f"--{way}", action="store_const", const=way, dest="way", default=Way.ADD, help=words.lower()
        )


def _check(chosen: argparse.Namespace, terminal: Terminal) -> int:
    proposal = _proposed(chosen, terminal, _published_or_shown(terminal))
    checked = proposal.checked
    if chosen.json:
        terminal.say_json([finding_row(finding) for finding in checked.findings])
    else:
        terminal.say(*_report_lines(proposal))
    return REFUSED if checked.stops else DONE


def _publish(chosen: argparse.Namespace, terminal: Terminal) -> int:
    _ = terminal.database  # tells if there is none
    store = datasets(terminal.settings).store
    proposal = _proposed(chosen, terminal, _latest(terminal))
    terminal.warn(*_report_lines(proposal))
    head = publish(
        proposal,
        store,
        actor=Actor.command(),
        comment=chosen.comment,
        accepts_warnings=chosen.accept_warnings,
        confirmed_words=chosen.confirm,
        shows_protected=chosen.show_protected,
    )
    terminal.say(f"Version {head.number} är publicerad.")
    return DONE


def _diff(chosen: argparse.Namespace, terminal: Terminal) -> int:
    _ = terminal.database
    settings, day = terminal.settings, terminal.today
    strategy = read(settings.strategy)
    opened, verdicts = [], []
    for number in (chosen.before, chosen.after):
        dataset = datasets(settings).by_number(number, day)
        wave = datasets(settings).wave_before(dataset)
        opened.append(dataset)
        verdicts.append(judge(dataset, strategy, day, previous=Wave.of(wave, day) if wave else None))
    found = changes(*opened, public=False)  # whoever runs this reads the database too
    before, after = verdicts
    judged = verdict_changes(before, after, found)
    if chosen.json:
        terminal.say_json({**found.as_json(), "verdicts": [change.as_json() for change in judged]})
    else:
        terminal.say(*difference(found, judged))
    return DONE


def finding_row(finding: Finding) -> dict[str, Any]:
    """Give a finding as JSON knows it; personal data is covered."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.file,
        "sheet": finding.sheet,
        "table": finding.table,
        "row": finding.row,
        "column": finding.column,
        "value": finding.value,
        "message": finding.message,
        "count": finding.count,
    }


def difference(found: Changes, judged: Sequence[VerdictChange]) -> list[str]:
    """Write what differs as text: the counts, the rows, the verdicts."""
    written = [found.sentence]
    for row in found.rows:
        written.append(f"- {row.table}, {KIND_WORDS[row.kind].one}: {row.name} ({row.key})")
        if row.kind == "andrad":
            written += [f"    {cell.column}: ”{cell.before}” → ”{cell.after}”" for cell in row.cells]
    return [*written, summary(judged), *(f"- {change.sentence}" for change in judged)]


def _proposed(chosen: argparse.Namespace, terminal: Terminal, published: Published) -> Proposal:
    remembered = {}
    if published.number is not None:
        with terminal.store() as store:
            remembered = store.columns()
    delivery = deliver(_read(chosen.files), columns=remembered)
    boundaries = terminal.settings.boundaries
    return propose(delivery, published, way=chosen.way, boundaries=boundaries, today=terminal.today)


def _read(paths: Iterable[Path]) -> list[SourceFile]:
    files = []
    for path in paths:
        try:
            files.append(SourceFile(path.name, path.read_bytes()))
        except OSError as error:
            raise WrongUseError(f"Filen {path} går inte att läsa. Kontrollera sökvägen.") from error
    return files


def _published_or_shown(terminal: Terminal) -> Published:
    """Give the latest version, or what a first start would show: a check makes nothing."""
    if has_store(terminal):
        return _latest(terminal)
    contents = contents_of(terminal.settings.data)
    opened = from_contents(contents, boundaries=terminal.settings.boundaries, today=terminal.today)
    return Published(None, contents, opened)


def _latest(terminal: Terminal) -> Published:
    settings, day = terminal.settings, terminal.today
    dataset = datasets(settings).latest(day)
    contents = datasets(settings).store.contents(dataset.number or 0)
    wave, hidden = datasets(settings).wave_before(dataset), datasets(settings).ever_hidden()
    return Published(dataset.number, contents, dataset, wave, hidden=hidden)


def _report_lines(proposal: Proposal) -> list[str]:
    findings = proposal.checked.findings
    written = [
        f"{SEVERITY_WORDS[one.severity]}: {one.place}: {one.message}"
        + (f" ({one.count} ställen)" if one.count > 1 else "")
        for one in findings
    ]
    written += proposal.outcome.sentences
    if proposal.changes is not None:
        written.append(proposal.changes.sentence)
    written += [loss.sentence for loss in proposal.checked.losses]
    stops = "Filerna går inte att publicera än." if proposal.checked.stops else "Filerna går att publicera."
    return [*written, stops]


ADD: Final = {"check": _add_check, "publish": _add_publish, "diff": _add_diff}
