"""Derive the example county's rows from its personas: the same rows every time, in every table."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from typing import Final

from data.demo.personas import COUNTY_ANSWERS, PERSONAS, Answer, Offer, Persona, State

Row = dict[str, str]
Tables = dict[str, list[Row]]

SEED: Final = "Exempellänet"
WAVE_DAYS: Final = {2024: dt.date(2024, 5, 31), 2026: dt.date(2026, 5, 31)}
"""The newest date in each wave's data."""
DAYS_OF_WORK: Final = 240
"""How many days before the wave's day its rows were confirmed, at most."""
A_YEAR_AGO: Final = 380, 440
"""How many days before it those were confirmed that ought to be looked at again, at least, at most."""
SOURCES: Final = 12
COUNTY: Final = "18"
SPREAD_DEGREES: Final = (0.09, 0.18)
"""Latitude and longitude, about 10 km each, over which a municipality's arenas are strewn."""
PLACES_PER_ADDRESS: Final = (6, 11)
"""Every sixth arena has only its locality, every eleventh only its municipality."""

NAMES: Final = """
    Blåklockan Tranan Gläntan Månskenet Trollsländan Hasselmusen Solstrålen Lönnen Gransångaren Norrskenet
    Smultronet Vitsippan Igelkotten Regnbågen Ekorren Lärkan Tussilagon Bävern Rönnen Liljekonvaljen Ugglan
    Kastanjen Nyckelpigan Vindrosen Granskotten Humlan Svanen Blåmesen Ängen Stjärnfallet Lodjuret Snödroppen
    Gullvivan Älvdansen Haren Björken Sjöstjärnan Fyrtornet Kometen Tallen Ripan Skogsstjärnan Vattendroppen
    Storken Fjällräven Duvan Klövern Myrstacken Pärlugglan Linnean Salamandern Havsörnen Ljungen Fjärilen
    Stenbocken Norrlyktan Timjanen Rosenbusken Kaprifolen Videt Bergfinken Morgonstjärnan
""".split()  # noqa: SIM905  (a block of words reads better than a list)
"""Names that no arena of the real data has, and that the suffix in `_named` marks as made up."""

TYPE_WORDS: Final = {
    "familjecentral": "Familjecentralen",
    "oppen_forskola": "Öppna förskolan",
    "bvc": "Barnavårdscentralen",
    "bmm": "Barnmorskemottagningen",
    "socialtjanst": "Föräldrarådgivningen",
    "forskola": "Förskolan",
    "skola": "Skolan",
    "forening": "Föreningen",
    "bibliotek": "Bibliotekshörnan",
    "ungdomsmottagning": "Ungdomsmottagningen",
    "specialist": "Stödmottagningen",
    "digital": "Webbplatsen",
    "annan": "Exempelarenan",
}
OPERATORS: Final = {
    "bvc": "Exempelregionen (påhittad)",
    "bmm": "Exempelregionen (påhittad)",
    "specialist": "Exempelregionen (påhittad)",
    "ungdomsmottagning": "Exempelregionen (påhittad) | Exempelkommunen (påhittad)",
    "familjecentral": "Exempelkommunen (påhittad) | Exempelregionen (påhittad)",
    "forening": "Exempelförbundet (påhittat)",
}
OFFER_NAMES: Final = {
    "universell": (
        ("Öppet hus", "Babykafé", "Föräldragrupp", "Sagostund med vuxenprat"),
        ("Föräldramöte med tema", "Läxkafé för vuxna", "Familjekväll", "Kurs i vardagsmatte"),
        ("Tonårsträff för vuxna", "Samtalskväll om tonår", "Nattvandring", "Föräldrakafé"),
    ),
    "selektiv": (
        ("Grupp för nyanlända föräldrar", "Stöd vid oro", "Extra hembesök"),
        ("Grupp för separerade föräldrar", "Kurs om konflikter", "Stödsamtal"),
        ("Kurs om gränser", "Samtal om skärmtid", "Stöd vid skolfrånvaro"),
    ),
    "indikerad": (
        ("Samspelsstöd", "Intensivt hembesök", "Familjebehandling"),
        ("Individuell rådgivning", "Stöd i hemmet", "Familjebehandling"),
        ("Samtalsbehandling", "Stöd vid normbrytande beteende", "Familjebehandling"),
    ),
}
METHODS: Final = {
    "evidens": ("Metod Kompassen (påhittad)", "Metod Hängbron (påhittad)", "Metod Fyrbåken (påhittad)"),
    "kunskapsbaserad": ("Metod Ledstången (påhittad)", "Metod Sjökortet (påhittad)"),
    "beprovad": ("",),
}
THEMES: Final = (
    ("anknytning", "sömn", "vardagsrutiner", "amning"),
    ("utåtagerande", "npf", "övervikt", "skola", "separation"),
    ("tonår", "skärmtid", "psykisk hälsa", "rusmedel", "npf"),
)
NARROW_GROUPS: Final = (
    "Nyanlända föräldrar",
    "Föräldrar till barn med npf",
    "Unga föräldrar",
    "Separerade föräldrar",
)
LANGUAGES: Final = ("sv | ar", "sv | so | ar", "sv | en | uk", "sv | fa | prs", "sv | ti", "sv | fi | rom")
PLAIN_FORMS: Final = ("grupp", "individuell", "oppen", "telefon", "grupp | individuell")
FORMS: Final = {
    "uppsokande": "uppsokande | grupp",
    "hembesok": "hembesok | individuell",
    "digital": "digital | grupp",
}
DIALOGUE: Final = {
    "framgangsfaktor": (
        "Parterna träffas varje månad och har en gemensam plan.",
        "Cheferna ger tid för föräldraskapsstödet.",
        "Föräldrar är med och utformar stödet.",
    ),
    "utmaning": (
        "Stödet efter förskoleåldern är svårt att hitta.",
        "Få föräldrar till tonåringar kommer till träffarna.",
        "Uppgifterna om vad som finns är spridda.",
    ),
    "behov": (
        "En samlad bild av arenor och insatser.",
        "Stöd på fler språk än svenska.",
        "Fler mötesplatser utanför centralorten.",
    ),
    "nasta_steg": (
        "Göra klart kartläggningen före årsskiftet.",
        "Bestämma vem som leder arbetet.",
        "Bjuda in civilsamhället till samverkansgruppen.",
    ),
}


class Picker(random.Random):
    """Picks what is the same in every version of Python: only `random()` is promised to be."""

    def among(self, things: Sequence[str]) -> str:
        """Pick one thing."""
        return things[self.below(len(things))]

    def below(self, limit: int) -> int:
        """Pick a whole number from 0 up to, not including, a limit."""
        return int(self.random() * limit)

    def day(self, first: dt.date, last: dt.date) -> str:
        """Pick a day, both ends included."""
        return str(first + dt.timedelta(days=self.below((last - first).days + 1)))


def tables(wave: int) -> Tables:
    """Give every row of one wave.

    Parameters
    ----------
    wave
        A year of `WAVE_DAYS`.
    """
    filled: Tables = {"arenor": [], "insatser": [], "kommunlage": [], "dialog": []}
    _county_arenas(wave, filled)
    for persona in PERSONAS:
        _Municipality(persona, wave).fill(filled)
    _county_answers(wave, filled)
    filled["befolkning"] = list(_population(wave))
    filled["orter"] = [
        {
            "ort": persona.locality,
            "kommunkod": persona.kommunkod,
            "lat": f"{persona.seat[0]:.3f}",
            "lon": f"{persona.seat[1]:.3f}",
            "befolkning": str(2 * persona.children),
            "palitlig": "ja",
            "kalla": _source(1),
        }
        for persona in PERSONAS
    ]
    filled["uppdrag"] = list(_mandates(wave))
    return filled


class _Municipality:
    """One persona's rows in one wave."""

    def __init__(self, persona: Persona, wave: int) -> None:
        self.persona = persona
        self.wave = wave
        self.state: State = persona.waves[wave]
        mapped = self.state.answers.get("kartlaggning", Answer(""))
        self.is_sparse = persona.sparse and mapped.reply != "klar"
        day = WAVE_DAYS[wave]
        first, last = day - dt.timedelta(days=DAYS_OF_WORK), day - dt.timedelta(days=1)
        if persona.confirmed:
            first, last = map(dt.date.fromisoformat, persona.confirmed)
        self.confirmed = first, last

    def fill(self, filled: Tables) -> None:
        """Add the municipality's rows to the tables."""
        for arena, offers in (*self._centre(), *self._programmes(), *self._clinics(), *self._others()):
            filled["arenor"].append(arena)
            filled["insatser"] += self._insatser(arena, offers)
        filled["kommunlage"] += self._answers()
        filled["dialog"] += self._dialogue()

    def _picker(self, *about: object) -> Picker:
        # no wave in the seed, so that an arena keeps its name, place and age from wave to wave
        return Picker("/".join(map(str, (SEED, self.persona.kommunkod, *about))))

    def _arena(self, key: str, kind: str, number: int, **cells: str) -> Row:
        persona, pick = self.persona, self._picker("arena", key)
        start = pick.day(dt.date(2004, 1, 1), dt.date(2018, 12, 31))
        developed = pick.day(dt.date(2019, 1, 1), dt.date(2022, 12, 31))
        name = _named(TYPE_WORDS[kind], number + 7 * int(persona.kommunkod[-2:]))
        lat, lon = (
            seat + (pick.random() - 0.5) * spread
            for seat, spread in zip(persona.seat, SPREAD_DEGREES, strict=True)
        )
        row = {
            "arena_id": f"{persona.slug}-{key}",
            "namn": name,
            "arenatyp": kind,
            "status": "aktiv",
            "kommunkod": persona.kommunkod,
            "kommun": "",
            "huvudman": OPERATORS.get(kind, "Exempelkommunen (påhittad)"),
            "adress": f"Påhittade gatan {number + 1}",
            "postnummer": "00000",
            "ort": persona.locality,
            "lat": f"{lat:.5f}",
            "lon": f"{lon:.5f}",
            "start_datum": start,
            "utvecklad_datum": developed,
            "webbplats": f"https://{persona.slug}-{key}.example/",
            "belagg": "harledd" if number % 7 == 4 else "direkt",
            "kalla": _source(pick.below(SOURCES)),
            "kontrollerad_datum": self._picker("confirmed", key, self.wave).day(*self.confirmed),
        }
        if kind == "digital" or number % PLACES_PER_ADDRESS[0] == 5:
            row |= dict.fromkeys(("adress", "postnummer", "lat", "lon"), "")
        if kind == "digital" or number % PLACES_PER_ADDRESS[1] == 10:
            row |= dict.fromkeys(("adress", "postnummer", "ort", "lat", "lon"), "")
        if number % 10 == 1:
            row["anmarkning"] = "Påhittad anmärkning: håller stängt i juli."
        if self.is_sparse and number % 5 == 3:
            row |= {"utvecklad_datum": "", "webbplats": "", "kalla": f"{row['kalla']} | {_source(2)}"}
        return row | cells

    def _centre(self) -> Iterator[tuple[Row, list[Offer]]]:
        centre = self.state.centre
        if centre is None:
            return
        parts = dict(
            zip(("fc_bmm", "fc_bvc", "fc_oppen_forskola", "fc_socialtjanst"), centre.parts, strict=True)
        )
        offers = [offer for offer in self.persona.repeats if offer.first == 0][:1]
        if centre.status == "planerad":
            parts |= {"start_datum": "2027-01-15", "utvecklad_datum": ""}
        arena = self._arena("familjecentral", "familjecentral", 48, status=centre.status, **parts)
        yield arena, [] if centre.status == "planerad" else offers

    def _programmes(self) -> Iterator[tuple[Row, list[Offer]]]:
        """Give the arenas where the persona's own offers are, one of each type and status."""
        places: dict[tuple[str, str], list[Offer]] = {}
        for offer in self.state.offers:
            places.setdefault((offer.at, offer.status), []).append(offer)
        for number, ((kind, status), offers) in enumerate(places.items(), start=49):
            cells = {"status": status, "betjanar_kommuner": self.persona.serves}
            if status == "planerad":
                cells |= {"start_datum": "2027-02", "utvecklad_datum": ""}
            if kind == self.state.new:
                cells |= {"start_datum": "2025-08-20", "utvecklad_datum": ""}
            if kind == "specialist" and self.persona.protected:
                cells |= dict.fromkeys(("adress", "postnummer", "lat", "lon", "webbplats"), "")
                cells |= {"adress_visning": self.persona.protected}
                if self.persona.protected == "dold":
                    cells["ort"] = ""
            if kind == "oppen_forskola" and self.state.centre and self.state.centre.status == "aktiv":
                cells["samlokaliserad_med"] = f"{self.persona.slug}-familjecentral"
            suffix = "-ny" if status == "planerad" else ""
            yield self._arena(f"{kind.replace('_', '-')}{suffix}", kind, number, **cells), offers

    def _clinics(self) -> Iterator[tuple[Row, list[Offer]]]:
        number = {"bvc": 58, "bmm": 59}
        for kind, shares in self.state.clinics.items():
            if any(offer.at == kind for offer in self.state.offers):
                continue
            place = f"{self.persona.slug}-familjecentral" if shares else "ingen"
            offers = [Offer("universell", 0, 5 if kind == "bvc" else 0, kind, "beprovad", parties="region")]
            row = self._arena(kind, kind, number[kind], samlokaliserad_med=place)
            yield row, [] if self._is_only_listed else offers

    def _others(self) -> Iterator[tuple[Row, list[Offer]]]:
        persona = self.persona
        for number in range(self.state.others):
            pick = self._picker("other", number)
            status = persona.odd.get(number, "aktiv")
            if status == "stangd" and self.wave == min(WAVE_DAYS):
                status = "aktiv"
            cells = {"status": status}
            if number % 8 == 6 and not persona.confirmed:
                last, first = (WAVE_DAYS[self.wave] - dt.timedelta(days=days) for days in A_YEAR_AGO)
                cells["kontrollerad_datum"] = self._picker("confirmed", number, self.wave).day(first, last)
            if self.is_sparse and number % 9 == 2:
                cells["belagg"] = "svag"
            if self.is_sparse and number % 13 == 7:
                cells["kontrollerad_datum"] = "" if number % 2 else "2021-10"
            if status == "planerad":
                cells |= {"start_datum": "", "utvecklad_datum": ""}
            offers = [
                _shortened(persona.repeats[pick.below(len(persona.repeats))], pick)
                for _ in range(2 + pick.below(4))
                if persona.repeats
            ]
            kind = persona.types[number % len(persona.types)]
            yield self._arena(f"{number + 1:02}", kind, number, **cells), offers

    @property
    def _is_only_listed(self) -> bool:
        return not self.persona.repeats

    def _insatser(self, arena: Row, offers: Sequence[Offer]) -> Iterator[Row]:
        for number, offer in enumerate(offers, start=1):
            pick = self._picker("insats", arena["arena_id"], number, offer.level, offer.first)
            phase = 0 if offer.last <= 5 else 1 if offer.last <= 12 else 2
            row = {
                "insats_id": f"{arena['arena_id']}-{number}",
                "arena_id": arena["arena_id"],
                "namn": f"{pick.among(OFFER_NAMES[offer.level][phase])} (påhittad)",
                "preventionsniva": offer.level,
                "alder_fran": str(offer.first),
                "alder_till": str(offer.last),
                "blivande_foraldrar": "ja"
                if offer.first == 0 and phase == 0 and pick.below(3) == 0
                else "nej",
                "malgrupp": "alla_foraldrar" if offer.level == "universell" else pick.among(NARROW_GROUPS),
                "metod": pick.among(METHODS[offer.basis]),
                "kunskapsbas": offer.basis,
                "barnratt": offer.rights,
                "form": FORMS.get(offer.reach) or pick.among(PLAIN_FORMS),
                "sprak": pick.among(LANGUAGES) if offer.reach == "sprak" else "sv",
                "tema": pick.among(THEMES[phase]),
                "parter": offer.parties,
                "status": "aktiv" if arena["status"] == "okand" else arena["status"],
                "belagg": "svag" if arena["belagg"] == "svag" else "direkt",
                "kalla": arena["kalla"],
                "kontrollerad_datum": "" if number % 2 else arena["kontrollerad_datum"],
            }
            other = arena["arena_id"].removeprefix(f"{self.persona.slug}-")
            if self._is_untargeted(other) or arena["status"] == "okand":
                row["malgrupp"] = ""
            if self.is_sparse and other.isdigit():
                row |= dict.fromkeys(_left_out(pick), "")
            yield row

    def _is_untargeted(self, key: str) -> bool:
        every = self.persona.untargeted
        return every == 1 or (every > 1 and key.isdigit() and int(key) % every == 0)

    def _answers(self) -> Iterator[Row]:
        persona = self.persona
        earlier = dict(zip(("2020-09", "2021-04"), persona.groups, strict=True))
        for day, reply in earlier.items():
            if persona.repeats or reply:
                yield self._answer(day, "samverkansgrupp", Answer(reply))
        for wave, state in persona.waves.items():
            if wave <= self.wave and not (persona.confirmed and wave > min(persona.waves)):
                for question, answer in state.answers.items():
                    first, last = _Municipality(persona, wave).confirmed
                    day = self._picker("answer", wave, question).day(first, last)
                    yield self._answer(day, question, answer)

    def _answer(self, day: str, question: str, answer: Answer) -> Row:
        ages = answer.ages or ("", "")
        return {
            "kommunkod": self.persona.kommunkod,
            "fraga": question,
            "svar": answer.reply,
            "parter": answer.parties,
            "alder_fran": str(ages[0]),
            "alder_till": str(ages[1]),
            "fritext": answer.words,
            "kalla": _source(int(day[-1]) % SOURCES),
            "datum": day,
            "roll": "Folkhälsostrateg (påhittad funktion)",
        }

    def _dialogue(self) -> Iterator[Row]:
        kind = "framgangsfaktor" if self.state.centre and "ja" in self.state.centre.parts[3:] else "utmaning"
        yield self._voice(kind, f"{self.persona.part} (Så är exemplet tänkt.)", "klassad")
        if not self.persona.repeats and not self.state.answers:
            return
        pick = self._picker("dialogue", self.wave)
        for kind, texts in DIALOGUE.items():
            yield self._voice(
                kind, f"{pick.among(texts)} (påhittat)", "klassad" if pick.below(2) else "rubrik"
            )

    def _voice(self, kind: str, text: str, reading: str) -> Row:
        day = self._picker("voice", self.wave, kind, text).day(*self.confirmed)
        return {
            "kommun": self.persona.kommunkod,
            "datum": day,
            "typ": kind,
            "text": text,
            "kalla": _source(len(text) % SOURCES),
            "tolkning": reading,
            "utsaga": {"behov": "behovs", "nasta_steg": "planeras", "framgangsfaktor": "finns"}.get(kind, ""),
        }


def _county_arenas(wave: int, filled: Tables) -> None:
    """Add what serves the whole county; told in full, so that it leaves nobody's verdict open."""
    day = str(WAVE_DAYS[wave])
    telephone, closed = "telefon | individuell", "digital"
    for number, (key, kind, status, level, first, form) in enumerate(
        (
            ("foraldralinjen", "digital", "aktiv", "universell", 17, telephone),
            ("foraldrakedjan", "forening", "aktiv", "universell", 17, "grupp"),
            ("forsta-stodet", "specialist", "aktiv", "indikerad", 13, "individuell"),
            ("specialiststodet", "specialist", "aktiv", "indikerad", 13, "individuell | telefon"),
            ("chatten", "digital", "stangd" if wave == max(WAVE_DAYS) else "aktiv", "indikerad", 13, closed),
        )
    ):
        arena_id = f"lan-{key}"
        common = {"status": status, "belagg": "direkt", "kalla": _source(number), "kontrollerad_datum": day}
        filled["arenor"].append(
            {
                "arena_id": arena_id,
                "namn": _named(TYPE_WORDS[kind], number),
                "arenatyp": kind,
                "kommunkod": COUNTY,
                "huvudman": OPERATORS.get(kind, "Exempelregionen (påhittad)"),
                "start_datum": f"201{number}-09",
                "utvecklad_datum": f"202{number % 3}",
                "webbplats": f"https://{arena_id}.example/",
                **common,
            }
        )
        filled["insatser"].append(
            {
                "insats_id": f"{arena_id}-1",
                "arena_id": arena_id,
                "namn": f"{OFFER_NAMES[level][2][number % 3]} (påhittad)",
                "preventionsniva": level,
                "alder_fran": str(first),
                "alder_till": "18",
                "blivande_foraldrar": "nej",
                "malgrupp": "alla_foraldrar" if level == "universell" else NARROW_GROUPS[1],
                "metod": METHODS["evidens"][number % 3],
                "kunskapsbas": "evidens",
                "barnratt": "nej",
                "form": form,
                "sprak": "sv",
                "tema": "tonår",
                "parter": "region",
                **common,
            }
        )


def _county_answers(wave: int, filled: Tables) -> None:
    filled["kommunlage"] += [
        {
            "kommunkod": COUNTY,
            "fraga": question,
            "svar": answer.reply,
            "parter": answer.parties,
            "alder_fran": str(answer.ages[0]) if answer.ages else "",
            "alder_till": str(answer.ages[1]) if answer.ages else "",
            "fritext": answer.words,
            "kalla": _source(3),
            "datum": day,
            "roll": "Regional samordning (påhittad funktion)",
        }
        for day, question, answer in COUNTY_ANSWERS
        if day <= str(WAVE_DAYS[wave])
    ]
    for part in ("Norr", "Väster", "Söder"):
        text = f"Länsdel {part} vill mötas en gång om året och jämföra sina kartläggningar. (påhittat)"
        row = {"kommun": part, "datum": f"{wave}-03", "typ": "nasta_steg", "text": text}
        filled["dialog"].append({**row, "kalla": _source(5), "tolkning": "klassad"})


def _population(wave: int) -> Iterator[Row]:
    for year in (wave - 2, wave - 1):
        counts = {persona.kommunkod: persona.children + 10 * (year - 2022) for persona in PERSONAS}
        counts[COUNTY] = sum(counts.values())
        for code, children in sorted(counts.items()):
            for first, last, share in ((0, 4, 0.3), (0, 15, 1.0), (0, 18, 1.2)):
                yield {
                    "kommunkod": code,
                    "ar": str(year),
                    "alder_fran": str(first),
                    "alder_till": str(last),
                    "antal": str(round(share * children)),
                    "kalla": _source(4),
                }


def _mandates(wave: int) -> Iterator[Row]:
    usual: tuple[tuple[str, str, int, int, str, str], ...] = (
        ("familjecentral", "Stöd vid familjecentralen", 0, 6, "universell", "vanligt"),
        ("oppen_forskola", "Öppen förskola", 0, 6, "universell", "vanligt"),
        ("bvc", "Stöd i föräldraskapet", 0, 5, "universell", "program"),
        ("bmm", "Stöd till blivande föräldrar", 0, 0, "universell", "program"),
        ("ungdomsmottagning", "Ungdomsmottagning", 13, 18, "universell | selektiv", "vanligt"),
        ("kommun", "Samarbetssamtal", 0, 17, "selektiv", "lag"),
    )
    for kind, name, first, last, levels, ground in usual:
        yield {
            "uppdrag_id": f"exempel-{kind.replace('_', '-')}",
            "galler": kind,
            "namn": f"{name} (påhittat)",
            "alder_fran": str(first),
            "alder_till": str(last),
            "preventionsniva": levels,
            "blivande_foraldrar": "ja" if kind in {"bmm", "familjecentral"} else "",
            "grund": ground,
            "kalla": _source(9),
            "kontrollerad_datum": f"{wave}-01",
        }


def _shortened(offer: Offer, pick: Picker) -> Offer:
    """Give an offer for some of the same ages: it repeats what is offered already and adds nothing."""
    first = offer.first + pick.below(max(1, (offer.last - offer.first) // 3))
    return Offer(
        offer.level, first, offer.last, offer.at, offer.basis, offer.rights, offer.reach, offer.parties
    )


def _left_out(pick: Picker) -> list[str]:
    """Choose the cells that nobody has filled in yet."""
    often = ("kunskapsbas", "barnratt", "sprak", "form", "parter", "malgrupp", "metod", "tema")
    seldom = ("preventionsniva", "alder_fran", "alder_till", "blivande_foraldrar")
    return [name for name in often if pick.below(3) == 0] + [name for name in seldom if pick.below(6) == 0]


def _named(word: str, number: int) -> str:
    return f"{word} {NAMES[number % len(NAMES)]} (påhittad)"


def _source(number: int) -> str:
    return f"Påhittad källa {number % SOURCES + 1}"
