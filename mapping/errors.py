"""Name the promises that can be broken: one exception each, all under one root, each with a stable code.

A fault in somebody's data is not an exception but a value, see `mapping.contract.findings`. The words of an
exception are Swedish, because the person who started the app reads them.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from mapping.contract.findings import Finding


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


class StoreUnavailableError(StodkartanError):
    """The database that keeps the versions cannot be reached, read or written.

    Parameters
    ----------
    reason
        Swedish sentences: what is wrong, and what to do about it.
    """

    code = "store-unavailable"

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(reason)

    def __str__(self) -> str:
        """Say in Swedish what is wrong, and what to do."""
        return f"Databasen går inte att använda. {self.reason}"


class VersionNotFoundError(StodkartanError):
    """No version has that number."""

    code = "version-not-found"

    def __init__(self, version: int) -> None:
        """Keep the number that was asked for."""
        self.version = version
        super().__init__(version)

    def __str__(self) -> str:
        """Say in Swedish which version there is none of."""
        return f"Det finns ingen version {self.version}. Välj en av dem som finns i listan över versioner."


class DamagedVersionError(StodkartanError):
    """A version's files are not what they were when it was published.

    Parameters
    ----------
    version
        Its number.
    file
        The file that is damaged or gone; None if something else is.
    part
        What else, as a Swedish noun in definite form.
    """

    code = "damaged-version"

    def __init__(self, version: int, file: str | None, part: str = "listan över filer") -> None:
        """Keep the version and what is damaged."""
        self.version = version
        self.file = file
        self.part = f"filen {file}" if file else part
        super().__init__(version, file, part)

    def __str__(self) -> str:
        """Say in Swedish what is damaged, and what can be done."""
        return (
            f"Version {self.version} är skadad i databasen: {self.part} är inte som när den publicerades. "
            "Visa en annan version, eller återställ databasen från en säkerhetskopia."
        )


class OutdatedVersionError(StodkartanError):
    """Somebody else published after the version that a change was made from.

    Parameters
    ----------
    base
        The version that the change was made from; None if there was none.
    latest
        The version that is the latest now.
    """

    code = "outdated-version"

    def __init__(self, *, base: int | None, latest: int | None) -> None:
        """Keep both versions."""
        self.base = base
        self.latest = latest
        super().__init__(base, latest)

    def __str__(self) -> str:
        """Say in Swedish what happened meanwhile, and what to do."""
        return (
            f"Version {self.latest} har publicerats medan du arbetade. Ingenting har skrivits över. "
            "Granska skillnaderna mot den versionen och publicera sedan."
        )


class CommentMissingError(StodkartanError):
    """A new version has no comment."""

    code = "comment-missing"

    def __str__(self) -> str:
        """Say in Swedish what to write."""
        return "Kommentaren saknas. Skriv vad som är nytt och varför, så att andra kan följa ändringen."


class PersonalDataError(StodkartanError):
    """A text that would be kept holds a personal detail; the detail itself is not repeated.

    Parameters
    ----------
    place
        Where it stands, as a Swedish noun in definite form: "kommentaren".
    """

    code = "personal-data"

    def __init__(self, place: str) -> None:
        """Keep the place."""
        self.place = place
        super().__init__(place)

    def __str__(self) -> str:
        """Say in Swedish where it stands, and what to write instead."""
        return (
            f"Det finns en personuppgift i {self.place}. Ingenting har sparats. "
            "Ta bort den och skriv i stället en funktion, en växel eller en adress som hör till verksamheten."
        )


class NotPermittedError(StodkartanError):
    """The account may not do that.

    Parameters
    ----------
    reason
        A Swedish sentence, see `mapping.store.permission.decide`.
    """

    code = "not-permitted"

    def __init__(self, reason: str) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(reason)

    def __str__(self) -> str:
        """Say in Swedish why not."""
        return self.reason


class TooManyAttemptsError(StodkartanError):
    """Somebody tries to change what is published again and again.

    Parameters
    ----------
    wait_s
        Seconds until the next attempt is heard.
    """

    code = "too-many-attempts"

    def __init__(self, wait_s: int) -> None:
        """Keep how long to wait."""
        self.wait_s = wait_s
        super().__init__(wait_s)

    def __str__(self) -> str:
        """Say in Swedish when to try again."""
        return f"Det har gjorts för många försök på kort tid. Försök igen om {self.wait_s} s."


class UnknownWaveError(StodkartanError):
    """The strategy has no wave in that year."""

    code = "unknown-wave"

    def __init__(self, year: int, years: Iterable[int]) -> None:
        """Keep the year, and those that there are."""
        self.year = year
        self.years = tuple(years)
        super().__init__(year, self.years)

    def __str__(self) -> str:
        """Say in Swedish which years there are."""
        years = ", ".join(map(str, self.years))
        return f"Det finns ingen mätomgång {self.year}. Välj något av åren {years}."


class TargetInUseError(StodkartanError):
    """A copy would overwrite something that already exists.

    Parameters
    ----------
    target
        A file, a directory, or a database's address without its password.
    """

    code = "target-in-use"

    def __init__(self, target: object) -> None:
        """Keep the target."""
        self.target = str(target)
        super().__init__(self.target)

    def __str__(self) -> str:
        """Say in Swedish what is in the way."""
        return f"Det finns redan något på {self.target}, och det skrivs inte över. Ange en plats som är tom."


class UnknownRowsError(StodkartanError):
    """Rows were named that the version does not have.

    Parameters
    ----------
    identities
        The ids that no row has.
    """

    code = "unknown-rows"

    def __init__(self, identities: Iterable[str]) -> None:
        """Keep the ids."""
        self.identities = tuple(identities)
        super().__init__(self.identities)

    def __str__(self) -> str:
        """Say in Swedish which rows there are none of, and what to do."""
        named = ", ".join(self.identities)
        return f"Det finns ingen rad med id {named} i den här versionen. Läs om sidan och välj raderna igen."


class CorrectionsError(StodkartanError):
    """A file cannot be given back with what is to be corrected written in it.

    Parameters
    ----------
    name
        The file's name.
    reason
        Swedish sentences: why, and what to do instead.
    """

    code = "corrections"

    def __init__(self, name: str, reason: str) -> None:
        """Keep the name and the reason."""
        self.name = name
        self.reason = reason
        super().__init__(name, reason)

    def __str__(self) -> str:
        """Say in Swedish which file, and why."""
        return f"Filen {self.name} kan inte lämnas tillbaka med kolumnen ”Att rätta”. {self.reason}"


class UnconfirmedError(StodkartanError):
    """Something has to be put right or confirmed before a version can be published.

    Parameters
    ----------
    advice
        A Swedish sentence: what to do.
    """

    code = "unconfirmed"

    def __init__(self, advice: str) -> None:
        """Keep the advice."""
        self.advice = advice
        super().__init__(advice)

    def __str__(self) -> str:
        """Say in Swedish what to do."""
        return self.advice


class NothingChangedError(StodkartanError):
    """A version would be the same as the one that is published."""

    code = "nothing-changed"

    def __str__(self) -> str:
        """Say in Swedish that there is nothing to publish."""
        return "Uppgifterna är redan publicerade precis så. Det finns inget nytt att publicera."


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


class ReportInterruptedError(StodkartanError):
    """The process that makes reports ended, twice, before a report was made."""

    code = "report-interrupted"

    def __str__(self) -> str:
        """Say in Swedish what may have happened, and what to do."""
        return (
            "Rapporten blev avbruten innan den var klar. Försök igen om en stund. "
            "Om det händer igen har servern troligen för lite minne."
        )
