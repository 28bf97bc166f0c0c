"""Judge the fifteen objectives, each by one rule that is asked in the worst world and in the best.

A rule takes a `World` and gives a rank: `GAP`, `PARTLY` or `MET`. It knows nothing of which world it sees,
but for what unknown answers are worth there. The thresholds come from the strategy.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from mapping.verdicts.answers import Answer
from mapping.verdicts.bounds import GAP, MAPPING, MET, PARTLY, REACHING, Baseline, Plans, World
from mapping.verdicts.known import LEVELS
from mapping.verdicts.strategy import Strategy

Rule = Callable[[World, Strategy], int]

SHARED_RESPONSIBILITY: Final = frozenset({"1.1", "1.2", "2.1"})
"""Objectives for which what serves the municipality from elsewhere counts as its own (rule G4)."""
TWO_WAVES: Final = frozenset({"1.4", "2.2", "2.4"})
"""Objectives that speak of development, and need an earlier follow-up to compare with (rule G7)."""
QUESTIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "1.1": (),
        "1.2": ("barnratt_information",),
        "1.3": ("kompetensinsats",),
        "1.4": (),
        "1.5": ("validerade_indikatorer",),
        "2.1": ("behovsinventering",),
        "2.2": (REACHING,),
        "2.3": (MAPPING,),
        "2.4": (),
        "2.5": ("regional_overenskommelse",),
        "2.6": (),
        "3.1": ("regional_stodorganisation",),
        "3.2": ("samverkansgrupp",),
        "3.3": ("strategisk_funktion",),
        "3.4": ("samverkan",),
    }
)
"""The questions whose answers each objective asks for."""
ON_ARENAS: Final = frozenset({"1.1", "1.2", "1.4", "2.1", "2.2", "2.3", "2.4", "2.6", "3.4"})
"""Objectives that look at arenas or insatser, so that a complete mapping matters to them."""

_ORDER: Final[Mapping[str, Mapping[str, int]]] = MappingProxyType(
    {
        "regional_overenskommelse": {"saknas": GAP, "utkast": PARTLY, "beslutad": MET},
        "strategisk_funktion": {"nej": GAP, "utan_uppdrag": PARTLY, "ja": MET},
        "behovsinventering": {"nej": GAP, "ja": MET},
    }
)


def knowledge_based_support(world: World, strategy: Strategy) -> int:
    """Judge 1.1: level × year covered by something knowledge-based; no level may be empty."""
    years = strategy.childhood_years
    every = (1 << years) - 1
    levels = [(world.cells >> (years * number)) & every for number in range(len(LEVELS))]
    covered = world.cells.bit_count()
    if covered == years * len(LEVELS):
        return MET
    share = covered / (years * len(LEVELS))
    return GAP if not all(levels) or share < strategy["1.1"].limits["delvis_fran"] else PARTLY


def rights_knowledge(world: World, strategy: Strategy) -> int:
    """Judge 1.2: all phases by insatser, or the whole childhood by information; they do not add up."""

    def informs(answer: Answer) -> int:
        if answer.answer != "ja":
            return GAP
        return MET if covers_childhood(answer, world, strategy) else PARTLY

    every = (1 << len(strategy.phases)) - 1
    offered = MET if world.rights == every else PARTLY if world.rights else GAP
    return max(offered, world.rank("barnratt_information", informs))


def training_for_professions(world: World, strategy: Strategy) -> int:
    """Judge 1.3: open to every party, the municipality's own and the county's together."""
    offers = [answer for training in world.training for answer in training.offers]
    is_open = any(not training.is_answered for training in world.training)
    if world.is_best and (is_open or any(not answer.has_all_parties for answer in offers)):
        return MET
    parties = frozenset[str]().union(*(answer.parties for answer in offers))
    if offers and strategy["1.3"].limits["parter"] <= parties:
        return MET
    return PARTLY if offers else GAP


def new_methods(world: World, strategy: Strategy) -> int:
    """Judge 1.4: level × phase that were proven to lack a method in the previous wave."""
    every = (1 << (len(LEVELS) * len(strategy.phases))) - 1
    if world.baseline is None:
        return min(world.unknown, PARTLY)
    if not world.baseline.missing:
        return _nothing_was_missing(world, world.baseline, every)
    missing = world.baseline.missing
    if missing & ~world.methods == 0 and missing & world.joint:
        return MET
    return PARTLY if missing & world.methods else GAP


def _nothing_was_missing(world: World, baseline: Baseline, every: int) -> int:
    """Judge 1.4 where no cell was proven empty: nothing could be seen to come, but something to be lost."""
    if world.methods == every:
        return MET
    return GAP if baseline.covered == every else min(world.unknown, PARTLY)


def validated_indicators(world: World, strategy: Strategy) -> int:
    """Judge 1.5: the self-assessment, with evidence at the top."""
    return world.rank("validerade_indikatorer", _assessed(strategy, "1.5", needs_evidence=True))


def support_by_need(world: World, strategy: Strategy) -> int:
    """Judge 2.1: universal support every year, an inventory of needs, something adapted in each phase."""
    fewest = strategy["2.1"].limits["fas_minst"]
    for covered, width in phases_covered(world.universal, strategy):
        if covered / width < fewest:
            return GAP
    whole = world.universal == (1 << strategy.childhood_years) - 1
    adapted = world.adapted == (1 << len(strategy.phases)) - 1
    inventory = world.rank("behovsinventering", _by_order)
    return MET if whole and adapted and inventory == MET else PARTLY


def reaching_the_unreached(world: World, strategy: Strategy) -> int:
    """Judge 2.2: the self-assessment, and something that reaches out; shared only with own work."""
    assessed = world.rank(REACHING, _assessed(strategy, "2.2", needs_evidence=False))
    reaches = world.outreach or (world.any_outreach and world.counts_shared_outreach)
    rank = MET if assessed == MET and reaches else PARTLY if assessed > GAP or reaches else GAP
    return rank if world.baseline is not None else min(rank, PARTLY)


def mapped_arenas(world: World, strategy: Strategy) -> int:
    """Judge 2.3: a complete mapping in which the active arenas are described."""
    limits = strategy["2.3"].limits
    some, whole = world.described

    def judge(answer: Answer) -> int:
        if answer.answer != "klar":
            return PARTLY if answer.answer == "pagar" else GAP
        if not whole:
            return world.unknown
        share = some / whole
        return MET if share >= limits["uppfyllt_fran"] else PARTLY if share >= limits["delvis_fran"] else GAP

    return world.rank(MAPPING, judge)


def developed_arenas(world: World, strategy: Strategy) -> int:
    """Judge 2.4: something offered at each type of meeting place, and an arena that is new or developed."""
    every = (1 << len(strategy["2.4"].limits["arenatyper"])) - 1
    if world.types == every and world.is_renewed:
        rank = MET
    else:
        rank = PARTLY if world.types or world.is_renewed else GAP
    return rank if world.baseline is not None else min(rank, PARTLY)


def regional_agreement(world: World, strategy: Strategy) -> int:  # noqa: ARG001
    """Judge 2.5: the county's answer."""
    return world.rank("regional_overenskommelse", _by_order)


def family_centre(world: World, strategy: Strategy) -> int:  # noqa: ARG001
    """Judge 2.6: a familjecentral with its parts (a), and co-location (b)."""
    if world.centre == GAP:
        return GAP
    return MET if world.centre == MET and world.is_together else PARTLY


def regional_organisation(world: World, strategy: Strategy) -> int:
    """Judge 3.1: the county's answer, for the whole of childhood."""

    def judge(answer: Answer) -> int:
        if answer.answer == "nej":
            return GAP
        return MET if answer.answer == "ja" and covers_childhood(answer, world, strategy) else PARTLY

    return world.rank("regional_stodorganisation", judge)


def cooperation_group(world: World, strategy: Strategy) -> int:
    """Judge 3.2: a group, with every party in it; a missing party never makes a gap."""
    wanted = strategy["3.2"].limits["parter"]

    def judge(answer: Answer) -> int:
        if answer.answer != "ja":
            return GAP
        is_open = world.is_best and not answer.has_all_parties
        return MET if is_open or wanted <= answer.parties else PARTLY

    return world.rank("samverkansgrupp", judge)


def strategic_function(world: World, strategy: Strategy) -> int:  # noqa: ARG001
    """Judge 3.3: the municipality's answer."""
    return world.rank("strategisk_funktion", _by_order)


def cooperation(world: World, strategy: Strategy) -> int:
    """Judge 3.4: the self-assessment, and what is shared with the region and with civil society."""
    assessed = world.rank("samverkan", _assessed(strategy, "3.4", needs_evidence=True))
    if assessed == MET and world.regional and world.civil:
        return MET
    return PARTLY if assessed > GAP or world.regional or world.civil else GAP


RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "1.1": knowledge_based_support,
        "1.2": rights_knowledge,
        "1.3": training_for_professions,
        "1.4": new_methods,
        "1.5": validated_indicators,
        "2.1": support_by_need,
        "2.2": reaching_the_unreached,
        "2.3": mapped_arenas,
        "2.4": developed_arenas,
        "2.5": regional_agreement,
        "2.6": family_centre,
        "3.1": regional_organisation,
        "3.2": cooperation_group,
        "3.3": strategic_function,
        "3.4": cooperation,
    }
)


def _assessed(strategy: Strategy, code: str, *, needs_evidence: bool) -> Callable[[Answer], int]:
    limits = strategy[code].limits
    full, some = limits["uppfyllt_fran"], limits["delvis_fran"]

    def judge(answer: Answer) -> int:
        level = int(answer.answer)
        if level >= full and (answer.has_evidence or not needs_evidence):
            return MET
        return PARTLY if level >= some else GAP

    return judge


def _by_order(answer: Answer) -> int:
    return _ORDER[answer.question][answer.answer]


def covers_childhood(answer: Answer, world: World, strategy: Strategy) -> bool:
    """Tell whether an answer is about the whole of childhood; ages that are not stated may be any."""
    first, last = answer.ages
    if first is None or last is None:
        return world.is_best
    return first <= strategy.childhood[0] and last >= strategy.childhood[1]


def phases_covered(years: int, strategy: Strategy) -> list[tuple[int, int]]:
    """Count, for each phase, the years of a mask that lie in it, and all its years."""
    youngest = strategy.childhood[0]
    return [
        (((years >> (first - youngest)) & ((1 << (last - first + 1)) - 1)).bit_count(), last - first + 1)
        for first, last in strategy.phases
    ]


def disagrees(code: str, worst: World, best: World, strategy: Strategy) -> bool:
    """Tell whether an answer and the settled facts about arenas say opposite ends (rule G6).

    Parameters
    ----------
    code
        Only 2.2 and 3.4 can disagree.
    worst, best
        The municipality's two worlds.
    strategy
        For the answer that counts as the top.
    """
    if code not in {"2.2", "3.4"}:
        return False
    levels = {int(answer.answer) for answer in worst.answers.get(QUESTIONS[code][0], ())}
    if len(levels) != 1:
        return False
    (level,) = levels
    if code == "2.2":
        all_there, none_there = worst.outreach, not (best.outreach or best.any_outreach)
    else:
        all_there = worst.regional and worst.civil
        none_there = not (best.regional or best.civil)
    if level == 0:
        return all_there
    return level >= strategy[code].limits["uppfyllt_fran"] and none_there


def is_planned(code: str, plans: Plans, best: World) -> bool:
    """Tell whether something planned – an arena, an insats, an answer – would bear on an objective.

    A planned insats bears on what it may offer. A planned arena without insatser bears on objectives about
    arenas only, because nobody has said what it will offer.

    Parameters
    ----------
    code
        Which objective.
    plans
        What is planned in the municipality; for the county, nothing.
    best
        Its best world.
    """
    if code == "3.2":
        group = best.answers.get("samverkansgrupp", ())
        wider = best.answers.get("samverkansgrupp_plan", ())
        return any(answer.answer == "planerad" for answer in group) or any(
            answer.answer == "ja" for answer in wider
        )
    return bool(_PLANNED[code](plans, best)) if code in _PLANNED else False


def _reaches_later(plans: Plans, best: World) -> bool:
    has_begun = REACHING in best.answers and best.counts_shared_outreach
    return plans.outreach or (plans.any_outreach and has_begun)


_PLANNED: Final[Mapping[str, Callable[[Plans, World], Any]]] = MappingProxyType(
    {
        "1.1": lambda plans, _: plans.cells,
        "1.2": lambda plans, _: plans.rights,
        "1.4": lambda plans, _: plans.methods,
        "2.1": lambda plans, _: plans.universal or plans.adapted,
        "2.2": _reaches_later,
        "2.4": lambda plans, _: plans.types or plans.arenas,
        "2.6": lambda plans, _: plans.premises,
        "3.4": lambda plans, _: plans.shared,
    }
)
