"""Explain each column of the contract to the person who fills it in, in Swedish."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from mapping.contract import vocabulary
from mapping.contract.schema import COORDINATE_EXAMPLES, EMPTY, LIST_SEPARATOR, LISTS, Column, Kind, Table
from mapping.swedish import either

TABLE_TITLE: Final[Mapping[str, str]] = {
    "arenor": "Arenor",
    "insatser": "Insatser",
    "kommunlage": "Kommunernas läge",
    "dialog": "Dialoger",
    "befolkning": "Befolkning",
    "orter": "Orter",
    "uppdrag": "Uppdrag",
}
"""What each table is called in headings."""

TABLE_MEANING: Final[Mapping[str, str]] = {
    "arenor": "En rad för varje arena: en plats, eller en digital eller mobil tjänst, där föräldrar får "
    "stöd.",
    "insatser": "En rad för varje insats: något som erbjuds på en arena, för vissa åldrar, på en eller "
    "flera preventionsnivåer.",
    "kommunlage": "En rad för varje svar på en fråga om kommunen eller länet, ett visst datum.",
    "dialog": "En rad för varje framgångsfaktor, utmaning, behov eller nästa steg ur en dialog.",
    "befolkning": "En rad för antalet personer i ett åldersspann, i en kommun, ett år.",
    "orter": "En rad för varje ort med koordinater, för att placera arenor som saknar egna.",
    "uppdrag": "En rad för vad en arenatyp, eller varje kommun, ska eller brukar erbjuda, med källa. "
    "Avgör aldrig mål som belägg.",
}
"""What one row of each table is."""

UNKNOWN_RULE: Final = "Tom cell betyder att uppgiften inte är känd, aldrig nej eller noll."
"""The reading rule that everybody who fills in a table needs first."""

QUESTION_TITLE: Final[Mapping[str, str]] = {
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
"""Each question of `kommunlage` in full."""

ANSWER_LABEL: Final[Mapping[str, str]] = {
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
"""Each answer of `kommunlage` in words."""

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "arena_id": (
        "Arenans id",
        "Arenans id. Ska vara detsamma varje gång, annars känns arenan igen på namn och kommun.",
    ),
    "insats_id": ("Insatsens id", "Insatsens id. Ska vara detsamma varje gång filen lämnas."),
    "namn": ("Namn", "Vad arenan eller insatsen heter."),
    "arenatyp": ("Arenatyp", "Vilket slags arena det är."),
    "status": ("Status", "Om verksamheten är i gång. Tom cell läses som okand."),
    "kommunkod": ("Kommunkod", "Kommunens kod, eller 18 för hela länet."),
    "kommun": ("Kommun", "Kommunens namn. Räcker i stället för kommunkod."),
    "betjanar_kommuner": ("Betjänar också", "Andra kommuner som arenan också är till för."),
    "huvudman": ("Huvudman", "Vem som driver arenan."),
    "adress": ("Adress", "Gata och nummer."),
    "postnummer": ("Postnummer", "Fem siffror."),
    "ort": ("Ort", "Postort eller ort."),
    "adress_visning": (
        "Visning av adressen",
        (
            "Hur mycket av platsen som får visas. Välj ort eller dold för skyddade platser. "
            "Tom cell läses som full, men den som redan är skyddad är det tills någon skriver full."
        ),
    ),
    "lat": (
        "Latitud",
        "Latitud i WGS 84, med decimaler. Fyll i lon också, eller använd sweref_n och sweref_e.",
    ),
    "lon": (
        "Longitud",
        "Longitud i WGS 84, med decimaler. Fyll i lat också, eller använd sweref_n och sweref_e.",
    ),
    "sweref_n": ("SWEREF 99 TM, nord", "Nordlig koordinat i SWEREF 99 TM, i meter. Fyll i sweref_e också."),
    "sweref_e": ("SWEREF 99 TM, öst", "Ostlig koordinat i SWEREF 99 TM, i meter. Fyll i sweref_n också."),
    "samlokaliserad_med": (
        "Delar lokal med",
        (
            "Id för den arena som lokalen delas med, oftast en familjecentral. "
            "Skriv ingen om lokalen inte delas."
        ),
    ),
    "fc_bmm": (
        "Mödrahälsovård på familjecentralen",
        "Bara för familjecentraler: om mödrahälsovården finns där.",
    ),
    "fc_bvc": (
        "Barnhälsovård på familjecentralen",
        "Bara för familjecentraler: om barnhälsovården finns där.",
    ),
    "fc_oppen_forskola": (
        "Öppen förskola på familjecentralen",
        "Bara för familjecentraler: om den öppna förskolan finns där.",
    ),
    "fc_socialtjanst": (
        "Förebyggande socialtjänst på familjecentralen",
        "Bara för familjecentraler: om förebyggande socialtjänst finns där.",
    ),
    "start_datum": ("Öppnade", "När verksamheten öppnade, eller ska öppna om den är planerad."),
    "utvecklad_datum": ("Senast utvecklad", "När verksamheten senast utvecklades i grunden."),
    "webbplats": ("Webbplats", "Adressen till arenans egen sida."),
    "belagg": ("Belägg", "Hur källan stöder raden. Tom cell läses som direkt."),
    "kalla": ("Källa", "Var uppgiften kommer ifrån: en webbadress, ett dokument eller en funktion."),
    "kontrollerad_datum": ("Senast bekräftad", "När någon senast bekräftade raden, även om inget ändrades."),
    "anmarkning": ("Anmärkning", "Annat som behöver sägas om raden. Inga personuppgifter."),
    "preventionsniva": ("Preventionsnivå", "Vilken eller vilka preventionsnivåer insatsen finns på."),
    "alder_fran": ("Ålder från", "Barnets lägsta ålder i hela år."),
    "alder_till": ("Ålder till", "Barnets högsta ålder i hela år. Året räknas med."),
    "blivande_foraldrar": ("För blivande föräldrar", "Om insatsen också är till för blivande föräldrar."),
    "malgrupp": ("Målgrupp", "Vem insatsen är till för. Skriv alla_foraldrar om den är till för alla."),
    "metod": ("Metod", "Program eller metod."),
    "kunskapsbas": ("Kunskapsbas", "Vad insatsen bygger på."),
    "barnratt": ("Barnets rättigheter", "Om insatsen handlar om barnets rättigheter i vardagen."),
    "form": ("Form", "Hur insatsen ges."),
    "sprak": ("Språk", "Vilka språk insatsen ges på, som språkkoder enligt ISO 639-1."),
    "tema": ("Tema", "Vad insatsen handlar om."),
    "parter": (
        "Parter",
        (
            "Vilka som gör det tillsammans. En kommunkod går också bra. "
            "Lägg till ofullstandig om det kan finnas fler."
        ),
    ),
    "fraga": ("Fråga", "Vilken fråga raden svarar på."),
    "svar": ("Svar", "Svaret på frågan. Vilka svar som går att ge beror på frågan."),
    "fritext": ("Med egna ord", "Svaret med egna ord, ordagrant."),
    "datum": ("Datum", "Vilket datum uppgiften gäller."),
    "roll": ("Funktion som svarade", "Vilken funktion som svarade. Aldrig ett namn."),
    "typ": ("Slag", "Vad som beskrivs."),
    "text": ("Text", "Vad som sades, i en eller ett par meningar. Inga personuppgifter."),
    "tolkning": ("Tolkning", "Vem som har avgjort vilket slag det är."),
    "mal": ("Mål", "Numren på de mål i strategin som punkten handlar om."),
    "utsaga": ("Utsaga", "Om punkten säger att något finns, saknas, planeras eller behövs."),
    "uppdrag_id": ("Uppdragets id", "Uppdragets id. Ska vara detsamma varje gång filen lämnas."),
    "galler": ("Gäller", "Arenatypen som uppdraget gäller. Skriv kommun om varje kommun har det."),
    "grund": ("Grund", "Varför det erbjuds: lag, nationellt program, eller bara vanligt."),
    "ar": ("År", "Året som antalet gäller, den 31 december."),
    "antal": ("Antal personer", "Antal personer."),
    "befolkning": ("Invånare", "Antal invånare på orten."),
    "palitlig": ("Pålitliga koordinater", "Om koordinaterna går att lita på. Bara ja placerar arenor."),
}
"""What each column is called in ordinary words, and what it holds."""
_OWN_MEANING: Final[Mapping[tuple[str, str], str]] = {
    ("insatser", "arena_id"): "Id för arenan där insatsen finns. Måste stå i tabellen arenor.",
    ("arenor", "namn"): "Arenans namn.",
    ("insatser", "namn"): "Insatsens namn.",
    ("kommunlage", "parter"): (
        "Vilka som är med, när frågan gäller det. En kommunkod går också bra. "
        "Lägg till ofullstandig om det kan finnas fler."
    ),
    ("dialog", "alder_fran"): "Barnets lägsta ålder, bara om texten själv säger den.",
    ("dialog", "alder_till"): "Barnets högsta ålder, bara om texten själv säger den.",
    ("dialog", "preventionsniva"): "Nivån, bara om texten själv säger den.",
    ("dialog", "tema"): "Korta teman som punkten handlar om.",
    ("uppdrag", "namn"): "Vad som ska eller brukar erbjudas.",
    ("uppdrag", "tolkning"): "Namnen på de kolumner som är vår läsning, inte källans egna ord.",
    ("dialog", "kommun"): "Vilken eller vilka kommuner dialogen gällde. En länsdel går också bra.",
    ("orter", "ort"): "Ortens namn.",
    ("orter", "kommunkod"): "Koden för kommunen som orten ligger i.",
}

EXAMPLE_ROW: Final[Mapping[str, Mapping[str, str]]] = {
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
        "mal": "2.1 | 3.2",
        "alder_fran": "13",
        "alder_till": "18",
        "preventionsniva": "universell",
        "utsaga": "saknas",
        "tema": "äldre barn och tonår",
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
    "uppdrag": {
        "uppdrag_id": "familjecentral-stod",
        "galler": "familjecentral",
        "namn": "Stöd vid familjecentral",
        "preventionsniva": "universell",
        "alder_fran": "0",
        "alder_till": "6",
        "blivande_foraldrar": "ja",
        "malgrupp": "alla_foraldrar",
        "metod": "ABC",
        "kunskapsbas": "kunskapsbaserad",
        "barnratt": "nej",
        "form": "oppen | grupp",
        "parter": "kommun | region",
        "grund": "vanligt",
        "tolkning": "preventionsniva",
        "kalla": "Kartläggning av familjecentraler 2023",
        "kontrollerad_datum": "2023",
        "anmarkning": "Vanligt, ingen skyldighet.",
    },
}
"""One made-up row of each table that a dataset may hold as it stands. SWEREF columns are left empty: one
pair of coordinates is enough."""


_FORMS: Final[Mapping[Kind, str]] = {
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
"""How a cell of each kind is written; the others say it of themselves, or take any text."""


@dataclass(frozen=True)
class Guidance:
    """What somebody needs to know to fill in one column."""

    title: str
    """The column's name in ordinary words."""
    meaning: str
    """What the column holds, in a Swedish sentence or two."""
    form: str
    """How a cell is written, in a Swedish sentence; empty if any text will do."""
    required: str
    """Whether every row must have it: "ja", "nej", or what else is enough."""
    example: str
    """A cell that is right."""
    allowed: Mapping[str, str]
    """Code → Swedish label, where only certain words are allowed; else empty."""


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
    title, meaning = _WORDS[column.name]
    form = _FORMS.get(column.kind, EMPTY)
    if column.kind in {Kind.WHOLE, Kind.AGE}:
        form = f"Ett heltal från {column.lowest} till {column.highest}."
    if column.kind in LISTS:
        form = f"{form} Skilj flera värden åt med {LIST_SEPARATOR}".strip() + "."
    required = "kolumnen ska finnas, men cellen får vara tom" if column.must_exist else "nej"
    if column.required:
        required = "ja"
    elif column.name == table.key:
        required = "ja, men kolumnen får saknas helt"
    elif table.places and column.name in {"kommunkod", "kommun"}:
        required = f"ja, eller {'kommun' if column.name == 'kommunkod' else 'kommunkod'}"
    return Guidance(
        title=title,
        meaning=_OWN_MEANING.get((table.name, column.name), meaning),
        form=form,
        required=required,
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
    return vocabulary.AREAS if column.kind in {Kind.AREA, Kind.AREAS} else {}


def answers() -> Mapping[str, str]:
    """Give the answers that each question of `kommunlage` takes, in words.

    Examples
    --------
    >>> answers()["kartlaggning"]
    'ej_paborjad, pagar eller klar'
    """
    return {question: either(words) for question, words in vocabulary.ANSWERS.items()}
