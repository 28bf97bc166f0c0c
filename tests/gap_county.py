"""Make small and random counties for the gap tests, from rows as they would stand in the files."""

import datetime
import random
from functools import cache, lru_cache

import pandas as pd

from mapping.contract.schema import TABLES
from mapping.contract.vocabulary import ANSWERS, COUNTY_ONLY_QUESTIONS, MUNICIPALITIES
from mapping.dataset.dataset import Dataset
from mapping.settings import SHIPPED_STRATEGY
from mapping.tables import raw_table, typed_table
from mapping.tables.raw_table import RawTable
from mapping.verdicts.bounds import Wave
from mapping.verdicts.judge import judge
from mapping.verdicts.strategy_file import read

OPENED = datetime.date(2026, 11, 21)
DAY = datetime.date(2026, 6, 1)
FRESH = "2026-05-01"
STRATEGY = read(SHIPPED_STRATEGY)
NORA = "1884"


def dataset_of(arenor=(), insatser=(), kommunlage=(), uppdrag=(), *, opened=OPENED):
    """Type rows of text as a published dataset would be; contradicting answers may pass."""
    frames = {name: _without_rows(name) for name in TABLES}
    for name, rows in (
        ("arenor", arenor), ("insatser", insatser), ("kommunlage", kommunlage), ("uppdrag", uppdrag),
    ):  # fmt: skip
        if rows:
            columns = [column.name for column in TABLES[name].columns]
            cells = tuple(tuple(row.get(column, "") for column in columns) for row in rows)
            frames[name] = _typed(name, cells, opened)
    arenas = frames["arenor"].assign(lage="kommun", placed_at="")
    return Dataset(
        arenor=arenas.set_index("arena_id"),
        insatser=frames["insatser"].set_index("insats_id"),
        kommunlage=frames["kommunlage"].reset_index(drop=True),
        dialog=frames["dialog"],
        befolkning=frames["befolkning"],
        orter=frames["orter"],
        uppdrag=frames["uppdrag"],
        municipalities={},
        version="test",
        title="Påhittat",
    )


@lru_cache(maxsize=32)
def _typed(name, cells, opened):
    """Type a table once: a property that changes one table of a county judges the others as they were."""
    index = pd.Index(range(2, len(cells) + 2), dtype="int64", name=raw_table.ROW)
    columns = [column.name for column in TABLES[name].columns]
    raw = pd.DataFrame(list(cells), columns=columns, index=index, dtype="str")
    typed = typed_table.typed_table(RawTable(TABLES[name], raw), today=opened)
    stops = [finding for finding in typed.findings if finding.severity == "stop"]
    assert not stops, stops
    return typed.frame


@cache
def _without_rows(name):
    return typed_table.typed_table(raw_table.empty(TABLES[name]), today=OPENED).frame


def arena(identity, arenatyp="annan", kommunkod=NORA, **cells):
    row = {"arena_id": identity, "namn": identity, "arenatyp": arenatyp, "kommunkod": kommunkod}
    return row | {"status": "aktiv", "kontrollerad_datum": FRESH} | cells


def insats(identity, of, **cells):
    return {"insats_id": identity, "arena_id": of, "namn": identity, "status": "aktiv"} | cells


def answer(question, said, kommunkod=NORA, date=FRESH, **cells):
    return {"kommunkod": kommunkod, "fraga": question, "svar": said, "datum": date} | cells


def mandate(identity, galler, **cells):
    return {"uppdrag_id": identity, "galler": galler, "namn": identity, "grund": "lag"} | cells


def verdicts(
    arenor=(), insatser=(), kommunlage=(), uppdrag=(), *, day=DAY, previous=None, strategy=STRATEGY, **options
):
    """Judge rows of text; give objective and kommunkod → verdict."""
    wave = None if previous is None else Wave(dataset_of(*previous[0]), previous[1])
    judged = judge(dataset_of(arenor, insatser, kommunlage, uppdrag), strategy, day, previous=wave, **options)
    return {(verdict.objective, verdict.kommunkod): verdict for verdict in judged}


def verdict(code, *tables, kommunkod=NORA, **options):
    return verdicts(*tables, **options)[code, kommunkod]


def said(found):
    words = "minst delvis" if found.at_least else found.status
    return f"{words} (planerad)" if found.planned else words


_COMMON = ["2026-05-01", "2026-01", "2025", "2025-06-01", "2025-05-31", "2024-06-01", "2024-06"]
_RARE = ["2024-05-31", "2024", "2021", "2019-03-02", "", "2026-06-01", "2026-06-02", "2026-08", "2026"]
_DATES = _COMMON * 2 + _RARE
_SHARING = ("familjecentral", "bvc", "bmm", "oppen_forskola", "socialtjanst")
_TYPES = (*_SHARING, "forskola", "skola", "forening", "annan")
_FIVE = ("forskola", "skola", "socialtjanst", "halso_och_sjukvard", "civilsamhalle")
_PARTIES = (*_FIVE, "region", "kommun")
_SPANS = (
    ("0", "18"), ("0", "18"), ("0", "6"), ("6", "12"), ("13", "18"), ("0", "20"), ("12", "25"), ("13", "15"),
    ("16", "18"), ("0", "2"), ("", ""), ("4", ""), ("", "9"), ("", "20"), ("18", "18"), ("0", "0"),
    ("20", "25"),
)  # fmt: skip


class Chance(random.Random):
    """Draw cells as people fill them in: often well, sometimes not at all."""

    def some(self, words, *, empty=0.2):
        if self.random() < empty:
            return ""
        return " | ".join(self.sample(words, self.randint(1, min(3, len(words)))))

    def one(self, words, *, empty=0.2):
        return "" if self.random() < empty else self.choice(words)


def random_rows(chance, *, tidy=None):
    """Draw one county of twelve municipalities with shared arenas, in every state of repair.

    `tidy` is how likely a cell is to be as one would wish; drawn too if not given.
    """
    codes = list(MUNICIPALITIES)
    tidy = chance.choice((0.2, 0.6, 0.9)) if tidy is None else tidy
    counts = (0, 1, 2, 4, 7)
    arenor = [_random_arena(chance, code, n, tidy) for code in codes for n in range(chance.choice(counts))]
    arenor += [_random_arena(chance, "18", n, tidy) for n in range(chance.choice((0, 0, 1, 2)))]
    for row in arenor:
        own = [other["arena_id"] for other in arenor if other["kommunkod"] == row["kommunkod"]]
        centres = [name for name in own if "-fc-" in name]
        others = [name for name in (centres or own) if name != row["arena_id"]]
        if others and chance.random() < 0.6:
            row["samlokaliserad_med"] = chance.choice(others)
        elif arenor[0] is not row and chance.random() < 0.05:
            row["samlokaliserad_med"] = arenor[0]["arena_id"]
        elif chance.random() < 0.2:
            row["samlokaliserad_med"] = "ingen"
    counts = (0, 1, 1, 2, 3)
    insatser = [_random_insats(chance, row, n, tidy) for row in arenor for n in range(chance.choice(counts))]
    kommunlage = [row for code in codes for row in _random_answers(chance, code, tidy)]
    kommunlage += _random_answers(chance, "18", tidy)
    if chance.random() < 0.5:
        # a county that has finished its mapping, where absence means something
        said = {code for code in codes if chance.random() < 0.8}
        is_old = [row["fraga"] == "kartlaggning" and row["kommunkod"] in said for row in kommunlage]
        kommunlage = [row for row, old in zip(kommunlage, is_old, strict=True) if not old]
        kommunlage += [answer("kartlaggning", "klar", code) for code in sorted(said)]
    return arenor, insatser, kommunlage


def random_mandates(chance):
    """Draw what types of arenas, and municipalities, must or usually do offer."""
    kinds = [*_TYPES, "kommun", "kommun", "bvc"]
    rows = []
    for number in range(chance.choice((1, 3, 6))):
        first, last = chance.choice(_SPANS)
        rows.append(
            mandate(
                f"u{number}",
                chance.choice(kinds),
                grund=chance.choice(("lag", "program", "vanligt")),
                preventionsniva=chance.some(("universell", "selektiv", "indikerad")),
                alder_fran=first,
                alder_till=last,
                malgrupp=chance.some(("alla_foraldrar", "Nyanlända")),
                kunskapsbas=chance.one(("evidens", "kunskapsbaserad", "beprovad")),
                barnratt=chance.one(("ja", "nej")),
                form=chance.some(("grupp", "uppsokande")),
                kontrollerad_datum=chance.choice(_DATES),
            )
        )
    return rows


def random_premises(chance):
    """Draw a county that has finished its mapping, with little but what 2.6 is about."""
    arenor = []
    for code in MUNICIPALITIES:
        kinds = [chance.choice(_SHARING), *chance.choices(_SHARING[1:], k=chance.randint(0, 4))]
        own = [_random_arena(chance, code, 0, 0.97, "familjecentral")]
        places = enumerate(kinds, start=1)
        own += [_random_arena(chance, code, n, chance.choice((0.6, 0.95)), kind) for n, kind in places]
        for row in own:
            others = [other["arena_id"] for other in own if other is not row]
            place = chance.choice(("", "ingen", own[0]["arena_id"], own[0]["arena_id"], *others))
            row["samlokaliserad_med"] = "" if place == row["arena_id"] else place
        arenor += own
    return arenor, [], [answer("kartlaggning", "klar", code) for code in MUNICIPALITIES]


def earlier_rows(chance, rows):
    """Take a county two years back: the same rows, confirmed then, of which some insatser were not there."""
    arenor, insatser, kommunlage = rows
    date = {"kontrollerad_datum": "2024-05-01"}
    return (
        [row | (date if chance.random() < 0.9 else {}) for row in arenor],
        [row | {"kontrollerad_datum": ""} for row in insatser if chance.random() < 0.5],
        [row | {"datum": "2024-04-01"} for row in kommunlage if row["fraga"] == "kartlaggning"][::2],
    )


def _status(chance, tidy):
    return "aktiv" if chance.random() < tidy else chance.choice(("aktiv", "planerad", "okand", "stangd", ""))


def _date(chance, tidy):
    return FRESH if chance.random() < tidy else chance.choice(_DATES)


def _belagg(chance, tidy):
    return chance.choice(("", "direkt", "harledd")) if chance.random() < tidy else "svag"


def _random_arena(chance, code, number, tidy, arenatyp=None):
    arenatyp = arenatyp or chance.choice(_TYPES)
    if number > 1 and arenatyp == "familjecentral":
        arenatyp = "bvc"
    short = "fc" if arenatyp == "familjecentral" else arenatyp.replace("_", "-")
    row = arena(
        f"a{code}-{short}-{number}",
        arenatyp,
        code,
        status=_status(chance, tidy),
        kontrollerad_datum=_date(chance, tidy),
        belagg=_belagg(chance, max(tidy, 0.8)),
    )
    if arenatyp == "familjecentral":
        for part in ("fc_bmm", "fc_bvc", "fc_oppen_forskola", "fc_socialtjanst"):
            row[part] = "ja" if chance.random() < tidy else chance.choice(("ja", "nej", ""))
    if chance.random() < 0.15:
        row["betjanar_kommuner"] = " | ".join(chance.sample(list(MUNICIPALITIES), 2))
    days = ("", "2010", "2023", "2024-03", "2025-02-01", "2024-05-31", "2026-07-01", "2024")
    for name in ("start_datum", "utvecklad_datum"):
        row[name] = chance.choice(days)
    return row


def _random_insats(chance, of, number, tidy):
    first, last = ("0", "18") if chance.random() < tidy / 2 else chance.choice(_SPANS)
    empty = 0.4 * (1 - tidy)
    groups = ("alla_foraldrar", "Vårdnadshavare", "Nyanlända", "alla föräldrar")
    return insats(
        f"{of['arena_id']}--{number}",
        of["arena_id"],
        status=_status(chance, tidy),
        kontrollerad_datum=chance.choice(("", "", _date(chance, tidy))),
        belagg=_belagg(chance, max(tidy, 0.8)),
        preventionsniva=chance.some(("universell", "selektiv", "indikerad"), empty=empty),
        alder_fran=first,
        alder_till=last,
        malgrupp=chance.some(groups, empty=empty),
        kunskapsbas=chance.one(("evidens", "kunskapsbaserad", "evidens", "beprovad"), empty=empty),
        barnratt=chance.one(("ja", "nej"), empty=empty),
        form=chance.some(("grupp", "oppen", "uppsokande", "hembesok", "digital", "telefon"), empty=empty),
        sprak=chance.some(("sv", "sv", "so", "ar"), empty=empty),
        parter=chance.some((*_PARTIES, "1880", "ofullstandig"), empty=empty),
    )


def _random_answers(chance, code, tidy):
    rows, spans = [], (("0", "18"), ("0", "20"), ("0", "6"), ("", ""), ("0", ""), ("", "18"))
    for question, words in ANSWERS.items():
        if question in COUNTY_ONLY_QUESTIONS and code != "18":
            continue
        for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
            best = words[-1] if question != "kartlaggning" or chance.random() < 0.8 else "pagar"
            spoken = best if chance.random() < tidy else chance.choice((*words, words[-1], ""))
            first, last = chance.choice(spans)
            whole = chance.random() < tidy / 2
            parties = [*(_FIVE if whole else chance.sample(_PARTIES, chance.randint(0, 4)))]
            parties += ["ofullstandig"] * (chance.random() < 0.15)
            date = chance.choice(_DATES) or FRESH if chance.random() > tidy else FRESH
            cells = {"alder_fran": first, "alder_till": last, "fritext": chance.choice(("Beskrivet", ""))}
            rows.append(answer(question, spoken, code, date, parter=" | ".join(parties), **cells))
    return rows
