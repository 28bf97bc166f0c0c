"""Make registers of preschools, school units and care units, in the layouts that such files have.

Made-up units in real municipalities: title lines, notes, columns that nobody asked for, codes that became
numbers with a decimal.
"""

from mapping.contract.vocabulary import MUNICIPALITIES
from tests.deliveries import workbook

PER_MUNICIPALITY = 3
NOTES = [
    "Källa: Registret över pedagogisk verksamhet",
    "Uppgifterna avser den 15 oktober 2025.",
    "1) Enheten har fler än en adress",
    *(f"Anmärkning {number}: se respektive huvudmans webbplats" for number in range(25)),
]


def _units(kind):
    names = [(code, town, n) for code, town in MUNICIPALITIES.items() for n in range(PER_MUNICIPALITY)]
    for place, (code, town, number) in enumerate(names):
        yield place, code, town, f"{kind} {'ABC'[number]} i {town}", number


def preschools():
    """Make a workbook whose first sheet counts the register on the second, which says no type."""
    header = [
        "Enhetskod", "Förskola", "Kommunkod", "Kommun", "Huvudmannatyp", "Huvudman", "Besöksadress", "Postnr",
        "Postort", "Antal barn", "Antal avdelningar", "Telefon",
    ]  # fmt: skip
    rows = [
        [f"{10_000_000 + place}.0", name, f"{code}.0", town, "Kommunal", f"{town} kommun",
         f"Storgatan {place + 1}", f"{70_000 + place}.0", town.upper(), 20, number, f"019-21 {place:02d} 00"]
        for place, code, town, name, number in _units("Förskolan")
    ]  # fmt: skip
    title = [["Förskolor i Örebro län läsåret 2025/26"], ["Uttag 2026-11-02"], []]
    counts = [["Radetiketter", "Antal av Förskola"], *([town, 3] for town in MUNICIPALITIES.values())]
    notes = [[], *([note] for note in NOTES)]
    return workbook({"Sammanfattning": counts, "Förskolor": [*title, header, *rows, *notes]})


def school_units():
    """Make a file as an older Swedish Excel saves it, with the form of school in a column."""
    header = (
        "Skolenhetskod;Skolenhetsnamn;Skolform;Årskurser;Kommunkod;Kommunnamn;Huvudman;Org.nr;Besöksadress;"
        "Postnr;Postort;E-post;Webbplats;Latitud;Longitud"
    )
    rows = [
        f"{40_000_000 + place}.0;{name};{('Grundskola', 'Gymnasieskola', 'Anpassad grundskola')[number]};F–6;"
        f"{code}.0;{town};{town} kommun;212000-{1900 + place};Skolgatan {place + 1};{71_000 + place};{town};"
        f"registrator@exempel.se;https://exempel.se/{code};;"
        for place, code, town, name, number in _units("Skolan")
    ]
    # a unit with two forms of school has two rows
    rows += [rows[0].replace(";Grundskola;", ";Förskoleklass;")]
    lines = ["Skolenhetsregister;;;", "Avgränsning: Örebro län", "", header, *rows, "", *NOTES[:3], ""]
    return "\r\n".join(lines).encode("cp1252")


def care_units():
    """Make a file with tabs between the cells, as a directory of care exports it."""
    header = "HSA-id,Mottagning,Typ av enhet,Kommun,Adress,Postnummer,Ort,Telefon,Länk,Uppdaterad,Öppettider"
    kinds = ("BVC", "Barnmorskemottagning", "Ungdomsmottagning")
    rows = [
        f"SE2321000164-7381037{place:06d},{name},{kinds[number]},{code} {town},Vårdgatan {place + 1},"
        f"{710 + place} 30,{town},019-602 {place:02d} 00,https://exempel.se/{code},2026-10-05,mån–fre 8–16"
        for place, code, town, name, number in _units("Mottagningen")
    ]
    lines = [header, *rows, "", "Uppgifterna hämtade 2026-11-02.", ""]
    return "\n".join(lines).replace(",", "\t").encode()


REGISTERS = {
    "Förskolor Örebro län 2025-26.xlsx": (preschools, "forskola"),
    "skolenheter.csv": (school_units, None),
    "vårdenheter (export).txt": (care_units, None),
}
"""A file's name → what makes it, and the type of every unit if the file does not say it."""
