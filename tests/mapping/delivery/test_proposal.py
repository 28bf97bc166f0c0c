"""What a delivery would publish: the part it replaces, together with everything that stays."""

import pytest

from mapping.dataset.dataset import from_contents
from mapping.delivery.check import Published
from mapping.delivery.delivery import SourceFile, deliver
from mapping.delivery.proposal import propose, publish
from mapping.delivery.scope import Scope
from mapping.errors import NothingChangedError, UnconfirmedError
from mapping.store.store import Store
from tests.conftest import ARENAS, DAY, OFFERS
from tests.deliveries import arenas_in, written
from tests.mapping.stores import EDITOR

PUBLISHED = {"arenor.csv": written(ARENAS), "insatser.csv": written(OFFERS)}


def proposed(rows):
    published = Published(1, PUBLISHED, from_contents(PUBLISHED, today=DAY))
    return propose(deliver([SourceFile("arenor.csv", written(rows, delimiter=";"))]), published, today=DAY)


def test_one_municipality_s_file_leaves_the_rest_of_the_county_as_it_was():
    rows = arenas_in("1884")
    rows[0]["namn"] = "Familjecentralen Björken"
    done = proposed(rows)
    assert not done.checked.stops
    assert len(done.checked.dataset.arenor) == len(ARENAS)
    assert [row.key for row in done.changes.tables["arenor"].rows] == ["nora-fc"]
    assert done.checked.contents["insatser.csv"] == PUBLISHED["insatser.csv"]


def test_a_finding_in_a_delivered_row_names_the_row_of_the_file_beside_rows_that_stay():
    rows = arenas_in("1884")
    rows[1]["postnummer"] = "713"
    (found,) = proposed(rows).warnings
    assert (found.code, found.file, found.row) == ("bad-postcode", "arenor.csv", 3)


def test_what_is_published_already_is_not_published_again_however_it_is_written():
    done = proposed(arenas_in("1884"))
    assert done.checked.contents["insatser.csv"] == PUBLISHED["insatser.csv"]
    whole = proposed(ARENAS)
    assert whole.checked.contents == PUBLISHED
    with pytest.raises(NothingChangedError):
        publish(whole, _no_store(), actor=EDITOR, comment="Samma", accepts_warnings=True)


def test_a_large_drop_is_published_only_with_its_words():
    published = Published(1, PUBLISHED, from_contents(PUBLISHED, today=DAY))
    delivery = deliver([SourceFile("arenor.csv", written(ARENAS[4:]))])
    done = propose(delivery, published, scope=Scope.of(["arenor"]), today=DAY)
    assert done.words_to_confirm == "4 arenor färre och 5 insatser färre"
    with pytest.raises(UnconfirmedError, match="4 arenor färre"):
        publish(done, _no_store(), actor=EDITOR, comment="Färre", accepts_warnings=True)


def _no_store():
    """Stand in for a store that is never reached."""
    return Store.__new__(Store)


def test_an_earlier_versions_typvarden_stay_byte_for_byte_until_somebody_delivers_uppdrag():
    former = {**PUBLISHED, "typvarden.csv": b"arenatyp,alder_fran,alder_till\nbvc,0,5\n"}
    published = Published(1, former, from_contents(former, today=DAY))
    rows = arenas_in("1884")
    rows[0]["namn"] = "Familjecentralen Björken"
    done = propose(deliver([SourceFile("arenor.csv", written(rows))]), published, today=DAY)
    assert done.checked.contents["typvarden.csv"] == former["typvarden.csv"]
    assert "uppdrag.csv" not in done.checked.contents
    assert done.checked.dataset.uppdrag["grund"].tolist() == ["vanligt"]
    law = b"uppdrag_id,galler,namn,grund\nsamtal,kommun,Samarbetssamtal,lag\n"
    done = propose(
        deliver([SourceFile("uppdrag.csv", law)]), published, scope=Scope.of(["uppdrag"]), today=DAY
    )
    assert "typvarden.csv" not in done.checked.contents
    assert done.checked.dataset.uppdrag["grund"].tolist() == ["lag"]
