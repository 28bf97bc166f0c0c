"""The map of changes shows new, changed and gone arenas, and never where a protected place lies."""

from mapping.changes.on_map import SIGN, change_features, kinds, without_place
from mapping.changes.rows import CHANGED, GONE, NEW, changes
from mapping.map import points
from mapping.map.symbols import TYPE_SYMBOL
from tests.conftest import ARENAS, OFFERS
from tests.deliveries import NEW_ARENA, edited


def versions(changed_county):
    moved = {
        "nora-fc": {"lat": "59.52"},
        "kumla-skydd": {"adress": "Annan gata 1", "lat": "59.13"},
        "lan-digital": {"huvudman": "Någon annan"},
    }
    rows = [{**row, **moved.get(row["arena_id"], {})} for row in ARENAS if row["arena_id"] != "degerfors-tom"]
    offers = edited(OFFERS, "bvc-halsa", metod="ABC")
    before = changed_county(arenor=ARENAS, insatser=OFFERS)
    return before, changed_county(arenor=[*rows, NEW_ARENA], insatser=offers)


def test_each_arena_has_the_kind_of_its_own_change_before_that_of_its_offers(changed_county):
    assert kinds(changes(*versions(changed_county))) == {
        "nora-angen": NEW, "nora-fc": CHANGED, "kumla-skydd": CHANGED, "lan-digital": CHANGED,
        "degerfors-tom": GONE, "kumla-bvc": "insatser",
    }  # fmt: skip


def test_arenas_stand_where_they_are_or_were_and_each_kind_has_a_sign_of_its_own(changed_county):
    before, after = versions(changed_county)
    found = changes(before, after)
    features = change_features(found, before, after)
    rows = {row[0]: dict(zip(features["fields"], row, strict=True)) for row in features["rows"]}
    assert {arena: row["arenatyp"] for arena, row in rows.items()} == {
        "nora-angen": NEW, "nora-fc": CHANGED, "kumla-bvc": "insatser", "degerfors-tom": GONE,
    }  # fmt: skip
    assert (rows["nora-fc"]["lat"], rows["nora-angen"]["lon"]) == (59.52, 15.04)
    assert (rows["degerfors-tom"]["lage"], without_place(found, before, after)) == ("kommun", 2)
    assert "59.13" not in str(features)
    assert features["heading"] == "Vad som skiljer"
    assert features["types"] == {kind: label for kind, (label, _) in SIGN.items()}
    for name in ("letters", "shape", "colour"):
        assert len({getattr(symbol, name) for _, symbol in SIGN.values()}) == len(SIGN)
    assert not {symbol.letters for _, symbol in SIGN.values()} & {one.letters for one in TYPE_SYMBOL.values()}
    assert {f"{kind}|aktiv|exakt" for kind in SIGN} <= features["symbols"].keys()
    assert features.keys() - {"heading"} == points.arena_features(after.arenor).keys()


def test_equal_versions_have_nothing_on_the_map(county):
    assert change_features(changes(county, county), county, county)["rows"] == []
