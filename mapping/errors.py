"""Name the promises that can be broken: one exception each, all under one root, each with a stable code.

A fault in somebody's data is not an exception but a value, see `mapping.contract.findings`. The words of an
exception are Swedish, because the person who started the app reads them.
"""

from typing import ClassVar

from mapping.contract.findings import Finding


class StodkartanError(Exception):
    """Anything that stops Stödkartan and that a person can put right.

    The facts that its template names are given by keyword, and are attributes. A list is several.
    """

    code: ClassVar[str] = "stodkartan"
    template: ClassVar[str] = ""
    separator: ClassVar[str] = ", "

    def __init__(self, **facts: object) -> None:
        super().__init__()  # without arguments: pickle makes the error anew before it gives it its facts
        vars(self).update(facts)

    def __str__(self) -> str:
        """Say in Swedish what is wrong, and what to do."""
        return self.template.format(**{name: self._words(fact) for name, fact in vars(self).items()})

    def _words(self, fact: object) -> str:
        if isinstance(fact, Finding):
            return f"{fact.place}: {fact.message}"
        return self.separator.join(map(self._words, fact)) if isinstance(fact, list | tuple) else str(fact)


class DatasetRefusedError(StodkartanError):
    """The dataset has findings that stop it from being used; all of them, of all tables."""

    code = "dataset-refused"
    template = "Datamängden går inte att använda. Rätta det här först:\n- {findings}"
    separator = "\n- "
    findings: tuple[Finding, ...]


class DatasetNotFoundError(StodkartanError):
    """The directory that should hold the dataset does not exist, or cannot be read."""

    code = "dataset-not-found"
    template = (
        "Det finns ingen läsbar mapp med data på {directory}. "
        "Ange en mapp som innehåller arenor.csv i inställningen STODKARTAN_DATA."
    )


class BoundariesError(StodkartanError):
    """The file with municipal boundaries is missing, unreadable or lacks municipalities."""

    code = "boundaries"
    template = "Filen med kommungränser ({path}) {reason}"


class SettingError(StodkartanError):
    """A setting has a value that cannot be used; the advice is a sentence."""

    code = "setting"
    template = "Inställningen {variable} går inte att använda. {advice}"
    advice: str


class StrategyError(StodkartanError):
    """The file with the strategy is missing, lacks something or holds something malformed; all faults."""

    code = "strategy"
    template = "Filen med strategin ({path}) går inte att använda. Rätta det här:\n- {faults}"
    separator = "\n- "


class StoreUnavailableError(StodkartanError):
    """The database that keeps the versions cannot be reached, read or written; the reason says what to do."""

    code = "store-unavailable"
    template = "Databasen går inte att använda. {reason}"
    reason: str


class VersionNotFoundError(StodkartanError):
    """No version has that number."""

    code = "version-not-found"
    template = "Det finns ingen version {version}. Välj en av dem som finns i listan över versioner."


class DamagedVersionError(StodkartanError):
    """A version is not what it was when it was published; the part is a noun in definite form."""

    code = "damaged-version"
    template = (
        "Version {version} är skadad i databasen: {part} är inte som när den publicerades. "
        "Visa en annan version, eller återställ databasen från en säkerhetskopia."
    )
    version: int


class WithdrawnVersionError(StodkartanError):
    """A version was withdrawn, and shows nothing to anyone."""

    code = "withdrawn-version"
    template = "Version {version} är återkallad och visas inte. Skälet: {reason}"


class LastVersionError(StodkartanError):
    """The only version that shows anything would be withdrawn."""

    code = "last-version"
    template = (
        "Version {version} är den enda som kan visas, så den kan inte återkallas. "
        "Publicera först en version som ska visas i stället."
    )


class EraseError(StodkartanError):
    """Something cannot be erased; the reason says why, without what it is."""

    code = "erase"
    template = "Ingenting har tagits bort. {reason}"


class OutdatedVersionError(StodkartanError):
    """Somebody else published the latest version after the base that a change was made from."""

    code = "outdated-version"
    template = (
        "Version {latest} har publicerats medan du arbetade. Ingenting har skrivits över. "
        "Granska skillnaderna mot den versionen och publicera sedan."
    )


class CommentMissingError(StodkartanError):
    """A new version has no comment."""

    code = "comment-missing"
    template = "Kommentaren saknas. Skriv vad som är nytt och varför, så att andra kan följa ändringen."


class ReasonMissingError(CommentMissingError):
    """A version is to be withdrawn, or something erased, without a reason."""

    code = "reason-missing"
    template = "Skälet saknas. Skriv varför, så att andra kan följa ändringen."


class PersonalDataError(StodkartanError):
    """A text that would be kept holds a personal detail, which is not repeated; only its place is."""

    code = "personal-data"
    template = (
        "Det finns en personuppgift i {place}. Ingenting har sparats. "
        "Ta bort den och skriv i stället en funktion, en växel eller en adress som hör till verksamheten."
    )


class NotPermittedError(StodkartanError):
    """The account may not do that; `mapping.store.permission.decide` says why."""

    code = "not-permitted"
    template = "{reason}"


class TooManyAttemptsError(StodkartanError):
    """Somebody tries to change what is published again and again."""

    code = "too-many-attempts"
    template = "Det har gjorts för många försök på kort tid. Försök igen om {wait_s} s."


class UnknownWaveError(StodkartanError):
    """The strategy has no wave in that year."""

    code = "unknown-wave"
    template = "Det finns ingen mätomgång {year}. Välj något av åren {years}."


class TargetInUseError(StodkartanError):
    """A copy would overwrite something: a file, a directory, or a database (told without its password)."""

    code = "target-in-use"
    template = "Det finns redan något på {target}, och det skrivs inte över. Ange en plats som är tom."


class UnknownRowsError(StodkartanError):
    """Rows were named that the version does not have."""

    code = "unknown-rows"
    template = (
        "Det finns ingen rad med id {identities} i den här versionen. Läs om sidan och välj raderna igen."
    )


class CorrectionsError(StodkartanError):
    """A file cannot be given back with what is to be corrected written in it; the reason says what to do."""

    code = "corrections"
    template = "Filen {name} kan inte lämnas tillbaka med kolumnen ”Att rätta”. {reason}"


class UnconfirmedError(StodkartanError):
    """Something has to be put right or confirmed before a version can be published."""

    code = "unconfirmed"
    template = "{advice}"


class NothingChangedError(StodkartanError):
    """A version would be the same as the one that is published."""

    code = "nothing-changed"
    template = "Uppgifterna är redan publicerade precis så. Det finns inget nytt att publicera."


class ReportError(StodkartanError):
    """A report does not fit on the pages it may take, however short it is made."""

    code = "report"
    template = "”{title}” får inte plats på sina sidor. Hämta rapporten som Word i stället."


class ReportInterruptedError(StodkartanError):
    """The process that makes reports ended, twice, before a report was made."""

    code = "report-interrupted"
    template = (
        "Rapporten blev avbruten innan den var klar. Försök igen om en stund. "
        "Om det händer igen har servern troligen för lite minne."
    )
