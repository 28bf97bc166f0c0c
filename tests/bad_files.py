"""Files made, or happened, to do harm: what each is called, what it holds, and what it is refused for."""

import io
import zipfile

from openpyxl import Workbook

from mapping.tables.csv_file import LARGEST_FILE_BYTES
from mapping.tables.excel_file import LARGEST_UNPACKED_BYTES

HEADER = "arena_id;namn;arenatyp;kommun"
COLUMNS = HEADER.split(";")
MANY = [f"k{number}" for number in range(9_000)]


def workbook(*rows):
    book, data = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(data)
    return data.getvalue()


def packed(parts):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


def laughing():
    """Make a workbook whose sheet would grow to a billion words."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><x>&l9;</x>'.encode()
    with zipfile.ZipFile(io.BytesIO(workbook(COLUMNS))) as sound:
        parts = {name: sound.read(name) for name in sound.namelist()}
    return packed(parts | {"xl/worksheets/sheet1.xml": bomb})


def bad_files():
    """Give the files by name, each with a part of the sentence that refuses it."""
    line = f"{HEADER}\na;{{}};bvc;Nora\n"
    cells, zeros = b"x;" * (LARGEST_FILE_BYTES // 2 - 20), bytes(LARGEST_UNPACKED_BYTES + 1)
    bomb = packed({"xl/workbook.xml": b"<x/>", "xl/media/bild.bin": zeros})
    formula = workbook(["=1+1", *COLUMNS], ["x", "a", "Eken", "bvc", "Nora"])
    no_type = "är ingen känd arenatyp"
    return {
        "en rad.csv": (b"x" * LARGEST_FILE_BYTES, "Filen är ingen tabell"),
        "en rad av celler.csv": (f"{HEADER};".encode() + cells, "men får ha högst 200"),
        "ett namn.csv": (line.format("x" * 100_000).encode(), "En cell har mer än 32 767 tecken"),
        "ett namn.xlsx": (laughing(), "den innehåller en dokumenttyp (DTD)"),
        "bomb.xlsx": (bomb, "Arbetsboken blir större än 200 MB när den packas upp"),
        "kolumner.csv": (f"{HEADER};{';'.join(MANY)}\na;b\n".encode(), "Tabellen har 9004 kolumner"),
        "kolumner.xlsx": (workbook([*COLUMNS, *MANY], ["a", "b"]), "Tabellen har 9004 kolumner"),
        "okända kolumner.csv": (f"{';'.join(MANY)}\n".encode(), "Det går inte att se vilken tabell"),
        "formler.csv": (b"=namn;+arenatyp;@kommun\n=1;=2;=3\n", "”=2” är ingen känd arenatyp"),
        "formler.xlsx": (formula, "Cellen A1 har en formel som inte är uträknad"),
        "höger till vänster.csv": (f"{HEADER}\na;\u202eEken;\u202ecvb;N\u200bora\n".encode(), no_type),
        "halvt tecken.csv": (line.format("Eken").encode().replace(b";bvc;", b";\xed\xa0\x80;"), no_type),
        "halvt tecken i UTF-16.csv": (b"\xff\xfe\x00\xd8a\x00", "Filen är ingen tabell"),
        "nul.csv": (line.format("Ek\0en").encode(), "den innehåller annat än text"),
        "karta.csv": (b'{"type": "FeatureCollection", "features": []}', "den är en GeoJSON-fil"),
        "tabell.csv": (b'CHARSET="ANSI";\nMATRIX="BE0101";\nDATA=\n1;', "den är en PX-fil"),
        "sida.csv": (b"<!DOCTYPE html>\n<table><tr><td>namn;arenatyp", "den är en webbsida (HTML)"),
        "=HYPERLINK(1)\u202e.csv": (b"%PDF-1.7", "den är en PDF-fil"),
    }
