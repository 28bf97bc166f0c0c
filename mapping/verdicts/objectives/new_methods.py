"""Judge whether knowledge-based methods have come where there were none before (`nya_metoder`)."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from mapping.contract import vocabulary
from mapping.swedish import span
from mapping.verdicts import missing
from mapping.verdicts.bounds import GAP, MET, PARTLY, Bound, Place
from mapping.verdicts.known import LEVELS, Cell, Insats
from mapping.verdicts.missing import Missing
from mapping.verdicts.objectives.figure import KNOWN, UNKNOWN, Box, Figures, Places, Row, states
from mapping.verdicts.objectives.rule import NUMBER, ArenaRule
from mapping.verdicts.row_status import InsatsOnDay

METHOD: Final = "metod"
JOINT: Final = "gemensam metod"
"""What is offered in a level × phase: a method, and one that enough parties share."""
Offer = tuple[str, Cell]


class NewMethods(ArenaRule):
    """Level × phase that were proven to lack a method in the previous wave; the municipality's own only."""

    thresholds = {"minst_parter": NUMBER, "kunskapsbas": vocabulary.KNOWLEDGE_BASE}
    needs_two_waves = True
    cells = ("preventionsniva", "alder", "kunskapsbas", "parter")

    @property
    def cells_of_childhood(self) -> frozenset[Cell]:
        """Every level × phase."""
        return frozenset((level, phase) for level in LEVELS for phase in range(len(self.strategy.phases)))

    @cached_property
    def everything(self) -> frozenset[Offer]:
        return frozenset((what, cell) for what in (METHOD, JOINT) for cell in self.cells_of_childhood)

    def offers(self, insats: Insats, *, possible: bool) -> frozenset[Offer]:
        base = insats.knowledge_base
        if not (base in self.limits["kunskapsbas"] or (possible and base is None)):
            return frozenset()
        is_joint = len(insats.parties) >= self.limits["minst_parter"]
        is_joint = is_joint or (possible and not insats.has_all_parties)
        what = (METHOD, JOINT) if is_joint else (METHOD,)
        return frozenset((one, cell) for one in what for cell in insats.reach(possible=possible).phase_cells)

    def _cells(self, bound: Bound, what: str = METHOD) -> frozenset[Cell]:
        return frozenset(cell for one, cell in bound.offered(self, shared=False) if one == what)

    def _missing_then(self, previous: Place) -> frozenset[Cell]:
        """Give the cells that were proven to lack a method in the previous wave."""
        return self.cells_of_childhood - self._cells(previous.highest)

    def text(self) -> str:
        return (
            f"Vi jämför med förra mätomgången, {len(LEVELS)} nivåer × {len(self.strategy.phases)} faser. "
            "Uppfyllt: alla rutor som då bevisligen saknade metod har en nu, och minst en av de nya "
            f"insatserna har minst {self.limits['minst_parter']} parter. Delvis: minst en av rutorna. "
            "Gap: ingen."
        )

    def rank(self, bound: Bound) -> int:
        previous, now = bound.place.previous, self._cells(bound)
        if previous is None:
            return min(bound.unknown, PARTLY)
        lacking = self._missing_then(previous)
        if lacking:
            if lacking <= now and lacking & self._cells(bound, JOINT):
                return MET
            return PARTLY if lacking & now else GAP
        # where nothing was proven empty, nothing could be seen to come, but something to be lost
        if now == self.cells_of_childhood:
            return MET
        was_whole = self._cells(previous.lowest) == self.cells_of_childhood
        return GAP if was_whole else min(bound.unknown, PARTLY)

    def figures(self, places: Places, basis: str) -> Figures:
        found = states(self, places, basis, shared=False)
        rows = tuple(
            Row(
                vocabulary.PREVENTION_LEVEL[level],
                tuple(
                    Box(f"{span(*ages)} år", found[METHOD, (level, number)])
                    for number, ages in enumerate(self.strategy.phases)
                ),
            )
            for level in LEVELS
        )
        cells = [cell for row in rows for cell in row.boxes]
        known, blank = (sum(cell.state in those for cell in cells) for those in (KNOWN, (UNKNOWN,)))
        sentence = (
            f"En kunskapsbaserad metod är känd i {known} av {len(cells)} rutor"
            if known
            else "Om kunskapsbaserade metoder vet vi inget"
            if blank
            else "Ingen kunskapsbaserad metod är känd"
        )
        return Figures(rows, f"{sentence}{f'; om {blank} vet vi inget' if known and blank else ''}.")

    def known(self, place: Place) -> str:
        now = self._cells(place.lowest)
        counted = f"{len(now)} av {len(self.cells_of_childhood)} rutor (nivå × fas) har en känd metod"
        if place.previous is None:
            return f"{counted}."
        lacking = self._missing_then(place.previous)
        if not lacking:
            return f"{counted}; ingen ruta saknade bevisligen metod förra mätomgången."
        return f"{len(lacking & now)} av {len(lacking)} rutor som saknade metod förra mätomgången har en nu."

    def may_add(self, place: Place) -> list[InsatsOnDay]:
        return super().may_add(place) if place.previous is not None else []

    def missing(self, place: Place) -> Iterator[Missing]:
        if place.previous is None:
            yield from missing.mapping(place)
            yield from missing.wave(place)
            return
        yield from super().missing(place)
        if not self._missing_then(place.previous):
            yield Missing.of(
                place.kommunkod,
                missing.WAVE,
                f"Var metoder saknades i {place.kommun} förra mätomgången: ingen ruta var bevisligen tom då. "
                "Nästa mätomgång kan jämföras med den här.",
            )
