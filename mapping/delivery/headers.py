"""Find the header row, which column of the contract each header stands for, and which table a sheet is."""

import hashlib
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Final

from mapping import swedish
from mapping.contract import personal_data
from mapping.contract.findings import CORRECTIONS_COLUMN
from mapping.contract.schema import ARENOR, INSATSER, TABLES
from mapping.tables.csv_file import WIDEST_ROW, Score
from mapping.tables.raw_table import clean_text

HEADER_WITHIN: Final = 40
"""Among how many filled rows the header is looked for."""
FLAT = "arenor och insatser"
"""The layout of a sheet with one row an insats, and the arena's columns repeated."""
INSATS = "insats"
"""The column of a flat sheet that is the insats' name."""
AGES, POINT, NORTH, EAST = "alder", "koordinater", "nord", "ost"
COMPOUND = frozenset({AGES, POINT, NORTH, EAST})
"""Columns that hold more, or other, than one column of the contract; see `mapping.delivery.split_cells`."""
IGNORED = ""
"""What a user chooses for a column that is to be left out."""


def _axis(letter: str) -> str:
    """Give what a column of coordinates is called by its axis; the numbers tell which axis that is."""
    systems = (
        "sweref",
        "sweref99",
        "sweref 99",
        "sweref99tm",
        "sweref99 tm",
        "sweref 99 tm",
        "rt90",
        "rt 90",
    )
    named = (f"{letter} {system}, {system} {letter}, {system}{letter}" for system in systems)
    return ", ".join((letter, f"{letter}-koordinat", f"{letter}koordinat", f"koordinat {letter}", *named))


_ARENA_WORDS = {
    "arena_id": "id, arenaid, arena-id, arenans id",
    "namn": "verksamhet, arena, benämning, verksamhetens namn, arenans namn, arenanamn, verksamhetsnamn, "
    "namn på verksamhet, namn på verksamheten, namn på arena, namn på arenan, enhet, enhetens namn, "
    "enhetsnamn, skolenhet, skolenhetsnamn, skolenhetens namn, skola, skolans namn, förskola, "
    "förskolans namn, mottagning, mottagningens namn, mottagningsnamn, vårdenhet, "
    "vårdenhetens namn, vårdenhetsnamn",
    "arenatyp": "typ, typ av arena, typ av verksamhet, verksamhetstyp, arenans typ, arenakategori, kategori, "
    "skolform, enhetstyp, mottagningstyp, typ av enhet",
    "huvudman": "huvudmän, drivs av, utförare, organisation, ägare, driftsform",
    "adress": "gatuadress, besöksadress, gata, adressen, address",
    "postnummer": "postnr, post nr, zip",
    "ort": "postort, stad, tätort, besöksort",
    "betjanar_kommuner": "betjänar, andra kommuner, fler kommuner, upptagningsområde, omfattar kommuner",
    "adress_visning": "visning av adress, visa adress, adressvisning",
    "samlokaliserad_med": "samlokaliserad, delar lokal med, samlokalisering",
    "start_datum": "start, startdatum, startade, startad, öppnade, öppningsdatum, startår, start år",
    "utvecklad_datum": "utvecklad, utvecklades, senast utvecklad, utvecklad år",
    "webbplats": "webb, hemsida, webbsida, webbadress, länk, url, www, webbsajt",
    "lat": "latitud, latitude, lat wgs84, wgs84 lat, breddgrad",
    "lon": "longitud, longitude, long, lng, lon wgs84, wgs84 lon, längdgrad",
    "sweref_n": "sweref n, sweref99 n, sweref 99 tm n, n sweref, n sweref99tm, northing, n-koordinat",
    "sweref_e": "sweref e, sweref99 e, sweref 99 tm e, e sweref, e sweref99tm, easting, e-koordinat",
    POINT: "koordinat, position, gps, läge, lat/lon, lat lon, wgs84",
    NORTH: "n, nord, norr, " + _axis("y"),
    EAST: "e, öst, öster, " + _axis("x"),
    "fc_bmm": "bmm i familjecentralen, del bmm, har bmm",
    "fc_bvc": "bvc i familjecentralen, del bvc, har bvc",
    "fc_oppen_forskola": "öppen förskola i familjecentralen, del öppen förskola, har öppen förskola",
    "fc_socialtjanst": "socialtjänst i familjecentralen, del socialtjänst, har socialtjänst",
}
_PLACE_WORDS = {
    "kommunkod": "kommun kod, kommunnr, kommunnummer, kommun nr, lkf, länskommunkod",
    "kommun": "kommunnamn, kommunens namn, hemkommun, i kommun, kommuner",
}
_SHARED_WORDS = {
    "status": "läge nu, verksamhetsstatus",
    "belagg": "stöd i källan, beläggsgrad",
    "kalla": "källor, referens, referenser, källa till uppgiften, uppgiftskälla",
    "kontrollerad_datum": "kontrollerad, kontrollerat, senast kontrollerad, senast bekräftad, bekräftad, "
    "uppdaterad, senast uppdaterad, uppdaterad datum, kontrolldatum",
    "anmarkning": "anmärkningar, kommentar, kommentarer, övrigt, notering, noteringar, not",
}
_AGE_WORDS = {
    "alder_fran": "från ålder, ålder från, lägsta ålder, yngsta, ålder min, minålder, min ålder",
    "alder_till": "till ålder, ålder till, högsta ålder, äldsta, ålder max, maxålder, max ålder",
    AGES: "ålder, åldrar, åldersspann, åldersgrupp, åldersintervall, barnets ålder, barnens ålder",
}
_OFFER_WORDS = {
    "insats_id": "insatsid, insats-id, insatsens id",
    "preventionsniva": "nivå, förebyggande nivå, prevention, insatsnivå, nivåer, preventionsnivåer",
    "blivande_foraldrar": "blivande, för blivande föräldrar, väntar barn, gravida",
    "malgrupp": "målgrupper, riktar sig till, för vem, vänder sig till",
    "metod": "program, metod eller program, metod/program, metoder, föräldraprogram, föräldrastödsprogram",
    "kunskapsbas": "kunskapsgrund, evidensgrad, evidens, kunskapsunderlag",
    "barnratt": "barnets rättigheter, barnkonventionen, barnrätt i vardagen",
    "form": "arbetsform, arbetsformer, former, stödform, typ av stöd",
    "sprak": "språken, talade språk",
    "tema": "teman, ämne, ämnen, inriktning",
    "parter": "samverkansparter, aktörer, samverkan med, samarbetspartner, samarbetspartners, medverkande",
}
_OF_UPPDRAG = (
    "preventionsniva", "blivande_foraldrar", "malgrupp", "metod", "kunskapsbas", "barnratt", "form", "parter",
)  # fmt: skip
_WORDS: Mapping[str, Mapping[str, str]] = {
    "arenor": {**_ARENA_WORDS, **_PLACE_WORDS, **_SHARED_WORDS},
    "insatser": {
        **_OFFER_WORDS,
        **_AGE_WORDS,
        **_SHARED_WORDS,
        "arena_id": "arena, arenaid, arenans id, tillhör arena, hör till arena",
        "namn": "insats, insatsens namn, insatsnamn, aktivitet, benämning, stöd, stödinsats",
    },
    "kommunlage": {
        **_PLACE_WORDS,
        **_AGE_WORDS,
        "fraga": "frågan, frågor, område",
        "svar": "svaret, svarsalternativ, läge, nuläge",
        "parter": _OFFER_WORDS["parter"],
        "fritext": "kommentar, kommentarer, motivering, beskrivning, öppet svar, fri text",
        "kalla": _SHARED_WORDS["kalla"],
        "datum": "svarsdatum, datum för svar, besvarad, gäller datum",
        "roll": "funktion, svarandens funktion, befattning, besvarad av funktion",
    },
    "dialog": {
        "kommun": "kommunnamn, kommuner, länsdel, kommun eller länsdel",
        "datum": "dialogdatum, möte, mötesdatum",
        "typ": "kategori, slag, typ av inlägg",
        "text": "citat, utsaga, synpunkt, inlägg, innehåll",
        "kalla": _SHARED_WORDS["kalla"],
        "tolkning": "tolkad, klassning",
        "mal": "målsättning, målsättningar, mål i strategin",
        "preventionsniva": _OFFER_WORDS["preventionsniva"],
        "tema": _OFFER_WORDS["tema"],
        **_AGE_WORDS,
    },
    "befolkning": {
        **_AGE_WORDS,
        "kommunkod": "kommun, kommunnamn, kommunnr, kommunnummer, region, kommun kod",
        "ar": "år, årtal, year",
        "antal": "folkmängd, befolkning, invånare, personer, antal personer, antal barn, antal invånare",
        "kalla": _SHARED_WORDS["kalla"],
    },
    "orter": {
        "ort": "tätort, namn, ortnamn",
        "kommunkod": _PLACE_WORDS["kommunkod"] + ", kommun",
        "lat": _ARENA_WORDS["lat"],
        "lon": _ARENA_WORDS["lon"],
        "befolkning": "folkmängd, invånare",
        "palitlig": "pålitligt läge",
        "kalla": _SHARED_WORDS["kalla"],
    },
    "uppdrag": {
        **_AGE_WORDS,
        **{word: _OFFER_WORDS[word] for word in _OF_UPPDRAG},
        "uppdrag_id": "uppdragsid, uppdrag-id, uppdragets id",
        "galler": f"arenatyp, {_ARENA_WORDS['arenatyp']}",
        "namn": "uppdrag, uppdragets namn",
        "grund": "laglig grund, stöd i lag",
        "kalla": _SHARED_WORDS["kalla"],
        "kontrollerad_datum": _SHARED_WORDS["kontrollerad_datum"],
        "anmarkning": _SHARED_WORDS["anmarkning"],
    },
    FLAT: {
        **_ARENA_WORDS,
        **_PLACE_WORDS,
        **_OFFER_WORDS,
        **_AGE_WORDS,
        **_SHARED_WORDS,
        INSATS: "insatsens namn, insatsnamn, insatser, aktivitet, aktiviteter, stödinsats, stöd, erbjudande",
    },
}
_SPLIT_INTO: Mapping[str, tuple[str, ...]] = {
    AGES: ("alder_fran", "alder_till"),
    POINT: ("lat", "lon"),
    NORTH: ("lat",),
    EAST: ("lon",),
}
_TABLE_WORDS: Mapping[str, tuple[str, ...]] = {
    "arenor": ("arenor", "arena", "verksamheter"),
    "insatser": ("insatser", "insats", "aktiviteter"),
    "kommunlage": ("kommunlage", "kommunlaget", "kommunenkat"),
    "dialog": ("dialog", "dialoger"),
    "befolkning": ("befolkning", "folkmangd"),
    "orter": ("orter",),
    "uppdrag": ("uppdrag", "typvarden"),
}
_SIGNS = {
    "insatser": frozenset({"insats_id", "arena_id", "namn"}),
    "kommunlage": frozenset({"fraga", "svar"}),
    "dialog": frozenset({"text"}),
    "uppdrag": frozenset({"uppdrag_id", "grund"}),
}
"""Columns of which a sheet has one, or it is not that table."""
_OF_OFFERS_ONLY = tuple(column.name for column in INSATSER.columns if column.name not in ARENOR)


@dataclass(frozen=True)
class Header:
    """How the header row of a sheet was understood."""

    written: tuple[str, ...]
    """The headers, clean, without blank ones at the end."""
    layout: str | None
    """The table's name, `FLAT`, or None if it is not known."""
    columns: tuple[str | None, ...]
    """For each header the column of the contract it was taken for, `IGNORED`, or None if it is not known."""

    @cached_property
    def fingerprint(self) -> str:
        """Names this header row, for `mapping.delivery.delivery.deliver(columns=…)`."""
        return fingerprint(self.written)

    @cached_property
    def taken(self) -> Mapping[str, str | None]:
        """Written header, personal data covered → the column it was taken for, as in `columns`."""
        named = zip(self.written, self.columns, strict=True)
        return {personal_data.masked(name): column for name, column in named if name}

    @cached_property
    def suggestions(self) -> Mapping[str, tuple[str, ...]]:
        """Written header that is not known → columns it resembles."""
        return {
            name: suggestions(name, self.layout, self.columns)
            for name, column in self.taken.items()
            if column is None
        }

    @property
    def choices(self) -> tuple[str, ...]:
        """Every column that a header may be taken for."""
        return () if self.layout is None else columns_of(self.layout)

    def without(self, column: str) -> "Header":
        """Give the same header row, where what was taken for a column is not known."""
        return replace(self, columns=tuple(None if one == column else one for one in self.columns))


def read_header(
    cells: Iterable[str], names: Sequence[str], chosen: Mapping[str, Mapping[str, str]]
) -> Header:
    """Understand a header row, in a sheet and a file of these names, the sheet's first.

    `chosen` is fingerprint of a header row → written header → the column that the user chose, or `IGNORED`.
    """
    written = _written(cells)
    choice = chosen.get(fingerprint(written), {})
    layout = layout_of(written, names, choice)
    columns = matched(written, layout, choice) if layout is not None else (None,) * len(written)
    return Header(written, layout, columns)


def header_score(chosen: Mapping[str, object]) -> Score:
    """Give the measure by which a file's header row is found, and its delimiter with it.

    A row that the user has told about goes before any other; else the one with the most known words.
    """

    def score(cells: Sequence[str]) -> int:
        if chosen and fingerprint(_written(cells)) in chosen:
            return WIDEST_ROW
        return known_words(cells)

    return score


def is_ours(written: str) -> bool:
    """Tell whether a header is that of the column we put in a file that we give back."""
    return clean_text(written).startswith(CORRECTIONS_COLUMN)


def _written(cells: Iterable[str]) -> tuple[str, ...]:
    written = [clean_text(cell) for cell in cells if not is_ours(cell)]
    while written and not written[-1]:
        written.pop()
    return tuple(written)


def columns_of(layout: str) -> tuple[str, ...]:
    """Give the columns that a sheet of a layout may have: those of its table, or of both tables if flat."""
    if layout != FLAT:
        return tuple(column.name for column in TABLES[layout].columns)
    return (*(column.name for column in ARENOR.columns), INSATS, *_OF_OFFERS_ONLY)


@lru_cache(maxsize=4096)
def header_words(written: str) -> str:
    """Fold a written header, without units and other words in brackets.

    Examples
    --------
    >>> header_words("Ålder (år)"), header_words("Lat/Lon")
    ('alder', 'lat_lon')
    """
    plain = re.sub(r"\([^)]*\)", " ", written) if re.sub(r"\([^)]*\)", "", written).strip() else written
    return re.sub(r"[^a-z0-9]+", "_", swedish.folded(plain)).strip("_")


@cache
def _names(layout: str) -> Mapping[str, str]:
    names = {header_words(name): name for name in columns_of(layout)}
    for name, words in _WORDS[layout].items():
        for word in (name, *words.split(", ")):
            names.setdefault(header_words(word), name)
    return names


@cache
def _every_word() -> frozenset[str]:
    return frozenset(word for layout in _WORDS for word in _names(layout))


def known_words(cells: Iterable[str]) -> int:
    """Count the cells of a row that could be a column's name, in any table.

    Examples
    --------
    >>> known_words(["Verksamhet", "Typ", "Vår egen kolumn"])
    2
    """
    return len({word for cell in set(cells) if (word := header_words(cell)) in _every_word()})


def matched(
    written: Sequence[str], layout: str, chosen: Mapping[str, str] | None = None
) -> tuple[str | None, ...]:
    """Give the column of the contract that each clean header stands for, as `Header.columns`.

    A column's own name goes before other words for it, and what the user chose before both.

    Examples
    --------
    >>> matched(["Benämning", "Typ", "Skola?"], "arenor", {"Skola?": "anmarkning"})
    ('namn', 'arenatyp', 'anmarkning')
    """
    names = set(columns_of(layout))
    may_be = {IGNORED, *_SPLIT_INTO, *names}
    chosen = {name: column for name, column in (chosen or {}).items() if column in may_be}
    found: list[str | None] = [chosen.get(name) for name in written]
    wanted = set(found)
    # a column's own name first: another word for it is free only if nothing has that name
    for own_name in (True, False):
        taken = {column for column in found if column is not None}
        for place, name in enumerate(written):
            column = _names(layout).get(header_words(name)) if name else None
            is_own = column is not None and header_words(name) == header_words(column) and column in names
            if found[place] is None and column is not None and is_own is own_name:
                is_taken = column in taken or bool(taken & set(_SPLIT_INTO.get(column, ())))
                if column in wanted if own_name else is_taken:
                    continue
                found[place] = column
                taken.add(column)
    return tuple(found)


def layout_of(
    written: Sequence[str], names: Sequence[str], chosen: Mapping[str, str] | None = None
) -> str | None:
    """Tell which table a sheet is, or that it is `FLAT`: by what it is called, else by its columns.

    None if too few headers are known.

    Examples
    --------
    >>> layout_of(["Verksamhet", "Typ", "Kommun"], ["Blad1", "underlag"])
    'arenor'
    >>> layout_of(["Verksamhet", "Typ", "Kommun", "Insats", "Ålder"], ["Blad1"])
    'arenor och insatser'
    """
    named = next((table for name in names if (table := table_named(name))), None)
    flat = {column for column in matched(written, FLAT, chosen) if column}
    if named in {None, "arenor", "insatser"} and _is_flat(flat, is_named=named is not None):
        return FLAT
    has = {table: found(written, table, chosen) for table in TABLES}
    if named is not None and _tells_more(written, named, chosen):
        named = None
    if named is not None and not missing(has[named], named):
        return named
    # what a sheet is called says nothing of a sheet beside it, but decides between tables that fit as well
    fits = [table for table in TABLES if table == named or _may_be_guessed(written, table, chosen)]
    best = max(fits, key=lambda table: (len(has[table]), table == named, not missing(has[table], table)))
    return best if len(has[best]) >= 2 else None


def missing(has: Container[str], layout: str) -> tuple[str, ...]:
    """Give the columns that a sheet with some columns of the contract lacks and must have.

    Examples
    --------
    >>> missing({"namn", "kommun"}, "arenor")
    ('arenatyp',)
    """
    table = ARENOR if layout == FLAT else TABLES[layout]
    lacking = [c.name for c in table.columns if (c.required or c.must_exist) and c.name not in has]
    is_placed = not table.places or "kommunkod" in has or "kommun" in has
    return (*lacking, *(() if is_placed else ("kommunkod",)))


def _may_be_guessed(written: Sequence[str], table: str, chosen: Mapping[str, str] | None) -> bool:
    """Tell whether columns alone may make a sheet this table, which nobody has named.

    A register of arenas has the columns of a locality, and those of a population if it counts children.
    """
    if table in _SIGNS:
        return bool(_SIGNS[table] & found(written, table, chosen))
    if table == ARENOR.name:
        return True
    is_own = any(column not in ARENOR for column in found(written, table, chosen))
    return is_own and not _tells_more(written, table, chosen)


def _tells_more(written: Sequence[str], table: str, chosen: Mapping[str, str] | None) -> bool:
    """Tell whether a sheet has columns of an arena that localities, populations and duties do not have."""
    both = zip(matched(written, "arenor", chosen), matched(written, table, chosen), strict=True)
    more = {of_arena for of_arena, column in both if of_arena and not column}
    return table in {"befolkning", "orter", "uppdrag"} and not more <= {*_SHARED_WORDS}


def _is_flat(found: AbstractSet[str], *, is_named: bool) -> bool:
    """Tell whether the columns are both those of an arena and those of what it offers."""
    is_arena = "arenatyp" in found
    if found & {INSATS, "insats_id"}:
        is_placed = "namn" in found and bool(found & {"kommun", "kommunkod"})
        return is_arena or (is_placed and "arena_id" not in found)
    return is_arena and "namn" in found and not is_named and len(found & {*_OF_OFFERS_ONLY, AGES}) >= 2


def found(written: Sequence[str], table: str, chosen: Mapping[str, str] | None = None) -> AbstractSet[str]:
    """Give the columns of a table that clean headers give a value, some of them a part each of one cell."""
    columns = {column for column in matched(written, table, chosen) if column}
    return columns.union(*(_SPLIT_INTO.get(column, ()) for column in columns)) & {*columns_of(table)}


def table_named(name: str) -> str | None:
    """Tell which table a sheet or a file is called; None if it is called none, or several."""
    words = set(header_words(name).split("_"))
    tables = [table for table, known in _TABLE_WORDS.items() if words & set(known)]
    return tables[0] if len(tables) == 1 else None


def fingerprint(written: Sequence[str]) -> str:
    """Name a row of clean headers, so that what a user chose can be remembered for the next file like it."""
    return hashlib.sha256("\x1f".join(written).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def suggestions(written: str, layout: str | None, taken: Iterable[str | None]) -> tuple[str, ...]:
    """Give the columns that an unknown header resembles and no other was taken for, the closest first."""
    occupied = set(taken)
    layouts = [layout] if layout is not None else [*_WORDS]
    words = {
        word: name
        for each in layouts
        for word, name in _names(each).items()
        if name not in occupied and name not in {NORTH, EAST} and len(word) > 2
    }
    close = swedish.resembling(header_words(written), words, most=3, likeness=0.6)
    return tuple(dict.fromkeys(words[word] for word in close))
