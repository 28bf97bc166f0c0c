"""The pictures: well-formed, everything told in words too, and unknown apart from none."""

import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from mapping.arenas.key_figures import pyramid
from mapping.childhood import coverage
from mapping.childhood.year_states import LETTER
from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.figures.arena_map import arena_map
from mapping.figures.childhood import county_picture, county_strips, municipality_strips, sheet_strips
from mapping.figures.lettering import width, wrapped
from mapping.figures.prevention_pyramid import pyramid_picture
from mapping.figures.rasters import png
from mapping.figures.verdict_matrix import matrix_picture
from mapping.municipality.kommunblad import municipality_sheet
from mapping.verdicts import matrix
from mapping.verdicts.judge import judge
from tests.conftest import DAY
from tests.gap_county import DAY as GAP_DAY
from tests.gap_county import NORA, STRATEGY, arena, dataset_of, insats

SVG = "{http://www.w3.org/2000/svg}"


def read(picture):
    root = ET.fromstring(picture.svg)  # noqa: S314 - our own
    assert (root.get("role"), root.find(f"{SVG}title").text) == ("img", picture.title)
    assert root.find(f"{SVG}desc").text == picture.alt
    return root


def words(picture):
    return [node.text for node in read(picture).iter(f"{SVG}text")]


def sheet_of(dataset, day):
    judged = judge(dataset, STRATEGY, day)
    return municipality_sheet(dataset, STRATEGY, NORA, day, verdicts=judged)


@pytest.mark.parametrize("code", [None, *MUNICIPALITIES])
def test_the_map_draws_every_placed_arena_and_counts_the_others(shipped, code):
    open_ = shipped.arenor[shipped.arenor["status"] != "stangd"]
    ids = open_.index[open_["kommunkod"] == code] if code else open_.index
    picture = arena_map(shipped, ids, kommunkod=code)
    placed = int(shipped.arenor.loc[ids]["lat"].notna().sum())
    assert f"{placed} av {len(ids)} arenor" in picture.alt
    if len(ids) > placed:
        assert any("utan plats på kartan" in text for text in words(picture))


def test_arenas_at_the_same_place_do_not_cover_each_other(county):
    nora = county.arenor.loc[["nora-fc"]]
    many = pd.concat([nora.rename(index={"nora-fc": f"fc-{n}"}) for n in range(12)])
    root = read(arena_map(type(county)(**{**vars(county), "arenor": many}), many.index, kommunkod=NORA))
    moves = (str(group.get("transform")) for group in root.iter(f"{SVG}g"))
    assert len({move for move in moves if "translate" in move}) >= 12


def test_a_map_without_arenas_or_boundaries_says_so_and_names_like_markup_are_text(county):
    assert "ingen källa nämner någon" in arena_map(county, county.arenor.index[:0], kommunkod="1814").alt
    bare = dataset_of([arena("a")])
    assert read(arena_map(bare, bare.arenor.index)) is not None
    odd = "<script>&\"'\u0001å"
    data = dataset_of([arena("a", namn=odd)], [insats("i", "a", namn=odd)])
    read(arena_map(data, data.arenor.index, kommunkod=NORA))


def test_a_year_nobody_knows_is_hatched_and_every_legend_says_the_same_of_an_empty_one():
    unknown = sheet_strips(sheet_of(dataset_of(), GAP_DAY).strips, STRATEGY.phases, "Nora")
    fills = [box.get("fill") for box in read(unknown).iter(f"{SVG}rect")]
    assert fills.count("url(#sk-unknown)") == 4 * 19 + 1
    assert "Uppgift saknas: det kan finnas stöd" in words(unknown)
    mapped = [{"kommunkod": NORA, "fraga": "kartlaggning", "svar": "klar", "datum": "2026-05-01"}]
    dataset = dataset_of((), (), mapped)
    sheet = sheet_of(dataset, GAP_DAY)
    empty = sheet_strips(sheet.strips, STRATEGY.phases, "Nora")
    assert "url(#sk-unknown)" not in [box.get("fill") for box in read(empty).iter(f"{SVG}rect")]
    shown = coverage.coverage(dataset, STRATEGY, GAP_DAY)
    pictures = (empty, county_strips(shown, "universell"), municipality_strips(shown, NORA))
    words_of_empty = "Inget känt stöd, och kartläggningen är klar"
    assert all(words_of_empty in words(picture) for picture in pictures)
    assert words_of_empty in sheet.legend.values()


def test_every_year_of_every_municipality_has_its_letter(shipped):
    shown = coverage.coverage(shipped, STRATEGY, DAY, basis="aldre")
    for place, level in enumerate(("universell", "selektiv", "indikerad")):
        drawn = [text for text in words(county_strips(shown, level)) if text in LETTER.values()]
        wanted = [LETTER[state] for one in shown.listed for state in one.strips[place].states]
        assert drawn[: len(wanted)] == wanted
    assert len([text for text in words(municipality_strips(shown, NORA)) if text in LETTER.values()]) >= 57
    with pytest.raises(KeyError):
        municipality_strips(shown, "0180")


def test_the_county_picture_counts_the_municipalities_as_a_plain_loop_does(shipped):
    shown = coverage.coverage(shipped, STRATEGY, DAY, basis="aldre")
    picture = county_picture(shown)
    wanted = [
        str(sum(one.strips[place].states[year] not in {"okand", "tom"} for one in shown.listed))
        for place in range(3)
        for year in range(19)
    ]
    assert [text for text in words(picture) if text.isdigit()][:57] == wanted
    fills = [box.get("fill") for box in read(picture).iter(f"{SVG}rect")]
    assert fills.count("url(#sk-unknown)") == wanted.count("0") + 1
    said = sum(many > 0 for strip in shown.county for many in strip.missing)
    assert words(picture).count("”") == said > 0


def test_the_matrix_draws_settled_older_verdicts_in_dashes_and_what_is_known_of_the_others(shipped):
    judged = judge(shipped, STRATEGY, DAY, basis="aldre")
    shown = matrix.matrix(judged, STRATEGY, matrix.MatrixChoice())
    boxes = list(read(matrix_picture(shown)).iter(f"{SVG}rect"))
    older = sum(one.status != "underlag_saknas" and one.year is not None for one in judged)
    assert sum(box.get("stroke-dasharray") == "4 2" for box in boxes) == older + 1 > 1
    blank = matrix_picture(matrix.matrix(judge(dataset_of(), STRATEGY, DAY), STRATEGY, matrix.MatrixChoice()))
    known = "#6aa5dc"
    assert known in [box.get("fill") for box in boxes]
    assert known not in [box.get("fill") for box in read(blank).iter(f"{SVG}rect")]


def test_the_matrix_draws_and_tells_every_verdict_or_those_of_one_status(shipped):
    judged = judge(shipped, STRATEGY, DAY)
    picture = matrix_picture(matrix.matrix(judged, STRATEGY, matrix.MatrixChoice()))
    assert f"{len(judged)} bedömningar" in picture.alt
    hatched = [box for box in read(picture).iter(f"{SVG}rect") if "sk-matrix-unknown" in box.get("fill", "")]
    assert len(hatched) == sum(one.status == "underlag_saknas" for one in judged) + 1
    judged = judge(shipped, STRATEGY, DAY, basis="aldre_rader")
    shown = matrix.matrix(judged, STRATEGY, matrix.MatrixChoice(statuses=("uppfyllt",)))
    assert f"{sum(one.status == 'uppfyllt' for one in judged)} bedömningar" in matrix_picture(shown).alt


def test_the_pyramid_tells_its_numbers_and_in_a_frame_its_captions_inside_its_edges(shipped):
    steps = pyramid(shipped)
    picture = pyramid_picture(steps)
    said = words(picture)
    for step in steps:
        assert step.label in said
        assert f"{step.arenas} {'arena' if step.arenas == 1 else 'arenor'}" in said
    framed = picture.framed(["Källa: " + "lång text " * 40])
    for node in read(framed).iter(f"{SVG}text"):
        if node.get("text-anchor") is None:
            assert float(node.get("x")) + width(node.text, float(node.get("font-size"))) <= framed.width + 1
    assert png(framed, pixels_per_inch=40).startswith(b"\x89PNG")


@pytest.mark.parametrize("text", ["Ett ord", "Föräldraskapsstödsorganisationen " * 4, "x" * 300, ""])
def test_broken_lines_keep_every_sign_and_fit(text):
    lines = wrapped(text, 10, 80)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, 10) <= 80 for line in lines)
