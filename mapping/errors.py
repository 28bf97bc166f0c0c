"""Name the promises that can be broken: one exception each, all under one root, each with a stable code.

A fault in somebody's data is not an exception but a value, see `mapping.findings`. The words of an
exception are Swedish, because the person who started the app reads them.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from mapping.findings import Finding


class StodkartanError(Exception):
    """Anything that stops Stödkartan and that a person can put right."""

    code: ClassVar[str] = "stodkartan"


class DatasetRefusedError(StodkartanError):
    """The dataset has findings that stop it from being used.

    Parameters
    ----------
    findings
        All the stopping findings, of all tables.
    """

    code = "dataset-refused"

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings, to be shown one by one."""
        self.findings = tuple(findings)
        super().__init__(self.findings)

    def __str__(self) -> str:
        """Say in Swedish what is wrong, one line a finding."""
        lines = [f"- {finding.place}: {finding.message}" for finding in self.findings]
        return "\n".join(["Datamängden går inte att använda. Rätta det här först:", *lines])


class DatasetNotFoundError(StodkartanError):
    """The directory that should hold the dataset does not exist, or cannot be read."""

    code = "dataset-not-found"

    def __init__(self, directory: Path) -> None:
        """Keep the directory."""
        self.directory = directory
        super().__init__(directory)

    def __str__(self) -> str:
        """Say in Swedish what was looked for, where."""
        return (
            f"Det finns ingen läsbar mapp med data på {self.directory}. "
            "Ange en mapp som innehåller arenor.csv i inställningen STODKARTAN_DATA."
        )


class BoundariesError(StodkartanError):
    """The file with municipal boundaries is missing, unreadable or lacks municipalities.

    Parameters
    ----------
    path
        The file.
    reason
        A Swedish clause that ends the sentence "Filen med kommungränser …", and what to do about it.
    """

    code = "boundaries"

    def __init__(self, path: Path, reason: str) -> None:
        """Keep the file and the reason."""
        self.path = path
        self.reason = reason
        super().__init__(path, reason)

    def __str__(self) -> str:
        """Say in Swedish which file, and what is wrong with it."""
        return f"Filen med kommungränser ({self.path}) {self.reason}"


class SettingError(StodkartanError):
    """A setting has a value that cannot be used.

    Parameters
    ----------
    variable
        The environment variable.
    advice
        A Swedish sentence: what to write instead.
    """

    code = "setting"

    def __init__(self, *, variable: str, advice: str) -> None:
        """Keep the variable and the advice."""
        self.variable = variable
        self.advice = advice
        super().__init__(variable, advice)

    def __str__(self) -> str:
        """Say in Swedish which setting, and what to write instead."""
        return f"Inställningen {self.variable} går inte att använda. {self.advice}"


class StrategyError(StodkartanError):
    """The file with the strategy is missing, lacks something or holds something malformed.

    Parameters
    ----------
    path
        The file.
    faults
        Swedish sentences: what is wrong, and what to write instead.
    """

    code = "strategy"

    def __init__(self, path: Path, faults: Iterable[str]) -> None:
        """Keep the file and everything that is wrong with it."""
        self.path = path
        self.faults = tuple(faults)
        super().__init__(path, self.faults)

    def __str__(self) -> str:
        """Say in Swedish which file, and what is wrong with it, one line a fault."""
        lines = [f"- {fault}" for fault in self.faults]
        return "\n".join([f"Filen med strategin ({self.path}) går inte att använda. Rätta det här:", *lines])


class ReportError(StodkartanError):
    """A report does not fit on the pages it may take, however short it is made."""

    code = "report"

    def __init__(self, title: str) -> None:
        """Keep which report."""
        self.title = title
        super().__init__(title)

    def __str__(self) -> str:
        """Say in Swedish which report, and what to do instead."""
        return f"”{self.title}” får inte plats på sina sidor. Hämta rapporten som Word i stället."
