"""Save a selection of arenas as one HTML file: map, legend, filter and table, opened without a network."""

import base64
import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup
from xstatic.pkg import leaflet

from mapping.arenas.cards import address
from mapping.arenas.filters import LEVELS
from mapping.arenas.rows import HIT, UNKNOWN, selected_rows
from mapping.arenas.select import Selection, select
from mapping.contract import vocabulary
from mapping.dataset.dataset import Dataset
from mapping.dataset.sources import Source, cited_sources
from mapping.map import browser, points
from mapping.map.symbols import hit_marks
from mapping.swedish import date_words, span

COLUMNS: Final = ("Namn", "Typ", "Kommun", "Nivå", "Ålder", "Huvudman", "Status", "Senast bekräftad", HIT)
"""The table's columns; what else is known of an arena stands in the panel."""

_Offered = dict[str, tuple[set[Any], set[Any], set[Any]]]
_HERE: Final = Path(__file__).parent
_OWN_IMPORT: Final = re.compile(r'^import \{[^}]*\} from "[./a-z_]+\.js";\n', re.MULTILINE)
_SOURCE_MAP: Final = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
_ASKS_FOR_A_FILE: Final = re.compile(r"[^{}]*\{[^{}]*\burl\([^{}]*\}")
_UNSAFE_IN_SCRIPT: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def one_file_map(
    dataset: Dataset,
    selection: Selection,
    *,
    sources: Sequence[Source] = (),
    saved_on: datetime.date | None = None,
) -> bytes:
    """Write a page that holds all it needs, and asks nobody for anything.

    Only the dataset's public view is used, and no arena beside the selection is in the file. Its policy lets
    nothing run but its own scripts, and nothing be fetched. Texts from the data stand in it as text. The
    sources are the compiler's own list; none for made-up data.
    """
    # none of Leaflet's rules that would ask for a picture is used
    style = f"{_leaflet('leaflet.css', _ASKS_FOR_A_FILE)}\n{browser.style()}\n{_file('page.css')}"
    page_script = _OWN_IMPORT.sub("", _file("page.js"))
    scripts = (_leaflet("leaflet.js", _SOURCE_MAP), f"{browser.script(streamlit=False)}\n{page_script}")
    shown = selection.shown
    cells = selected_rows(dataset, selection)
    columns = [column for column in COLUMNS if column in cells]
    # the arenas that offer each level, and those that may, by the same rules as the filter
    offered: _Offered = {}
    for level in LEVELS:
        one = select(dataset, replace(selection.filters, preventionsniva=(level,)))
        offered[level] = (set(one.matched), set(one.likely), set(one.unknown))
    kinds = dataset.arenor.loc[shown, "arenatyp"].value_counts()
    types = ((code, label, int(kinds.get(code, 0))) for code, label in vocabulary.ARENA_TYPE.items())
    levels = ((code, label, len(offered[code][0].intersection(shown))) for code, label in LEVELS.items())
    page = _template().render(
        dataset=dataset,
        example_mark=vocabulary.EXAMPLE_MARK,
        selection=selection,
        without_place=len(shown) - len(points.placed(dataset.arenor.loc[shown])),
        # these scripts and this style, and nothing from anywhere
        policy=f"default-src 'none'; script-src {' '.join(map(_digest, scripts))}; "
        f"style-src {_digest(style)}; base-uri 'none'; form-action 'none'",
        style=_as_it_is(style),
        leaflet=_as_it_is(scripts[0]),
        script=_as_it_is(scripts[1]),
        data=_as_it_is(script_safe(_data(dataset, selection, offered))),
        columns=columns,
        rows=list(zip(map(str, shown), cells[columns].to_numpy().tolist(), strict=True)),
        types=[choice for choice in types if choice[2]],
        levels=[choice for choice in levels if choice[2]],
        sources=sources,
        cited=cited_sources(dataset),
        saved=date_words(saved_on.isoformat()) if saved_on else "",
        unknown=UNKNOWN,
    )
    return page.encode("utf-8")


def _as_it_is(text: str) -> Markup:
    """Mark what the page holds unescaped: our own files, and data that is safe inside a script."""
    return Markup(text)  # noqa: S704  # nosec B704


def script_safe(value: object) -> str:
    r"""Write plain values as JSON that can stand in an HTML script element.

    Examples
    --------
    >>> script_safe("</script>")
    '"\\u003c/script\\u003e"'
    """
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return written.translate(_UNSAFE_IN_SCRIPT)


def _data(dataset: Dataset, selection: Selection, levels: _Offered) -> dict[str, Any]:
    shown = selection.shown
    arenor = dataset.arenor.loc[shown]
    facts = _facts(dataset, shown)
    return {
        "points": points.arena_features(arenor),
        "boundaries": points.municipality_features(dataset.municipalities),
        "highlighted": list(selection.filters.places),
        "hits": hit_marks({code: list(ids) for code, ids in selection.unproved.items()}),
        "arenas": {
            str(arena_id): {
                "type": kind,
                "levels": [level for level, (yes, _, _) in levels.items() if arena_id in yes],
                "likely": [level for level, (_, likely, _) in levels.items() if arena_id in likely],
                "perhaps": [level for level, (_, _, perhaps) in levels.items() if arena_id in perhaps],
                "facts": facts[arena_id],
            }
            for arena_id, kind in arenor["arenatyp"].items()
        },
    }


def _facts(dataset: Dataset, shown: pd.Index) -> dict[Any, list[tuple[str, list[str]]]]:
    """Give what the panel says beside the table's row: label, texts. What is not known is left out."""
    offers = _offers(dataset)
    columns = ("adress", "postnummer", "ort", "adress_visning", "lage", "webbplats", "anmarkning", "kalla")
    arenor: Iterable[Any] = dataset.arenor.loc[shown, [*columns, "betjanar_kommuner", "belagg"]].itertuples()
    return {
        row.Index: [
            (label, texts)
            for label, texts in (
                ("Insatser", offers.get(row.Index, [])),
                ("Adress", _stated(address(row._asdict()))),
                ("Läge på kartan", [vocabulary.POSITION_ACCURACY[row.lage]]),
                ("Betjänar också", [vocabulary.AREAS[code] for code in row.betjanar_kommuner]),
                ("Underlag", [vocabulary.EVIDENCE[row.belagg]]),
                ("Webbplats", _stated(row.webbplats)),
                ("Anmärkning", _stated(row.anmarkning)),
                ("Källor", list(row.kalla)),
            )
            if texts
        ]
        for row in arenor
    }


def _offers(dataset: Dataset) -> dict[Any, list[str]]:
    """Write each arena's insatser that are not closed, with what is known of level and ages."""
    offers: dict[Any, list[str]] = {}
    rows: Iterable[Any] = dataset.insatser.itertuples()
    for row in rows:
        if row.status == "stangd":
            continue
        details = [vocabulary.PREVENTION_LEVEL[level].lower() for level in row.preventionsniva]
        first, last = (None if pd.isna(age) else int(age) for age in (row.alder_fran, row.alder_till))
        if first is not None and last is not None:
            details.append(f"{span(first, last)} år")
        elif first is not None:
            details.append(f"från {first} år")
        elif last is not None:
            details.append(f"till {last} år")
        if row.status == "planerad":
            details.append("planerad")
        name = f"{row.namn} ({', '.join(details)})" if details else str(row.namn)
        offers.setdefault(row.arena_id, []).append(name)
    return offers


def _stated(value: Any) -> list[str]:
    return [] if pd.isna(value) else [str(value)]


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


def _file(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def _leaflet(name: str, left_out: re.Pattern[str]) -> str:
    return left_out.sub("", (Path(leaflet.BASE_DIR) / name).read_text(encoding="utf-8"))


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
