"""Show the municipalities on the map by the state they are in, without arenas."""

from collections.abc import Sequence

from mapping.dataset.dataset import Dataset
from mapping.map.shading import Shading
from pages.ui import address, data
from pages.ui.map import clicks
from pages.ui.map.arena_map import arena_map


def state_map(dataset: Dataset, shading: Shading, *, highlighted: Sequence[str] = ()) -> None:
    """Draw the map; a click on a municipality chooses it, a click on the chosen one lets it go."""
    settings = data.settings()
    arena_map(
        key=clicks.STATE_MAP,
        version=dataset.view,
        visible=[],
        arenas=False,
        highlighted=highlighted,
        shading=shading.as_dict(),
        tiles=settings.tiles.as_dict() if settings.tiles else None,
        presentation=address.presenting(),
        height=640,
        on_kommun=clicks.on_state_map_municipality,
    )
