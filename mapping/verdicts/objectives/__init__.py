"""The strategy's objectives: one module for each kind of rule that an objective may be judged by.

A kind has a rule and a rank, a reason in words, the rows it counts, figures, and what is missing. A new kind
is a new module here and a line in `KINDS`; a new objective of a kind that exists is only a change of the
strategy's file.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from mapping.verdicts.objectives.childrens_rights import ChildrensRights
from mapping.verdicts.objectives.cooperation import Cooperation
from mapping.verdicts.objectives.cooperation_group import CooperationGroup
from mapping.verdicts.objectives.family_centre import FamilyCentre
from mapping.verdicts.objectives.indicators import ValidatedIndicators
from mapping.verdicts.objectives.knowledge_based_support import KnowledgeBasedSupport
from mapping.verdicts.objectives.mapped_arenas import MappedArenas
from mapping.verdicts.objectives.meeting_places import MeetingPlaces
from mapping.verdicts.objectives.new_methods import NewMethods
from mapping.verdicts.objectives.reaching_the_unreached import ReachingTheUnreached
from mapping.verdicts.objectives.regional_agreement import RegionalAgreement
from mapping.verdicts.objectives.regional_organisation import RegionalOrganisation
from mapping.verdicts.objectives.rule import Rule
from mapping.verdicts.objectives.strategic_function import StrategicFunction
from mapping.verdicts.objectives.support_by_need import SupportByNeed
from mapping.verdicts.objectives.training import TrainingForProfessions
from mapping.verdicts.strategy import Strategy

KINDS: Final[Mapping[str, type[Rule]]] = MappingProxyType(
    {
        "tackning": KnowledgeBasedSupport,
        "rattigheter": ChildrensRights,
        "kompetens": TrainingForProfessions,
        "nya_metoder": NewMethods,
        "indikatorer": ValidatedIndicators,
        "behovsanpassat": SupportByNeed,
        "ej_nadda": ReachingTheUnreached,
        "kartlaggning": MappedArenas,
        "motesplatser": MeetingPlaces,
        "overenskommelse": RegionalAgreement,
        "familjecentral": FamilyCentre,
        "stodorganisation": RegionalOrganisation,
        "samverkansgrupp": CooperationGroup,
        "strategisk_funktion": StrategicFunction,
        "samverkan": Cooperation,
    }
)
"""The word of each kind in the strategy's file (`regel = "tackning"`), and its rule."""


@lru_cache(maxsize=8)
def rules(strategy: Strategy) -> Mapping[str, Rule]:
    """Give the rule of each objective, by its code."""
    return {one.code: KINDS[one.kind](one, strategy) for one in strategy.objectives}
