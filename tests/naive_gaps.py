"""Judge the fifteen objectives naively: plain loops over dicts of text, written from the specification.

Nothing here is shared with the engine. Where that reasons about the worst and the best case, the shares of
2.3 and 2.6 are judged here by going through every world there may be.
"""

import datetime
import itertools
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
STRATEGY = tomllib.loads((ROOT / "data" / "strategi.toml").read_text(encoding="utf-8"))
GENERAL = {word.casefold().replace("_", " ") for word in STRATEGY["malgrupp"]["allmanna"]}
GENERAL |= {"alla föräldrar", "alla foraldrar"}
PHASES = [range(6), range(6, 13), range(13, 19)]
LEVELS = ["universell", "selektiv", "indikerad"]
FIVE = {"forskola", "skola", "socialtjanst", "halso_och_sjukvard", "civilsamhalle"}
OUTREACH = {"uppsokande", "hembesok", "digital"}
GAP, PARTLY, MET = 0, 1, 2


@cache
def cells(text):
    return [part.strip() for part in text.split("|") if part.strip()]


@cache
def first_and_last_day(text):
    if not text:
        return None
    numbers = [int(part) for part in text.split("-")]
    if len(numbers) == 3:
        return datetime.date(*numbers), datetime.date(*numbers)
    if len(numbers) == 2:
        year, month = numbers
        after = datetime.date(year + month // 12, month % 12 + 1, 1)
        return datetime.date(year, month, 1), after - datetime.timedelta(days=1)
    return datetime.date(numbers[0], 1, 1), datetime.date(numbers[0], 12, 31)


class Naive:
    def __init__(
        self, arenor, insatser, kommunlage, day, *, older=False, previous=None, uppdrag=(), stronger=None
    ):
        self.arenor = {row["arena_id"]: row for row in arenor}
        self.insatser = [dict(row) for row in insatser]
        self.kommunlage = kommunlage
        self.day, self.older, self.previous = day, older, previous
        self.uppdrag, self.stronger = uppdrag, stronger

    # what may be known of rows

    def in_time(self, text):
        date = first_and_last_day(text)
        if date is None or date[0] > self.day:
            return False
        return self.older or (self.day - date[0]).days <= 730

    def standing_alone(self, row, date):
        status = row.get("status") or "okand"
        if status == "stangd":
            return "closed"
        if status == "planerad":
            return "planned" if self.in_time(date) else "maybe"
        if status == "aktiv" and self.in_time(date) and row.get("belagg") != "svag":
            return "sure"
        return "maybe"

    def arena_standing(self, identity):
        row = self.arenor[identity]
        return self.standing_alone(row, row.get("kontrollerad_datum", ""))

    def own_standing(self, insats):
        of = self.arenor[insats["arena_id"]]
        date = insats.get("kontrollerad_datum") or of.get("kontrollerad_datum", "")
        return self.standing_alone(insats, date)

    def standing(self, insats):
        both = {self.arena_standing(insats["arena_id"]), self.own_standing(insats)}
        return next(word for word in ("closed", "planned", "maybe", "sure") if word in both)

    def own(self, kommun):
        return [i for i in self.insatser if self.arenor[i["arena_id"]]["kommunkod"] == kommun]

    def reached(self, identity, kommun):
        row = self.arenor[identity]
        return row["kommunkod"] in {kommun, "18"} or kommun in cells(row.get("betjanar_kommuner", ""))

    def shared(self, kommun):
        others = [i for i in self.insatser if self.arenor[i["arena_id"]]["kommunkod"] != kommun]
        return [i for i in others if self.reached(i["arena_id"], kommun)]

    def undescribed(self, kommun, *, shared):
        """Arenas that may be active and have no insats row at all."""
        described = {i["arena_id"] for i in self.insatser}
        return [
            row
            for name, row in self.arenor.items()
            if name not in described
            and self.arena_standing(name) in {"sure", "maybe"}
            and (self.reached(name, kommun) if shared else row["kommunkod"] == kommun)
        ]

    # what may be known of answers

    def said(self, kommun, question):
        """The fresh answers of the newest day."""
        dated = []
        for row in self.kommunlage:
            if row["kommunkod"] != kommun or row["fraga"] != question or not row["svar"]:
                continue
            first, last = first_and_last_day(row["datum"])
            if first <= self.day:
                dated.append((min(last, self.day), row))
        if not dated:
            return []
        newest = max(when for when, _ in dated)
        return [row for when, row in dated if when == newest and self.in_time(row["datum"])]

    def mapped(self, kommun):
        answers = self.said(kommun, "kartlaggning")
        return bool(answers) and all(row["svar"] == "klar" for row in answers)

    def asked(self, kommun, question, best, judge):
        """Give the worst or the best that the answers to a question say; `judge(row)` ranks one answer."""
        ranks = [judge(row) for row in self.said(kommun, question)] or [MET if best else GAP]
        return max(ranks) if best else min(ranks)

    # what an insats covers

    def years(self, row, best):
        ages = [row.get("alder_fran", ""), row.get("alder_till", "")]
        if all(ages):
            return {year for year in range(int(ages[0]), int(ages[1]) + 1) if year <= 18}
        if best:
            return set(range(19))
        return {int(age) for age in ages if age and int(age) <= 18}

    def phases(self, row, best):
        years = self.years(row, best)
        return {p for p, phase in enumerate(PHASES) if 2 * len(years & set(phase)) >= len(phase)}

    def levels(self, row, best):
        stated = set(cells(row.get("preventionsniva", "")))
        return set(LEVELS) if best and not stated else stated

    def method(self, row, best):
        base = row.get("kunskapsbas", "")
        return base in {"evidens", "kunskapsbaserad"} or (best and not base)

    def parties(self, row):
        return set(cells(row.get("parter", ""))) - {"ofullstandig"}

    def more_parties(self, row):
        listed = cells(row.get("parter", ""))
        return not listed or "ofullstandig" in listed

    def reaches_out(self, row, best):
        form, languages = cells(row.get("form", "")), cells(row.get("sprak", ""))
        if OUTREACH & set(form) or set(languages) - {"sv"}:
            return True
        return best and (not form or not languages)

    def adapted(self, row, best):
        groups = cells(row.get("malgrupp", ""))
        narrower = [g for g in groups if g.casefold().replace("_", " ") not in GENERAL]
        return bool(narrower) or self.reaches_out(row, best) or (best and not groups)

    def counts(self, rows, best):
        wanted = {"sure", "maybe"} if best else {"sure"}
        return [row for row in rows if self.standing(row) in wanted]

    def open_ended(self, kommun, *, shared):
        return not self.mapped(kommun) or bool(self.undescribed(kommun, shared=shared))

    # what law and programmes oblige

    def obliged(self, kommun):
        """A row of insatser for each row of `uppdrag` that binds, and each thing of its kind that is sure."""
        binding = [row for row in self.uppdrag if row["grund"] in {"lag", "program"}]
        duties = [row for row in binding if row["galler"] == "kommun"]
        found = [row for row in duties if self.in_time(row.get("kontrollerad_datum", ""))]
        for name, arena in self.arenor.items():
            if self.reached(name, kommun) and self.arena_standing(name) == "sure":
                kinds = [arena["arenatyp"]]
                for part in ("bmm", "bvc", "oppen_forskola", "socialtjanst"):
                    rows = self.arenor.values()
                    named = any(r.get("samlokaliserad_med") == name and r["arenatyp"] == part for r in rows)
                    is_centre = arena["arenatyp"] == "familjecentral"
                    if is_centre and arena.get(f"fc_{part}") == "ja" and not named:
                        kinds.append(part)
                found += [row for row in binding if row["galler"] in kinds]
        return found

    def joined(self, kommun, best, everything, offers):
        """All that insatser offer, as `offers(row, best)` tells of one."""
        found = set()
        for row in self.counts(self.own(kommun) + self.shared(kommun), best):
            found |= offers(row, best)
        if best and self.open_ended(kommun, shared=True):
            found = set(everything)
        if self.uppdrag and not best:
            must = set().union(*(offers(row, False) for row in self.obliged(kommun)))
            found |= must & self.joined(kommun, True, everything, offers)
        if self.stronger:
            found |= self.stronger.joined(kommun, False, everything, offers)
        return found

    # the objectives: each gives the worst rank, or the best

    def judge(self, code, kommun):
        rank = getattr(self, "objective_" + code.replace(".", "_"))
        return rank(kommun, False), rank(kommun, True)

    def objective_1_1(self, kommun, best):
        def offers(row, best):
            cells = {(level, y) for level in self.levels(row, best) for y in self.years(row, best)}
            return cells if self.method(row, best) else set()

        everything = {(level, year) for level in LEVELS for year in range(19)}
        covered = self.joined(kommun, best, everything, offers)
        if len(covered) == 57:
            return MET
        if len(covered) < 28.5 or any(all(other != level for other, _ in covered) for level in LEVELS):
            return GAP
        return PARTLY

    def whole_childhood(self, row, best):
        ages = row.get("alder_fran", ""), row.get("alder_till", "")
        if not all(ages):
            return MET if best else PARTLY
        return MET if int(ages[0]) == 0 and int(ages[1]) >= 18 else PARTLY

    def objective_1_2(self, kommun, best):
        def informs(row):
            return GAP if row["svar"] == "nej" else self.whole_childhood(row, best)

        def offers(row, best):
            is_about = row.get("barnratt") == "ja" or (best and not row.get("barnratt"))
            return self.phases(row, best) if is_about else set()

        phases = self.joined(kommun, best, range(3), offers)
        offered = MET if len(phases) == 3 else PARTLY if phases else GAP
        return max(offered, self.asked(kommun, "barnratt_information", best, informs))

    def training(self, kommun, best):
        rows = []
        for row in self.kommunlage:
            if row["kommunkod"] == kommun and row["fraga"] == "kompetensinsats" and row["svar"]:
                first, last = first_and_last_day(row["datum"])
                if first <= self.day:
                    rows.append((min(last, self.day), row))
        standing, answered = [], False
        for when in sorted({when for when, _ in rows}):
            today = [row for day, row in rows if day == when]
            fresh = [row for row in today if self.in_time(row["datum"])]
            noes = [row for row in today if row["svar"] == "nej"]
            yeses = [row for row in fresh if row["svar"] == "ja"]
            if noes and not (best and yeses):
                standing = []
                answered = any(row in fresh for row in noes)
            else:
                standing += yeses
                answered = answered or bool(yeses)
        return standing, answered

    def objective_1_3(self, kommun, best):
        own, county = self.training(kommun, best), self.training("18", best)
        offers = own[0] + county[0]
        parties = set().union(*(self.parties(row) for row in offers))
        more = not own[1] or not county[1] or any(self.more_parties(row) for row in offers)
        if (best and more) or parties >= FIVE:
            return MET
        return PARTLY if offers else GAP

    def methods(self, kommun, best):
        """Cells level × phase with a method, and those that at least two parties share."""
        covered, together = set(), set()
        for row in self.counts(self.own(kommun), best):
            if self.method(row, best):
                here = {(level, p) for level in self.levels(row, best) for p in self.phases(row, best)}
                covered |= here
                if len(self.parties(row)) >= 2 or (best and self.more_parties(row)):
                    together |= here
        if best and self.open_ended(kommun, shared=False):
            covered = together = {(level, p) for level in LEVELS for p in range(3)}
        return covered, together

    def objective_1_4(self, kommun, best):
        if self.previous is None:
            return PARTLY if best else GAP
        nine = {(level, p) for level in LEVELS for p in range(3)}
        missing = nine - self.previous.methods(kommun, True)[0]
        now, together = self.methods(kommun, best)
        if missing:
            if missing <= now and missing & together:
                return MET
            return PARTLY if missing & now else GAP
        if now == nine:
            return MET
        return PARTLY if best and self.previous.methods(kommun, False)[0] != nine else GAP

    def scale(self, row, *, evidence):
        if row["svar"] == "3" and (row.get("fritext") or not evidence):
            return MET
        return GAP if row["svar"] == "0" else PARTLY

    def objective_1_5(self, kommun, best):
        return self.asked(kommun, "validerade_indikatorer", best, lambda row: self.scale(row, evidence=True))

    def objective_2_1(self, kommun, best):
        def offers(row, best):
            on_level = "universell" in self.levels(row, best)
            years = {("år", year) for year in self.years(row, best)} if on_level else set()
            phases = (
                {("fas", phase) for phase in self.phases(row, best)} if self.adapted(row, best) else set()
            )
            return years | phases

        everything = {("år", year) for year in range(19)} | {("fas", phase) for phase in range(3)}
        found = self.joined(kommun, best, everything, offers)
        universal, adapted = ({one for kind, one in found if kind == which} for which in ("år", "fas"))
        if any(2 * len(universal & set(phase)) < len(phase) for phase in PHASES):
            return GAP
        ranks = {"ja": MET}
        inventory = self.asked(kommun, "behovsinventering", best, lambda row: ranks.get(row["svar"], GAP))
        return MET if len(universal) == 19 and len(adapted) == 3 and inventory == MET else PARTLY

    def outreach(self, kommun, best):
        own = any(self.reaches_out(row, best) for row in self.counts(self.own(kommun), best))
        if best and self.open_ended(kommun, shared=False):
            own = True
        shared = any(self.reaches_out(row, best) for row in self.counts(self.shared(kommun), best))
        if best and self.undescribed(kommun, shared=True):
            shared = True
        return own, shared

    def objective_2_2(self, kommun, best):
        said = self.asked(kommun, "ej_nadda_grupper", best, lambda row: self.scale(row, evidence=False))
        own, shared = self.outreach(kommun, best)
        there = own or (shared and said > GAP)
        rank = MET if there and said == MET else PARTLY if there or said else GAP
        return rank if self.previous else min(rank, PARTLY)

    def complete(self, row):
        return all(row.get(name) for name in ("preventionsniva", "alder_fran", "alder_till", "malgrupp"))

    def said_by_an_unsure_arena(self, row):
        """Only its status is unknown: what else it says holds."""
        unknown = (row.get("status") or "okand") == "okand"
        return unknown and self.in_time(row.get("kontrollerad_datum", "")) and row.get("belagg") != "svag"

    def described_worlds(self, kommun, best):
        """Every (complete, active) that may be: an arena is absent (None), or active and complete or not."""
        choices = []
        for name, row in self.arenor.items():
            standing = self.arena_standing(name)
            if row["kommunkod"] != kommun or standing in {"closed", "planned"}:
                continue
            rows = [i for i in self.insatser if i["arena_id"] == name and self.complete(i)]
            sure = any(self.own_standing(i) == "sure" for i in rows)
            perhaps = any(self.own_standing(i) in {"sure", "maybe"} for i in rows)
            if standing == "sure":
                choices.append([sure, perhaps])
            elif best:
                choices.append([None, perhaps])
            else:
                choices.append([None, sure and self.said_by_an_unsure_arena(row)])
        for world in itertools.product(*choices):
            yield sum(map(bool, world)), sum(state is not None for state in world)

    def objective_2_3(self, kommun, best):
        def rank(row):
            if row["svar"] != "klar":
                return PARTLY if row["svar"] == "pagar" else GAP
            ranks = []
            for some, whole in self.described_worlds(kommun, best):
                if whole == 0:
                    ranks.append(MET if best else GAP)
                else:
                    ranks.append(MET if 10 * some >= 9 * whole else PARTLY if 2 * some >= whole else GAP)
            return max(ranks) if best else min(ranks)

        return self.asked(kommun, "kartlaggning", best, rank)

    def objective_2_4(self, kommun, best):
        types = {self.arenor[row["arena_id"]]["arenatyp"] for row in self.counts(self.own(kommun), best)}
        renewed = False
        for name, row in self.arenor.items():
            standing = self.arena_standing(name)
            if row["kommunkod"] != kommun or standing not in ({"sure", "maybe"} if best else {"sure"}):
                continue
            for date in [first_and_last_day(row.get(c, "")) for c in ("start_datum", "utvecklad_datum")]:
                if self.previous is None or date is None or date[0] > self.day:
                    renewed = renewed or best
                elif min(date[1], self.day) > self.previous.day:
                    renewed = True
        if best:
            types |= {row["arenatyp"] for row in self.undescribed(kommun, shared=False)}
            if not self.mapped(kommun):
                types, renewed = {"forskola", "skola", "forening"}, True
        types &= {"forskola", "skola", "forening"}
        rank = MET if len(types) == 3 and renewed else PARTLY if types or renewed else GAP
        return rank if self.previous else min(rank, PARTLY)

    def objective_2_5(self, _, best):
        ranks = {"beslutad": MET, "utkast": PARTLY, "saknas": GAP}
        return self.asked("18", "regional_overenskommelse", best, lambda row: ranks[row["svar"]])

    def premises_worlds(self, kommun, best):
        """Every list of active arenas that may be, each with definite parts and premises."""
        choices = []
        for name, row in self.arenor.items():
            standing = self.arena_standing(name)
            kinds = {"familjecentral", "bvc", "bmm", "oppen_forskola", "socialtjanst"}
            if (
                row["kommunkod"] != kommun
                or standing in {"closed", "planned"}
                or row["arenatyp"] not in kinds
            ):
                continue
            trusted = standing == "sure" or self.said_by_an_unsure_arena(row)
            place = row.get("samlokaliserad_med", "")
            place = None if place in {"", "ingen"} else place
            columns = {"bvc": "fc_bvc", "bmm": "fc_bmm", "of": "fc_oppen_forskola", "soc": "fc_socialtjanst"}
            whole = {"id": name, "kind": row["arenatyp"], "place": place, "parts": set()}
            if not best and not trusted:
                # nothing that a stale or weak row says of itself can be trusted
                worst = {"bvc", "bmm"} if row["arenatyp"] == "familjecentral" else set()
                options = [whole | {"place": None, "parts": worst}]
            elif row["arenatyp"] != "familjecentral":
                options = [whole]
            else:
                said = [[row[c]] if row.get(c) else ["ja", "nej"] for c in columns.values()]
                options = [
                    whole | {"parts": {p for p, v in zip(columns, values, strict=True) if v == "ja"}}
                    for values in itertools.product(*said)
                ]
            if standing != "sure":
                options.append(None)
            choices.append(options)
        for world in itertools.product(*choices):
            yield [row for row in world if row is not None]

    def judge_premises(self, rows):
        a = GAP
        units = []
        for centre in (row for row in rows if row["kind"] == "familjecentral"):
            parts = centre["parts"]
            if len(parts) == 4:
                a = MET
            elif "bvc" in parts and {"of", "soc"} & parts:
                a = max(a, PARTLY)
            beside = {row["kind"] for row in rows if row["place"] == centre["id"]}
            with_of = "of" in parts or "oppen_forskola" in beside
            with_soc = "soc" in parts or "socialtjanst" in beside
            units += [with_of and with_soc for kind in ("bvc", "bmm") if kind in parts and kind not in beside]
        for unit in (row for row in rows if row["kind"] in {"bvc", "bmm"}):
            near = set()
            for row in rows:
                together = row["place"] == unit["id"] or (
                    unit["place"] is not None and unit["place"] in {row["id"], row["place"]}
                )
                if together:
                    near.add(row["kind"])
                if unit["place"] == row["id"] and row["kind"] == "familjecentral":
                    near |= {{"of": "oppen_forskola", "soc": "socialtjanst"}.get(p) for p in row["parts"]}
            units.append({"oppen_forskola", "socialtjanst"} <= near)
        if a == GAP:
            return GAP
        return MET if a == MET and all(units) else PARTLY

    def objective_2_6(self, kommun, best):
        ranks = [self.judge_premises(world) for world in self.premises_worlds(kommun, best)]
        if not self.mapped(kommun):
            # a mottagning that shares nothing may exist, and so may all one could wish for
            return MET if best else min(*ranks, PARTLY)
        return max(ranks) if best else min(ranks)

    def objective_3_1(self, _, best):
        def rank(row):
            if row["svar"] != "ja":
                return GAP if row["svar"] == "nej" else PARTLY
            return self.whole_childhood(row, best)

        return self.asked("18", "regional_stodorganisation", best, rank)

    def objective_3_2(self, kommun, best):
        def rank(row):
            if row["svar"] != "ja":
                return GAP
            return MET if self.parties(row) >= FIVE or (best and self.more_parties(row)) else PARTLY

        return self.asked(kommun, "samverkansgrupp", best, rank)

    def objective_3_3(self, kommun, best):
        ranks = {"ja": MET, "utan_uppdrag": PARTLY, "nej": GAP}
        return self.asked(kommun, "strategisk_funktion", best, lambda row: ranks[row["svar"]])

    def shares(self, row, best):
        parties = self.parties(row)
        if best and self.more_parties(row):
            return True, True
        own = {"kommun", "forskola", "skola", "socialtjanst"}
        municipal = any(p in own or (p.isdigit() and p != "18") for p in parties)
        regional = bool(parties & {"region", "halso_och_sjukvard", "18"})
        return municipal and regional, "civilsamhalle" in parties and len(parties) > 1

    def shared_between(self, kommun, best):
        both = [self.shares(row, best) for row in self.counts(self.own(kommun), best)]
        if best and self.open_ended(kommun, shared=False):
            both.append((True, True))
        return any(region for region, _ in both), any(civil for _, civil in both)

    def objective_3_4(self, kommun, best):
        said = self.asked(kommun, "samverkan", best, lambda row: self.scale(row, evidence=True))
        region, civil = self.shared_between(kommun, best)
        if said == MET and region and civil:
            return MET
        return PARTLY if said or region or civil else GAP

    # the verdict

    def contradicts(self, code, kommun):
        question = {"2.2": "ej_nadda_grupper", "3.4": "samverkan"}.get(code)
        answers = {row["svar"] for row in self.said(kommun, question)} if question else set()
        if answers not in ({"0"}, {"3"}):
            return False
        if code == "2.2":
            top, some = self.outreach(kommun, False)[0], any(self.outreach(kommun, True))
        else:
            top, some = all(self.shared_between(kommun, False)), any(self.shared_between(kommun, True))
        return top if answers == {"0"} else not some

    def verdict(self, code, kommun):
        """status, at_least, floor, ceiling"""
        floor, ceiling = self.judge(code, kommun)
        words = ["gap", "delvis", "uppfyllt"]
        if self.contradicts(code, kommun) or (floor == GAP and ceiling > GAP):
            return "underlag_saknas", False, words[floor], words[ceiling]
        return words[floor], floor != ceiling, words[floor], words[ceiling]

    def planned(self, code, kommun):
        plans = [row for row in self.own(kommun) if self.standing(row) == "planned"]
        wide = plans + [row for row in self.shared(kommun) if self.standing(row) == "planned"]
        arenas = [
            row["arenatyp"]
            for name, row in self.arenor.items()
            if row["kommunkod"] == kommun and self.arena_standing(name) == "planned"
        ]
        if code == "1.1":
            return any(self.method(r, True) and self.levels(r, True) and self.years(r, True) for r in wide)
        if code == "1.2":
            return any(r.get("barnratt") != "nej" and self.phases(r, True) for r in wide)
        if code == "1.4":
            return any(self.method(r, True) and self.phases(r, True) for r in plans)
        if code == "2.1":
            return any(
                ("universell" in self.levels(r, True) and self.years(r, True))
                or (self.adapted(r, True) and self.phases(r, True))
                for r in wide
            )
        if code == "2.2":
            begun = any(row["svar"] != "0" for row in self.said(kommun, "ej_nadda_grupper"))
            return any(self.reaches_out(r, True) for r in (wide if begun else plans))
        if code == "2.4":
            kinds = {self.arenor[r["arena_id"]]["arenatyp"] for r in plans}
            return bool(arenas) or bool(kinds & {"forskola", "skola", "forening"})
        if code == "2.6":
            return bool(set(arenas) & {"familjecentral", "bvc", "bmm", "oppen_forskola", "socialtjanst"})
        if code == "3.2":
            group, plan = self.said(kommun, "samverkansgrupp"), self.said(kommun, "samverkansgrupp_plan")
            return any(r["svar"] == "planerad" for r in group) or any(r["svar"] == "ja" for r in plan)
        if code == "3.4":
            return any(any(self.shares(r, True)) for r in plans)
        return False
