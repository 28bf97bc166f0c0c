"""Share a county whose texts try what texts can."""

import pytest

from tests.conftest import ARENAS, OFFERS


@pytest.fixture
def told(changed_county):
    """Read the small county with everything a text can try, and secrets in a hidden place."""

    def read():
        arenas = [dict(arena) for arena in ARENAS]
        offers = [dict(offer) for offer in OFFERS]
        arenas[0] |= {"namn": '=HYPERLINK("http://fel.example")', "anmarkning": "rad ett\nrad två"}
        arenas[3] |= {"anmarkning": "Ring på hos grannen på Hemliga vägen 7"}
        offers[4] |= {"anmarkning": "Ingång från Hemliga vägen", "status": "aktiv"}
        offers[5] |= {"status": "", "sprak": ""}
        return changed_county(arenor=arenas, insatser=offers)

    return read
