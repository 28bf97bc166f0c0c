"""Texts that try to be more than text in whatever they are put, and a county that is full of them."""

import re

from tests.conftest import write_table

TEXTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "</script><script>alert(3)</script>",
    "]]><svg onload=alert(4)>",
    "' onmouseover='alert(5)",
    "<!-- <iframe src=javascript:alert(6)>",
    '=HYPERLINK("http://fel.example","Klicka")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "-2+3",
    '#panic("fel") $x^2$ *fet* _lutad_ <etikett> @ref',
    "`kod` \\ / // /* */ #import",
    "{{ 7*7 }} ${7*7} {% raw %} %s",
    "**fet** [länk](javascript:alert(7)) :material/home: :red[röd]",
    "javascript:alert(8)",
    "&lt;b&gt; &amp;amp; \\u003cscript\\u003e",
)
"""HTML, JSON in a script, XML, formulas, Typst, templates, Markdown, and an address that runs."""

FORMULA_STARTS = ("=", "+", "-", "@")
NORA = "1884"


def _text(number):
    return TEXTS[number % len(TEXTS)]


def _listed(text):
    """Give a text as one member of a list, where `|` and `;` divide."""
    return text.replace("|", "!").replace(";", "!")


ARENAS = tuple(
    {
        "arena_id": f"ond-{place}", "namn": text,
        "arenatyp": ("oppen_forskola", "familjecentral", "forening", "annan")[place % 4], "status": "aktiv",
        "kommunkod": NORA, "huvudman": _listed(_text(place + 1)), "adress": _text(place + 2),
        "ort": _text(place + 3), "lat": f"{59.5191 + place / 500:.4f}",
        "lon": f"{15.0396 + place / 500:.4f}", "webbplats": "https://nora.example/?a=%3Cscript%3E&b='",
        "kalla": _listed(_text(place + 4)), "kontrollerad_datum": "2026-09-30",
        "anmarkning": _text(place + 5),
    }
    for place, text in enumerate(TEXTS)
)  # fmt: skip

OFFERS = tuple(
    {
        "insats_id": f"ont-{place}", "arena_id": f"ond-{place}", "namn": _text(place + 6),
        "preventionsniva": "universell", "alder_fran": "0", "alder_till": str(place % 18 + 1),
        "malgrupp": _listed(_text(place + 7)), "metod": _text(place + 8), "tema": _listed(_text(place + 9)),
        "status": "aktiv", "kalla": _listed(_text(place + 10)), "kontrollerad_datum": "2026-09-30",
        "anmarkning": _text(place + 11),
    }
    for place in range(len(TEXTS))
)  # fmt: skip

ANSWERS = tuple(
    {
        "kommunkod": NORA, "fraga": question, "svar": answer, "fritext": _text(place),
        "kalla": _listed(_text(place + 1)), "datum": "2026-05-01", "roll": _text(place + 2),
    }
    for place, (question, answer) in enumerate(
        [
            ("kartlaggning", "klar"), ("behovsinventering", "ja"), ("validerade_indikatorer", "2"),
            ("ej_nadda_grupper", "2"), ("samverkansgrupp", "ja"), ("strategisk_funktion", "ja"),
            ("samverkan", "2"), ("barnratt_information", "ja"),
        ]
    )
)  # fmt: skip

SAID = tuple(
    {
        "kommun": "Nora", "datum": "2026-05-02", "text": text, "kalla": _listed(_text(place + 1)),
        "typ": ("framgangsfaktor", "utmaning", "behov", "nasta_steg")[place % 4], "tolkning": "klassad",
    }
    for place, text in enumerate(TEXTS)
)  # fmt: skip

POPULATION = (
    {
        "kommunkod": NORA, "ar": "2023", "alder_fran": "0", "alder_till": "15", "antal": "2000",
        "kalla": _listed(TEXTS[0]),
    },
)  # fmt: skip

TABLES = {
    "arenor": ARENAS, "insatser": OFFERS, "kommunlage": ANSWERS, "dialog": SAID, "befolkning": POPULATION,
}  # fmt: skip


def harmless(text):
    """Give a text of the same length and the same words that means nothing to anything."""
    return re.sub(r"[^\w ]", "x", text)


def write(directory, *, is_harmless=False):
    """Write the county's tables, or those of a harmless twin of it; give their directory."""
    directory.mkdir(exist_ok=True)
    hostile = {shown for text in TEXTS for shown in (text, _listed(text))}
    twins = {text: harmless(text) for text in hostile} if is_harmless else {}
    for name, rows in TABLES.items():
        shown = [{column: twins.get(cell, cell) for column, cell in row.items()} for row in rows]
        write_table(directory / f"{name}.csv", shown)
    return directory
