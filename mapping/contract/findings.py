"""Describe a fault in data as a value: what, where, how serious, in words for the person who can mend it.

A finding is never an exception. All of them are gathered and shown at once, and each says what is wrong
*and* what to write instead.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from mapping.contract import personal_data

LONGEST_VALUE = 80
"""Characters of a cell that are repeated in a sentence."""

ROWS_LISTED = 10
"""Rows that a merged finding names; the rest are only counted."""

CORRECTIONS_COLUMN = "Att rätta"
"""How the header begins of a column that we add to a person's own file; it is no part of the data."""


class Severity(StrEnum):
    """What a finding means for the dataset, most serious first."""

    STOP = "stop"
    """Nothing is published."""
    WARN = "warn"
    """May be published by somebody who has seen it."""
    NOTE = "note"
    """Tells how the data was understood."""


_STOP, _WARN, _NOTE = Severity.STOP, Severity.WARN, Severity.NOTE

CATALOGUE: Mapping[str, tuple[Severity, str]] = {
    # the file
    "missing-table": (_STOP, "Filen {table}.csv saknas. Lägg den i mappen; den måste finnas."),
    "unreadable-file": (
        _STOP,
        "Filen går inte att läsa som text. Spara om den som ”CSV UTF-8 (kommaavgränsad)” i Excel.",
    ),
    "not-a-table": (
        _STOP,
        "Filen är ingen tabell: {reason}. Spara kalkylbladet som CSV, med kolumnernas namn på första raden.",
    ),
    "file-too-large": (
        _STOP,
        "Filen är {value}, men får vara högst {limit}. Dela upp den i flera datamängder.",
    ),
    "too-many-rows": (_STOP, "Tabellen har mer än {limit} rader. Ta bort rader som inte behövs."),
    "too-many-columns": (
        _STOP,
        "Tabellen har {value} kolumner, men får ha högst {limit}. Ta bort de överflödiga.",
    ),
    "broken-quotes": (
        _STOP,
        (
            "Ett citattecken är inte avslutat eller står mitt i en cell. "
            'Skriv citattecken i löpande text som två (""), eller spara om filen från Excel.'
        ),
    ),
    "cell-too-long": (
        _STOP,
        "En cell har mer än {limit} tecken. Skriv kortare, eller kontrollera att citattecken är avslutade.",
    ),
    "too-many-cells": (
        _STOP,
        (
            "Raden har fler celler än det finns kolumner ({value}). "
            "Sätt citattecken runt text som innehåller skiljetecknet, eller ta bort de extra cellerna."
        ),
    ),
    "bad-dataset-file": (
        _STOP,
        "Filen dataset.toml går inte att läsa: {reason}. Rätta den eller ta bort den.",
    ),
    "unknown-table": (
        _WARN,
        "Filen {value} hör inte till någon av tabellerna och läses inte. Byt namn till någon av {allowed}.",
    ),
    "no-rows": (_NOTE, "Tabellen har rubriker men inga rader. Fyll på med rader när det finns uppgifter."),
    "encoding-recognised": (
        _NOTE,
        "Filen är sparad med teckenkodningen {value} och har lästs så. Ingenting behöver ändras.",
    ),
    "delimiter-recognised": (
        _NOTE,
        "Kolumnerna skiljs åt med {value} och har lästs så. Ingenting behöver ändras.",
    ),
    # the workbook
    "workbook-too-large": (
        _STOP,
        (
            "Arbetsboken blir större än {limit} när den packas upp. "
            "Ta bort blad, bilder och formatering som inte behövs, eller spara bladet som CSV."
        ),
    ),
    "sheet-too-large": (
        _STOP,
        (
            "Bladets celler är utspridda över {value} rader och {columns} kolumner. "
            "Ta bort det som står långt utanför tabellen."
        ),
    ),
    "encrypted-workbook": (
        _STOP,
        "Arbetsboken är skyddad med lösenord. Ta bort lösenordet i Excel och spara filen igen.",
    ),
    "old-workbook": (
        _STOP,
        "Filen är en äldre Excelfil (.xls). Spara den i Excel som en arbetsbok (.xlsx) eller som CSV UTF-8.",
    ),
    "damaged-workbook": (
        _STOP,
        "Arbetsboken är skadad eller ofullständig. Spara den på nytt i Excel, eller spara bladet som CSV.",
    ),
    "cell-error": (_STOP, "Cellen {value} visar ett formelfel. Rätta formeln, eller skriv värdet."),
    "formula-not-calculated": (
        _STOP,
        (
            "Cellen {value} har en formel som inte är uträknad. "
            "Spara filen på nytt i Excel, eller skriv värdet i stället för formeln."
        ),
    ),
    # the delivery
    "no-tables": (
        _STOP,
        "Det finns ingen tabell att läsa. Lägg till minst en fil, eller ett blad, med rubriker och rader.",
    ),
    "unrecognised-table": (
        _STOP,
        (
            "Det går inte att se vilken tabell det här är: för få rubriker känns igen. "
            "Skriv kolumnernas namn som i mallen, eller ange vad varje kolumn är."
        ),
    ),
    "same-file-twice": (
        _WARN,
        "Filen har samma innehåll som {other} och har lästs en gång. Ta bort den ena.",
    ),
    "sheet-skipped": (
        _NOTE,
        "Bladet {value} ser inte ut som en tabell och har inte lästs. Ingenting behöver ändras.",
    ),
    "header-row-recognised": (
        _NOTE,
        "Kolumnernas namn står på rad {value}. Raderna ovanför har inte lästs. Ingenting behöver ändras.",
    ),
    "footer-skipped": (
        _NOTE,
        "Raden ”{value}” under tabellen hör inte till den och har inte lästs. Ingenting behöver ändras.",
    ),
    "column-matched": (
        _NOTE,
        "Kolumnen ”{value}” har lästs som {column}. Stämmer det behöver ingenting ändras.",
    ),
    "column-ignored": (_NOTE, "Kolumnen ”{value}” har lämnats utanför, så som ni har valt."),
    "column-split": (
        _NOTE,
        "Kolumnen ”{value}” har delats upp i {meaning}. Ingenting behöver ändras.",
    ),
    "flat-split": (
        _NOTE,
        (
            "Tabellen har en rad för varje insats och har delats upp i {arenor} arenor och {insatser} "
            "insatser. Ingenting behöver ändras."
        ),
    ),
    "arena-cells-disagree": (
        _STOP,
        (
            "Arenan {arena} har ”{value}” i kolumnen {column} här men ”{other}” på rad {other_row}. "
            "Skriv samma sak på alla rader för arenan."
        ),
    ),
    "population-export-recognised": (
        _NOTE,
        (
            "Filen är hämtad ur SCB:s statistikdatabas och har gjorts om till {value} rader för länet och "
            "dess kommuner. Ingenting behöver ändras."
        ),
    ),
    "population-not-understood": (
        _STOP,
        "”{value}” är ingen ålder som känns igen. Skriv till exempel 4 år eller 0–4 år.",
    ),
    "no-arenas": (
        _STOP,
        "Tabellen arenor har inga rader. Lägg till arenorna, eller ta bort filen ur det som lämnas in.",
    ),
    "row-drop": (
        _WARN,
        (
            "Tabellen {table} får {after} rader, mot {before} i de publicerade uppgifterna: "
            "{percent} % färre. "
            "Kontrollera att inga rader har fallit bort."
        ),
    ),
    # the columns
    "missing-column": (
        _STOP,
        "Kolumnen {column} saknas. Lägg till den, med just det namnet på första raden.",
    ),
    "duplicate-column": (_STOP, "Kolumnen {column} finns mer än en gång. Behåll en av dem."),
    "unknown-column": (
        _WARN,
        "Kolumnen {column} är okänd och används inte.{suggestion} Ta bort den eller byt namn på den.",
    ),
    "id-made": (
        _NOTE,
        (
            "Kolumnen {column} saknas, så ett id har gjorts för varje rad av {value}. "
            "Lägg till kolumnen om id ska vara desamma nästa gång."
        ),
    ),
    # the cells
    "personal-data": (
        _STOP,
        (
            "{where} innehåller en personuppgift ({kind}): ”{value}”. "
            "Ta bort den. Skriv i stället en funktion, en växel eller en adress som hör till verksamheten."
        ),
    ),
    "required-cell-empty": (_STOP, "Cellen i kolumnen {column} är tom. Den måste fyllas i."),
    "bad-slug": (
        _STOP,
        (
            "”{value}” kan inte vara ett id. Skriv bara små bokstäver a–z, siffror och bindestreck, "
            "till exempel nora-familjecentral."
        ),
    ),
    "duplicate-id": (_STOP, "”{value}” står på flera rader i kolumnen {column}. Ge varje rad ett eget id."),
    "unknown-arena-type": (_STOP, "”{value}” är ingen känd arenatyp.{suggestion} Skriv någon av {allowed}."),
    "unknown-municipality": (
        _STOP,
        (
            "”{value}” är ingen kommun i Örebro län.{suggestion} Skriv kommunens namn eller kod, "
            "eller 18 för hela länet."
        ),
    ),
    "contradicting-municipality": (
        _STOP,
        "Raden har kommunkoden {value} men kommunnamnet {other}. Rätta den ena så att de stämmer överens.",
    ),
    "unknown-code": (_STOP, "”{value}” är inget giltigt värde i {column}.{suggestion} Skriv {allowed}."),
    "unknown-language": (
        _STOP,
        (
            "”{value}” är ingen känd språkkod.{suggestion} Skriv två bokstäver enligt ISO 639-1, "
            "till exempel sv, ar eller so."
        ),
    ),
    "invalid-answer": (
        _STOP,
        "”{value}” är inget giltigt svar på frågan {question}. Skriv {allowed}, eller lämna cellen tom.",
    ),
    "contradicting-answers": (
        _STOP,
        (
            "Frågan {question} har två olika svar för samma kommun och dag: ”{value}” här och ”{other}” "
            "på rad {other_row}. Behåll ett av dem eller rätta datumet."
        ),
    ),
    "unknown-arena": (
        _STOP,
        "”{value}” finns inte i kolumnen arena_id i arenor.{suggestion} Skriv en arenas id.",
    ),
    "unknown-co-location": (
        _STOP,
        (
            "”{value}” är ingen annan arena.{suggestion} Skriv arena_id för den arena som lokalen delas med, "
            "eller ingen."
        ),
    ),
    "impossible-date": (
        _STOP,
        (
            "”{value}” är inget möjligt datum. Skriv år, år-månad eller år-månad-dag, till exempel 2024, "
            "2024-03 eller 2024-03-05."
        ),
    ),
    "future-date": (
        _STOP,
        "Datumet {value} har inte inträffat än. Skriv ett datum som är {today} eller tidigare.",
    ),
    "bad-number": (_STOP, "”{value}” är inget heltal mellan {lowest} och {highest}. Skriv ett heltal."),
    "bad-age": (
        _STOP,
        "”{value}” är ingen ålder i hela år. Skriv ett heltal från {lowest} till {highest}, till exempel 6.",
    ),
    "age-span-reversed": (
        _STOP,
        "Åldersspannet är bakvänt: från {value} till {other} år. Skriv den lägre åldern i alder_fran.",
    ),
    "bad-coordinate": (_STOP, "”{value}” är ingen koordinat. Skriv ett tal, till exempel {example}."),
    "half-coordinate": (
        _STOP,
        (
            "Platsen har bara en av koordinaterna {pair}. "
            "Fyll i den som saknas i {column}, eller ta bort den andra."
        ),
    ),
    "outside-sweden": (
        _STOP,
        (
            "Punkten {value} ligger inte i Sverige. Kontrollera siffrorna i {pair}; i Örebro län är det "
            "ungefär {example}."
        ),
    ),
    "bad-url": (
        _WARN,
        (
            "”{value}” är ingen webbadress och visas inte som länk. Skriv hela adressen, till exempel "
            "https://www.nora.se/familjecentral."
        ),
    ),
    "bad-postcode": (
        _WARN,
        "Postnumret ”{value}” har inte fem siffror. Skriv fem siffror, till exempel 713 31.",
    ),
    "type-guessed": (
        _WARN,
        "Arenatypen ”{value}” har tolkats som {meaning}. Stämmer det, skriv {meaning}; annars en annan typ.",
    ),
    "swapped-coordinates": (
        _WARN,
        "Koordinaterna i {pair} har bytt plats och har lästs i rätt ordning. Skriv {example}.",
    ),
    "coordinate-columns-mixed": (
        _WARN,
        "Kolumnerna {pair} innehåller koordinater i {system} och har lästs så. Flytta dem till {right_pair}.",
    ),
    "coordinate-system-recognised": (
        _NOTE,
        (
            "Koordinaterna i sweref_n och sweref_e är i SWEREF 99 TM och har räknats om till WGS 84. "
            "Ingenting behöver ändras."
        ),
    ),
    "values-normalised": (
        _NOTE,
        (
            "Värden i kolumnen {column} har skrivits om till enhetlig form, "
            "till exempel ”{value}” till ”{meaning}”. Ingenting behöver ändras."
        ),
    ),
    # the rows
    "far-from-municipality": (
        _WARN,
        (
            "Punkten för {value} ligger {distance_km} km utanför {municipality}. "
            "Kontrollera koordinaterna och kommunen."
        ),
    ),
    "same-name-same-place": (
        _WARN,
        (
            "Arenan ”{value}” har samma namn och plats som rad {other_row}. "
            "Ta bort den ena, eller skriv vad som skiljer dem åt i namnet."
        ),
    ),
    "protected-address": (
        _WARN,
        (
            "Platsen är skyddad ({display}) men raden har {given}. Uppgiften visas inte. "
            "Ta bort den ur filen om den inte behövs."
        ),
    ),
    "protected-address-in-text": (
        _WARN,
        "Kolumnen {column} nämner {what} till en skyddad plats. Cellen visas inte. Skriv om texten utan den.",
    ),
    "protected-address-in-id": (
        _WARN,
        "Kolumnen {column} nämner {what} till en skyddad plats, och id syns för alla. Ge raden ett annat id.",
    ),
    "protected-address-written": (
        _STOP,
        "Kolumnen {column} innehåller en skyddad adress. Ta bort adressen ur texten.",
    ),
    "county-only-question": (
        _WARN,
        "Frågan {value} gäller bara länet. Skriv 18 i kommunkod, eller ta bort raden.",
    ),
    "part-contradicted": (
        _WARN,
        (
            "{column} är nej, men arenan {other} på rad {other_row} uppges dela lokal med {value}. "
            "Rätta den uppgift som inte stämmer."
        ),
    ),
    "no-part-stated": (
        _NOTE,
        (
            "För familjecentralen {value} är ingen av de fyra delarna känd. "
            "Fyll i ja eller nej i fc_bmm, fc_bvc, fc_oppen_forskola och fc_socialtjanst när det är känt."
        ),
    ),
}
"""What each code means: its severity, and the Swedish sentence with the places that a finding fills."""


# a suggestion brings its own space
_SENTENCE_END = re.compile(r"(?<=[.!?])(?: |(?=\{suggestion\}))")


@dataclass(frozen=True)
class Finding:
    """One fault, or one thing worth knowing, at one place in one table.

    Personal data in the value, the column's name or the details is covered when the finding is made,
    so that no list, log or page can repeat it.

    Parameters
    ----------
    code
        A key of `CATALOGUE`. Stable: tests, files and addresses may name it.
    table
        Name of the table, as in `mapping.contract.schema.TABLES`.
    row
        The row's number in a spreadsheet, where the header is row 1. None: the whole table.
    column
        The column's name, as in the contract. None: the whole row.
    value
        The cell's text, as written. None: there is none to show.
    details
        What else the sentence needs, by the names in the template.
    count
        How many times the same fault occurs; see `merged`.
    file
        Name of the delivered file. None: known from the table alone.
    sheet
        Name of the sheet, in a workbook.

    Examples
    --------
    >>> finding = Finding("bad-slug", "arenor", 3, "arena_id", "Nora FC")
    >>> finding.severity.value, finding.place
    ('stop', 'arenor, rad 3, kolumn arena_id')
    """

    code: str
    table: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    details: Mapping[str, str] = field(default_factory=dict, hash=False)
    count: int = 1
    file: str | None = None
    sheet: str | None = None

    def __post_init__(self) -> None:
        """Cover personal data, and refuse a code that has no sentence."""
        if self.code not in CATALOGUE:
            raise KeyError(self.code)
        for name in ("value", "column", "file", "sheet"):
            text = getattr(self, name)
            if text is not None and (shown := _shown(text)) is not text:
                object.__setattr__(self, name, shown)
        if self.details:
            object.__setattr__(
                self, "details", {key: personal_data.masked(text) for key, text in self.details.items()}
            )

    @property
    def severity(self) -> Severity:
        """How serious the finding is."""
        return CATALOGUE[self.code][0]

    @property
    def place(self) -> str:
        """Where, in Swedish: file, sheet, table, row and column, as far as they are known."""
        rows = self.details.get("rows")
        row = f"rad {rows}" if rows else f"rad {self.row}" if self.row is not None else ""
        column = f"kolumn {self.column}" if self.column is not None else ""
        sheet = f"bladet {self.sheet}" if self.sheet is not None else ""
        return ", ".join(part for part in (self.file, sheet, self.table, row, column) if part)

    @property
    def message(self) -> str:
        """What is wrong and what to write instead, in one or two Swedish sentences."""
        sentence = self._filled(CATALOGUE[self.code][1])
        return sentence if self.count == 1 else f"{sentence} Gäller {self.count} ställen."

    @property
    def fault(self) -> str:
        """What is wrong: the first sentence of the message."""
        return self._filled(_SENTENCE_END.split(CATALOGUE[self.code][1], maxsplit=1)[0])

    @property
    def advice(self) -> str:
        """What to write instead: the rest of the message, without the count; empty if there is no more."""
        _, *rest = _SENTENCE_END.split(CATALOGUE[self.code][1], maxsplit=1)
        return self._filled(rest[0]).strip() if rest else ""

    def _filled(self, template: str) -> str:
        words = {
            "table": self.table,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "suggestion": "",
            "where": "Cellen",
        }
        return template.format_map({**words, **self.details})


@dataclass(frozen=True)
class Listing:
    """The findings that are shown, and how many were left out to keep the list short."""

    findings: tuple[Finding, ...]
    left_out: int


def merged(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put findings that say the same thing together: same code, file, table, column, value and details.

    The first row stays as the finding's row; `details["rows"]` names the first `ROWS_LISTED` rows, and
    `count` tells how many there are.

    Parameters
    ----------
    findings
        In any order. A finding may be merged already.

    Returns
    -------
    tuple of Finding
        Most serious first, then in the order in which they came.

    Examples
    --------
    >>> both = merged(Finding("bad-postcode", "arenor", row, "postnummer", "123") for row in (2, 7))
    >>> [(finding.row, finding.count, finding.details["rows"]) for finding in both]
    [(2, 2, '2, 7')]
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        details = tuple(sorted((key, text) for key, text in finding.details.items() if key != "rows"))
        place = (finding.file, finding.sheet, finding.table, finding.column)
        key = (finding.code, place, finding.value, details)
        groups.setdefault(key, []).append(finding)
    severity = list(Severity)
    together = (_together(group) for group in groups.values())
    return tuple(sorted(together, key=lambda finding: severity.index(finding.severity)))


def listed(findings: Iterable[Finding], *, limit: int) -> Listing:
    """Keep the first `limit` findings of each code, after merging, and count the rest.

    Parameters
    ----------
    findings
        In any order.
    limit
        How many of each code are shown, at least 1.
    """
    kept: list[Finding] = []
    seen: dict[str, int] = {}
    together = merged(findings)
    for finding in together:
        seen[finding.code] = seen.get(finding.code, 0) + 1
        if seen[finding.code] <= limit:
            kept.append(finding)
    return Listing(tuple(kept), len(together) - len(kept))


def _shown(text: str) -> str:
    text = personal_data.masked(text)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _together(group: list[Finding]) -> Finding:
    if len(group) == 1:
        return group[0]
    group = sorted(group, key=lambda finding: finding.row or 0)
    first = group[0]
    rows = [str(finding.row) for finding in group if finding.row is not None]
    named = ", ".join(rows[:ROWS_LISTED]) + (" …" if len(rows) > ROWS_LISTED else "")
    details = {**first.details, "rows": named} if rows else first.details
    return replace(first, details=details, count=sum(finding.count for finding in group))
