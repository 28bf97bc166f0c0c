"""Show what differs between two versions: counts, verdicts, a map, then row by row when somebody opens it."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from mapping.changes import on_map
from mapping.changes.rows import KIND_WORDS, Changes, TableChanges, listed, told
from mapping.changes.verdicts import VerdictChange, summary
from mapping.contract.vocabulary import TABLE_NOUN
from mapping.dataset.dataset import Dataset
from mapping.tables.excel_csv import write_csv
from mapping.verdicts.display import verdict_label
from pages.ui import address, data, markup
from pages.ui.download import download_button
from pages.ui.map.arena_map import arena_map

_STYLE = Path(__file__).with_name("changes.css")

ROWS_SHOWN = 200
"""Rows of one kind in one table that a page shows; the file has them all."""

MAP_HEIGHT_PX = 480


def changes_view(
    before: Dataset,
    after: Dataset,
    changes: Changes,
    verdicts: Sequence[VerdictChange],
    *,
    key: str = "changes",
) -> None:
    """Draw the whole comparison.

    Parameters
    ----------
    changes
        What differs; public, unless an editor looks.
    verdicts
        The verdicts that change.
    key
        Tells several comparisons on one page apart.
    """
    st.html(_STYLE)
    markup.paragraph(changes.sentence, kind="count")
    if not changes:
        return
    markup.show("update/changes_counts", tables=changes.tables.values(), nouns=TABLE_NOUN)
    st.subheader("Bedömningar som ändras", anchor=False)
    verdict_table(verdicts, key=key)
    st.subheader("På kartan", anchor=False)
    changes_map(changes, before, after, key=key)
    st.subheader("Rad för rad", anchor=False)
    for table in changes.tables.values():
        if table.rows:
            _table(table, key=key)
    download_button(
        "Ladda ned alla ändringar för Excel",
        lambda: write_csv(listed(changes)),
        f"stodkartan-andringar-{changes.before}-{changes.after}.csv",
        key=f"{key}_download",
    )


def verdict_table(verdicts: Sequence[VerdictChange], *, key: str = "changes") -> None:
    """Draw which verdicts change, from what to what and why; a long list when it is opened."""
    markup.paragraph(summary(verdicts))
    if not verdicts:
        return
    rows = [(change, verdict_label(change.before), verdict_label(change.after)) for change in verdicts]
    label = f"Visa {len(rows)} {'bedömning' if len(rows) == 1 else 'bedömningar'}"
    with st.expander(label, key=f"{key}_verdicts", on_change="rerun") as opened:
        if opened.open:
            markup.show("update/changes_verdicts", rows=rows)


def changes_map(changes: Changes, before: Dataset, after: Dataset, *, key: str = "changes") -> None:
    """Draw the arenas that are new, changed or gone on the map."""
    features = on_map.change_features(changes, before, after)
    hidden = on_map.without_place(changes, before, after)
    if not features["rows"]:
        markup.paragraph("Ingen arena som ändras har en plats på kartan.")
        return
    settings = data.settings()
    arena_map(
        key=f"{key}_map",
        version=data.dataset().version,
        points_url=f"changes:{changes.before}-{changes.after}",
        points=features,
        tiles=settings.tiles.as_dict() if settings.tiles else None,
        presentation=address.presenting(),
        height=MAP_HEIGHT_PX,
    )
    if hidden:
        noun = TABLE_NOUN["arenor"].counted(hidden)
        markup.paragraph(f"{noun} till ändras men har ingen plats på kartan.", kind="caption")


def _table(table: TableChanges, *, key: str) -> None:
    with st.expander(
        table.sentence.removesuffix("."), key=f"{key}_{table.table}", on_change="rerun"
    ) as opened:
        if opened.open:
            groups = [(words.many, table.of_kind(kind)) for kind, words in KIND_WORDS.items()]
            noun = TABLE_NOUN[table.table]
            markup.show("update/changes_rows", groups=groups, noun=noun, limit=ROWS_SHOWN, told=told)
