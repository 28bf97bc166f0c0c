"""Explain each column of the contract to the person who fills it in, in Swedish."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from mapping.contract import vocabulary
from mapping.contract.schema import COORDINATE_EXAMPLES, EMPTY, LIST_SEPARATOR, LISTS, Column, Kind, Table
from mapping.swedish import either

TABLE_TITLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "arenor": "Arenor",
        "insatser": "Insatser",
        "kommunlage": "Kommunernas läge",
        "dialog": "Dialoger",
        "befolkning": "Befolkning",
        "orter": "Orter",
        "typvarden": "Typvärden",
    }
)
"""What each table is called in headings."""

TABLE_MEANING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "arenor": "En rad för varje arena: en plats, eller en digital eller mobil tjänst, där föräldrar får "
        "stöd.",
        "insatser": "En rad för varje insats: något som erbjuds på en arena, för vissa åldrar, på en eller "
        "flera preventionsnivåer.",
        "kommunlage": "En rad för varje svar på en fråga om kommunen eller länet, ett visst datum.",
        "dialog": "En rad för varje framgångsfaktor, utmaning, behov eller nästa steg ur en dialog.",
        "befolkning": "En rad för antalet personer i ett åldersspann, i en kommun, ett år.",
        "orter": "En rad för varje ort med koordinater, för att placera arenor som saknar egna.",
        "typvarden": "En rad för vad som är vanligt för en arenatyp. Visas som typvärde och avgör inga mål.",
    }
)
"""What one row of each table is."""

UNKNOWN_RULE: Final = "Tom cell betyder att uppgiften inte är känd, aldrig nej eller noll."
"""The reading rule that everybody who fills in a table needs first."""

QUESTION_TITLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "kartlaggning": "Hur långt har kartläggningen av arenor och insatser kommit?",
        "behovsinventering": "Är föräldrarnas behov inventerade?",
        "barnratt_information": "Får föräldrar information om barnets rättigheter?",
        "kompetensinsats": "Erbjuds professioner kompetenshöjande insatser?",
        "validerade_indikatorer": "Hur används validerade indikatorer?",
        "ej_nadda_grupper": "Hur ser arbetet ut för att nå föräldrar som inte nås?",
        "regional_overenskommelse": "Finns en regional överenskommelse om familjecentraler?",
        "regional_stodorganisation": "Finns en regional stödjande organisation?",
        "samverkansgrupp": "Finns en lednings- eller samverkansgrupp?",
        "samverkansgrupp_plan": "Ska en befintlig samverkansgrupp breddas?",
        "strategisk_funktion": "Finns en utsedd strategisk funktion?",
        "samverkan": "Hur ser samverkan kring insatser ut?",
    }
)
"""Each question of `kommunlage` in full."""

ANSWER_LABEL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ej_paborjad": "Inte påbörjad",
        "pagar": "Pågår",
        "klar": "Klar",
        "nej": "Nej",
        "ja": "Ja",
        "0": "Inte påbörjat",
        "1": "Enstaka eller planerat",
        "2": "Finns, delvis dokumenterat",
        "3": "Finns, dokumenterat och uppföljt",
        "saknas": "Saknas",
        "utkast": "Utkast",
        "beslutad": "Beslutad",
        "utan_uppdrag": "Finns, men utan uppdrag",
        "planerad": "Planerad",
    }
)
"""Each answer of `kommunlage` in words."""

_MEANING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "arena_id": "Arenans id. Ska vara detsamma varje gång filen lämnas.",
        "insats_id": "Insatsens id. Ska vara detsamma varje gång filen lämnas.",
        "namn": "Vad arenan eller insatsen heter.",
        "arenatyp": "Vilket slags arena det är.",
        "status": "Om verksamheten är i gång. Tom cell läses som okand.",
        "kommunkod": "Kommunens kod, eller 18 för hela länet.",
        "kommun": "Kommunens namn. Räcker i stället för kommunkod.",
        "betjanar_kommuner": "Andra kommuner som arenan också är till för.",
        "huvudman": "Vem som driver arenan.",
        "adress": "Gata och nummer.",
        "postnummer": "Fem siffror.",
        "ort": "Postort eller ort.",
        "adress_visning": "Hur mycket av platsen som får visas. Välj ort eller dold för skyddade platser. "
        "Tom cell läses som full.",
        "lat": "Latitud i WGS 84, med decimaler. Fyll i lon också, eller använd sweref_n och sweref_e.",
        "lon": "Longitud i WGS 84, med decimaler. Fyll i lat också, eller använd sweref_n och sweref_e.",
        "sweref_n": "Nordlig koordinat i SWEREF 99 TM, i meter. Fyll i sweref_e också.",
        "sweref_e": "Ostlig koordinat i SWEREF 99 TM, i meter. Fyll i sweref_n också.",
        "samlokaliserad_med": "Id för den arena som lokalen delas med, oftast en familjecentral. "
        "Skriv ingen om lokalen inte delas.",
        "fc_bmm": "Bara för familjecentraler: om mödrahälsovården finns där.",
        "fc_bvc": "Bara för familjecentraler: om barnhälsovården finns där.",
        "fc_oppen_forskola": "Bara för familjecentraler: om den öppna förskolan finns där.",
        "fc_socialtjanst": "Bara för familjecentraler: om förebyggande socialtjänst finns där.",
        "start_datum": "När verksamheten öppnade, eller ska öppna om den är planerad.",
        "utvecklad_datum": "När verksamheten senast utvecklades i grunden.",
        "webbplats": "Adressen till arenans egen sida.",
        "belagg": "Hur källan stöder raden. Tom cell läses som direkt.",
        "kalla": "Var uppgiften kommer ifrån: en webbadress, ett dokument eller en funktion.",
        "kontrollerad_datum": "När någon senast bekräftade raden, även om inget ändrades.",
        "anmarkning": "Annat som behöver sägas om raden. Inga personuppgifter.",
        "preventionsniva": "Vilken eller vilka preventionsnivåer insatsen finns på.",
        "alder_fran": "Barnets lägsta ålder i hela år.",
        "alder_till": "Barnets högsta ålder i hela år. Året räknas med.",
        "blivande_foraldrar": "Om insatsen också är till för blivande föräldrar.",
        "malgrupp": "Vem insatsen är till för. Skriv alla_foraldrar om den är till för alla.",
        "metod": "Program eller metod.",
        "kunskapsbas": "Vad insatsen bygger på.",
        "barnratt": "Om insatsen handlar om barnets rättigheter i vardagen.",
        "form": "Hur insatsen ges.",
        "sprak": "Vilka språk insatsen ges på, som språkkoder enligt ISO 639-1.",
        "tema": "Vad insatsen handlar om.",
        "parter": "Vilka som gör det tillsammans. En kommunkod går också bra. "
        "Lägg till ofullstandig om det kan finnas fler.",
        "fraga": "Vilken fråga raden svarar på.",
        "svar": "Svaret på frågan. Vilka svar som går att ge beror på frågan.",
        "fritext": "Svaret med egna ord, ordagrant.",
        "datum": "Vilket datum uppgiften gäller.",
        "roll": "Vilken funktion som svarade. Aldrig ett namn.",
        "typ": "Vad som beskrivs.",
        "text": "Vad som sades, i en eller ett par meningar. Inga personuppgifter.",
        "tolkning": "Vem som har avgjort vilket slag det är.",
        "ar": "Året som antalet gäller, den 31 december.",
        "antal": "Antal personer.",
        "befolkning": "Antal invånare på orten.",
        "palitlig": "Om koordinaterna går att lita på. Bara ja placerar arenor.",
    }
)
_OWN_MEANING: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("insatser", "arena_id"): "Id för arenan där insatsen finns. Måste stå i tabellen arenor.",
        ("arenor", "namn"): "Arenans namn.",
        ("insatser", "namn"): "Insatsens namn.",
        (
            "kommunlage",
            "parter",
        ): "Vilka som är med, när frågan gäller det. En kommunkod går också bra. "
        "Lägg till ofullstandig om det kan finnas fler.",
        ("dialog", "kommun"): "Vilken eller vilka kommuner dialogen gällde. En länsdel går också bra.",
        ("orter", "ort"): "Ortens namn.",
        ("orter", "kommunkod"): "Koden för kommunen som orten ligger i.",
    }
)
_TITLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "arena_id": "Arenans id",
        "insats_id": "Insatsens id",
        "namn": "Namn",
        "arenatyp": "Arenatyp",
        "status": "Status",
        "kommunkod": "Kommunkod",
        "kommun": "Kommun",
        "betjanar_kommuner": "Betjänar också",
        "huvudman": "Huvudman",
        "adress": "Adress",
        "postnummer": "Postnummer",
        "ort": "Ort",
        "adress_visning": "Visning av adressen",
        "lat": "Latitud",
        "lon": "Longitud",
        "sweref_n": "SWEREF 99 TM, nord",
        "sweref_e": "SWEREF 99 TM, öst",
        "samlokaliserad_med": "Delar lokal med",
        "fc_bmm": "Mödrahälsovård på familjecentralen",
        "fc_bvc": "Barnhälsovård på familjecentralen",
        "fc_oppen_forskola": "Öppen förskola på familjecentralen",
        "fc_socialtjanst": "Förebyggande socialtjänst på familjecentralen",
        "start_datum": "Öppnade",
        "utvecklad_datum": "Senast utvecklad",
        "webbplats": "Webbplats",
        "belagg": "Belägg",
        "kalla": "Källa",
        "kontrollerad_datum": "Senast bekräftad",
        "anmarkning": "Anmärkning",
        "preventionsniva": "Preventionsnivå",
        "alder_fran": "Ålder från",
        "alder_till": "Ålder till",
        "blivande_foraldrar": "För blivande föräldrar",
        "malgrupp": "Målgrupp",
        "metod": "Metod",
        "kunskapsbas": "Kunskapsbas",
        "barnratt": "Barnets rättigheter",
        "form": "Form",
        "sprak": "Språk",
        "tema": "Tema",
        "parter": "Parter",
        "fraga": "Fråga",
        "svar": "Svar",
        "fritext": "Med egna ord",
        "datum": "Datum",
        "roll": "Funktion som svarade",
        "typ": "Slag",
        "text": "Text",
        "tolkning": "Tolkning",
        "ar": "År",
        "antal": "Antal personer",
        "befolkning": "Invånare",
        "palitlig": "Pålitliga koordinater",
    }
)

EXAMPLE_ROW: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "arenor": {
            "arena_id": "exempel-familjecentral",
            "namn": "Familjecentralen Exemplet",
            "arenatyp": "familjecentral",
            "status": "aktiv",
            "kommunkod": "1880",
            "kommun": "Örebro",
            "betjanar_kommuner": "1881 | 1814",
            "huvudman": "Örebro kommun | Region Örebro län",
            "adress": "Exempelgatan 1",
            "postnummer": "702 10",
            "ort": "Örebro",
            "adress_visning": "full",
            "lat": COORDINATE_EXAMPLES["lat"],
            "lon": COORDINATE_EXAMPLES["lon"],
            "samlokaliserad_med": "ingen",
            "fc_bmm": "ja",
            "fc_bvc": "ja",
            "fc_oppen_forskola": "ja",
            "fc_socialtjanst": "nej",
            "start_datum": "2018",
            "utvecklad_datum": "2024-03",
            "webbplats": "https://www.exempel.se/familjecentral",
            "belagg": "direkt",
            "kalla": "https://www.exempel.se/familjecentral | Verksamhetsplan 2024",
            "kontrollerad_datum": "2024-03-05",
            "anmarkning": "Öppet även på lov.",
        },
        "insatser": {
            "insats_id": "exempel-familjecentral--foraldragrupp",
            "arena_id": "exempel-familjecentral",
            "namn": "Föräldragrupp",
            "preventionsniva": "universell | selektiv",
            "alder_fran": "0",
            "alder_till": "6",
            "blivande_foraldrar": "ja",
            "malgrupp": "alla_foraldrar",
            "metod": "ABC",
            "kunskapsbas": "evidens",
            "barnratt": "ja",
            "form": "grupp | digital",
            "sprak": "sv | ar",
            "tema": "samspel | vardagsrutiner",
            "parter": "kommun | region",
            "status": "aktiv",
            "belagg": "direkt",
            "kalla": "Verksamhetsplan 2024",
            "kontrollerad_datum": "2024-03-05",
            "anmarkning": "Ges varje termin.",
        },
        "kommunlage": {
            "kommunkod": "1880",
            "kommun": "Örebro",
            "fraga": "samverkansgrupp",
            "svar": "ja",
            "parter": "skola | socialtjanst | region",
            "alder_fran": "0",
            "alder_till": "18",
            "fritext": "Gruppen träffas fyra gånger om året.",
            "kalla": "Handlingsplan 2024",
            "datum": "2024-03-05",
            "roll": "Folkhälsostrateg",
        },
        "dialog": {
            "kommun": "Örebro | Kumla",
            "datum": "2024-03",
            "typ": "framgangsfaktor",
            "text": "Verksamheterna känner varandra väl.",
            "kalla": "Dialograpport 2024",
            "tolkning": "klassad",
        },
        "befolkning": {
            "kommunkod": "1880",
            "ar": "2023",
            "alder_fran": "0",
            "alder_till": "5",
            "antal": "1200",
            "kalla": "SCB, folkmängd 31 december",
        },
        "orter": {
            "ort": "Örebro",
            "kommunkod": "1880",
            "lat": COORDINATE_EXAMPLES["lat"],
            "lon": COORDINATE_EXAMPLES["lon"],
            "befolkning": "1200",
            "palitlig": "ja",
            "kalla": "GeoNames (CC BY 4.0)",
        },
        "typvarden": {
            "arenatyp": "familjecentral",
            "alder_fran": "0",
            "alder_till": "6",
            "preventionsniva": "universell",
            "blivande_foraldrar": "ja",
            "kalla": "Kartläggning av familjecentraler 2023",
        },
    }
)
"""One made-up row of each table that a dataset may hold as it stands. SWEREF columns are left empty: one
pair of coordinates is enough."""


@dataclass(frozen=True)
class Guidance:
    """What somebody needs to know to fill in one column.

    Parameters
    ----------
    title
        The column's name in ordinary words.
    meaning
        What the column holds, in a Swedish sentence or two.
    form
        How a cell is written, in a Swedish sentence; empty if any text will do.
    required
        Whether every row must have it: "ja", "nej", or what else is enough.
    example
        A cell that is right.
    allowed
        Code → Swedish label, where only certain words are allowed; else empty.
    """

    title: str
    meaning: str
    form: str
    required: str
    example: str
    allowed: Mapping[str, str]


@cache
def guidance(table: Table, column: Column) -> Guidance:
    """Tell how a column is filled in.

    Examples
    --------
    >>> from mapping.contract.schema import ARENOR
    >>> guidance(ARENOR, ARENOR["kommunkod"]).required
    'ja, eller kommun'
    >>> guidance(ARENOR, ARENOR["start_datum"]).form
    'År, år-månad eller år-månad-dag, till exempel 2024, 2024-03 eller 2024-03-05.'
    """
    return Guidance(
        title=_TITLE[column.name],
        meaning=_OWN_MEANING.get((table.name, column.name), _MEANING[column.name]),
        form=_form(column),
        required=_required(table, column),
        example=EXAMPLE_ROW[table.name].get(column.name) or COORDINATE_EXAMPLES[column.name],
        allowed=allowed(column),
    )


def allowed(column: Column) -> Mapping[str, str]:
    """Give the codes that a column takes, each with its Swedish label; none if any text will do.

    `svar` has the answers of every question, because which of them fit depends on the row's question.
    """
    if column.name == "fraga":
        return QUESTION_TITLE
    if column.name == "svar":
        return ANSWER_LABEL
    if column.vocabulary is not None:
        return column.vocabulary
    return vocabulary.AREAS if column.kind in {Kind.AREA, Kind.AREAS} else MappingProxyType({})


def answers() -> Mapping[str, str]:
    """Give the answers that each question of `kommunlage` takes, in words.

    Examples
    --------
    >>> answers()["kartlaggning"]
    'ej_paborjad, pagar eller klar'
    """
    return {question: either(words) for question, words in vocabulary.ANSWERS.items()}


def _required(table: Table, column: Column) -> str:
    if column.required:
        return "ja"
    if column.name == table.key:
        return "ja, men kolumnen får saknas helt"
    if table.places and column.name in {"kommunkod", "kommun"}:
        return f"ja, eller {'kommun' if column.name == 'kommunkod' else 'kommunkod'}"
    return "kolumnen ska finnas, men cellen får vara tom" if column.must_exist else "nej"


_FORMS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.SLUG: "Bara små bokstäver a–z, siffror och bindestreck.",
        Kind.CODE: "Någon av koderna.",
        Kind.CODES: "En eller flera av koderna.",
        Kind.AREA: "Kommunens kod eller namn.",
        Kind.AREAS: "En eller flera kommuner, med kod eller namn.",
        Kind.LANGUAGES: "Två bokstäver för varje språk.",
        Kind.DATE: "År, år-månad eller år-månad-dag, till exempel 2024, 2024-03 eller 2024-03-05.",
        Kind.DECIMAL: "Ett tal, med decimalkomma eller decimalpunkt.",
        Kind.URL: "Hela adressen, med https:// först.",
        Kind.POSTCODE: "Fem siffror, med eller utan mellanslag.",
    }
)


def _form(column: Column) -> str:
    sentence = _FORMS.get(column.kind, EMPTY)
    if column.kind in {Kind.WHOLE, Kind.AGE}:
        sentence = f"Ett heltal från {column.lowest} till {column.highest}."
    if column.kind in LISTS:
        sentence = f"{sentence} Skilj flera värden åt med {LIST_SEPARATOR}".strip() + "."
    return sentence
