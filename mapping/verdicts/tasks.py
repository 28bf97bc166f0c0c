"""Turn missing facts into tasks for people: who is to be asked what, in one sentence and one message.

The same thing that several municipalities lack is one task. What nobody can do anything about today, an
earlier follow-up to compare with, is none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from mapping.contract import vocabulary
from mapping.contract.guidance import ANSWER_LABEL, QUESTION_TITLE
from mapping.swedish import either, swedish_order
from mapping.verdicts.judge import NextFact, Verdict, next_facts
from mapping.verdicts.missing import CELL_WORDS, about

_LACKS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "bekrafta:arenor": (
            "har arenor vars uppgifter är för gamla eller saknar datum",
            "Gå igenom kommunens arenor och bekräfta att uppgifterna stämmer, med dagens datum.",
        ),
        "bekrafta:insatser": (
            "har insatser vars uppgifter är för gamla eller saknar datum",
            "Gå igenom kommunens insatser och bekräfta att uppgifterna stämmer, med dagens datum.",
        ),
        "status:arenor": (
            "har arenor där det inte är känt om de är aktiva",
            "Vilka av arenorna är aktiva i dag, vilka planeras och vilka är stängda?",
        ),
        "status:insatser": (
            "har insatser där det inte är känt om de pågår",
            "Vilka av insatserna pågår i dag, vilka planeras och vilka har upphört?",
        ),
        "belagg:arenor": (
            "har arenor som bara har svagt stöd i en källa",
            "Finns arenorna? Ange gärna en källa som säger det.",
        ),
        "belagg:insatser": (
            "har insatser som bara har svagt stöd i en källa",
            "Finns insatserna? Ange gärna en källa som säger det.",
        ),
        "insatser": (
            "har arenor där ingen har sagt vad de erbjuder",
            "Vad erbjuder arenorna föräldrar: vilka insatser, på vilken nivå och för barn i vilka åldrar?",
        ),
        "delar": (
            "har familjecentraler där det inte är känt vilka delar som finns",
            "Vilka delar har familjecentralen: mödrahälsovård, barnhälsovård, öppen förskola, socialtjänst?",
        ),
        "samlokalisering": (
            "har mottagningar där det inte är känt vilka de delar lokal med",
            "Vilka delar barnmorskemottagningarna och barnavårdscentralerna lokal med?",
        ),
        "datum": (
            "har arenor där det inte är känt när de öppnade eller utvecklades",
            "När öppnade arenorna, och när utvecklades de senast?",
        ),
        "arenor": (
            "har ingen känd aktiv arena",
            "Vilka arenor för föräldrar är aktiva i kommunen?",
        ),
    }
)
"""What municipalities lack, as the end of "3 kommuner …", and what to ask them."""


_OF_ANSWERS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "parter": {
            "samverkansgrupp": "har inte sagt vilka parter som är med i samverkansgruppen",
            "kompetensinsats": "har inte sagt vilka professioner som erbjuds kompetenshöjande insatser",
        },
        "aldrar": {
            "barnratt_information": "har inte sagt vilka åldrar informationen om barnets rättigheter gäller",
            "regional_stodorganisation": "har inte sagt vilka åldrar den regionala organisationen gäller",
        },
        "stam_av": {
            "ej_nadda_grupper": "har svarat på hur de når föräldrar, men arenorna säger något annat",
            "samverkan": "har svarat på hur samverkan ser ut, men arenorna säger något annat",
        },
    }
)
_ASKED_OF_ANSWERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "parter": "Vilka är med?",
        "aldrar": "Vilka åldrar gäller det?",
        "stam_av": "Svaret och uppgifterna om arenor säger olika saker: vilket stämmer?",
    }
)


@dataclass(frozen=True)
class Task:
    """One thing to find out, from one or more municipalities (or the county)."""

    what: str
    kommuner: tuple[str, ...]
    """Names, in Swedish order."""
    total: int
    """How many municipalities there are; 0 where the county is to answer."""
    objectives: tuple[str, ...]
    """Those whose verdicts it bears on."""
    settles: int
    """How many verdicts lack nothing else."""
    facts: tuple[str, ...]
    """What each lacks, in a sentence of its own."""
    does: str
    asks: str

    @property
    def is_of_rows(self) -> bool:
        """Whether it is about rows of arenas or insatser, which its facts name."""
        return self.what.partition(":")[0] not in {"svar", *_OF_ANSWERS}

    @property
    def sentence(self) -> str:
        """Say who lacks what, and how many objectives it concerns."""
        many, wide = len(self.kommuner), len(self.objectives)
        who = (
            either(self.kommuner, last="och")
            if not self.total or many <= 1
            else f"{many} av {self.total} kommuner"
        )
        aims = "1 mål" if wide == 1 else f"{wide} mål"
        return f"{who} {self.does} – det rör {aims}."

    @property
    def message(self) -> str:
        """The question as a message to send."""
        to = "Till: " + either(self.kommuner, last="och")
        aims = either(self.objectives, last="och")
        word = "målet" if len(self.objectives) == 1 else "målen"
        return (
            f"{to}\n\nHej! I underlaget om föräldraskapsstöd i Örebro län saknas en uppgift från er.\n\n"
            f"{self.asks}\n\nSvaret behövs för att bedöma {word} {aims} i den regionala strategin för "
            "föräldraskapsstöd. Skriv gärna vilken dag svaret gäller och vilken funktion som svarar, "
            "men inga personnamn. Tack!"
        )


def tasks(verdicts: Sequence[Verdict]) -> tuple[Task, ...]:
    """Give what to find out, that which settles most verdicts first; one task where many lack the same."""
    names = {one.kommunkod: one.kommun for one in verdicts}
    total = len(names.keys() - {vocabulary.COUNTY_CODE})
    groups: dict[tuple[str, bool], list[NextFact]] = {}
    for found in next_facts(verdicts):
        # a municipality and the county are not asked the same way
        is_county = found.fact.kommunkod == vocabulary.COUNTY_CODE
        groups.setdefault((_kind(found.fact.what), is_county), []).append(found)
    weighed = [
        (sum(one.worth for one in found), _task(kind, found, names, 0 if is_county else total))
        for (kind, is_county), found in groups.items()
    ]
    return tuple(task for _, task in sorted(weighed, key=lambda pair: -pair[0]))


def _kind(what: str) -> str:
    """Name what is missing without the arena that lacks it."""
    return what.partition(":")[0] if what.startswith("delar:") else what


def _task(kind: str, found: Sequence[NextFact], names: Mapping[str, str], total: int) -> Task:
    does, asks = _words(kind)
    if any(one.fact.is_stale for one in found):
        does += " eller svarade för länge sedan"
    codes = {one.fact.kommunkod for one in found}
    told = {code: names.get(code) or vocabulary.AREAS.get(code, code) for code in codes}
    return Task(
        what=kind,
        kommuner=tuple(sorted(told.values(), key=swedish_order)),
        total=total,
        objectives=tuple(dict.fromkeys(code for code, _ in _sorted(found))),
        settles=sum(len(one.settles) for one in found),
        facts=tuple(one.fact.sentence for one in found),
        does=does,
        asks=asks,
    )


def _sorted(found: Iterable[NextFact]) -> list[tuple[str, str]]:
    return sorted({where for one in found for where in one.bears_on})


def _words(kind: str) -> tuple[str, str]:
    """Say what is lacking, and how it is asked for."""
    if kind in _LACKS:
        return _LACKS[kind]
    what, _, name = kind.partition(":")
    if what == "cell":
        words = CELL_WORDS[name]
        return (
            f"har insatser utan uppgift om {words}",
            f"Gå igenom insatserna och fyll i {words} där det saknas.",
        )
    title = QUESTION_TITLE[name]
    if what in _OF_ANSWERS:
        does = _OF_ANSWERS[what].get(name, f"har svarat ofullständigt på {about(name)}")
        return does, f"{title} {_ASKED_OF_ANSWERS[what]}"
    replies = either(ANSWER_LABEL[code].lower() for code in vocabulary.ANSWERS[name])
    return f"har inte svarat på {about(name)}", f"{title} Svara {replies}."
