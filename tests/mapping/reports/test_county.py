"""The county presentation: native tables and charts that say what the engine says."""

import io

import pptx as python_pptx
import pytest

from mapping.arenas.key_figures import pyramid
from mapping.childhood import coverage
from mapping.childhood.year_states import LETTER
from mapping.contract.vocabulary import COUNTY_CODE, EXAMPLE_MARK, MUNICIPALITIES
from mapping.municipality import leadership
from mapping.reports import pptx
from mapping.reports.county import county_presentation
from mapping.verdicts.display import SYMBOL, verdict_label
from tests.gap_county import STRATEGY


@pytest.fixture(scope="module")
def decks(request, shipped_judged, demo_judged):
    return {
        judged.dataset.example: python_pptx.Presentation(io.BytesIO(pptx.write(county_presentation(judged))))
        for judged in (shipped_judged, demo_judged)
    }


@pytest.fixture
def deck(decks, judged):
    return decks[judged.dataset.example]


def shapes(deck, beginning):
    slides = (one for one in deck.slides if one.shapes.title.text_frame.text.startswith(beginning))
    return [shape for slide in slides for shape in slide.shapes]


def tables(deck, beginning):
    grids = (shape.table.rows for shape in shapes(deck, beginning) if shape.has_table)
    return [[[cell.text for cell in row.cells] for row in rows] for rows in grids]


def charts(deck, beginning):
    return [shape.chart for shape in shapes(deck, beginning) if shape.has_chart]


def test_the_matrix_shows_the_sign_of_every_verdict(judged, deck):
    shown, marks = {}, {}
    for grid in tables(deck, "Målmatris"):
        for row in grid[1:]:
            for place, cell in zip(grid[0][1:], row[1:], strict=True):
                if cell:
                    shown[row[0].split(" ")[0], place] = cell[0]
                    marks[row[0].split(" ")[0], place] = cell
    names = {**MUNICIPALITIES, COUNTY_CODE: "Hela länet"}
    assert shown == {(one.objective, names[one.kommunkod]): SYMBOL[one.status] for one in judged.verdicts}
    for one in judged.verdicts:
        assert verdict_label(one).mark in marks[one.objective, names[one.kommunkod]]


def test_the_first_picture_is_what_the_whole_county_knows(judged, deck):
    shown = coverage.coverage(judged.dataset, STRATEGY, judged.day, basis=judged.basis)
    first = next(one for slide in deck.slides for one in slide.shapes if one.shape_type == 13)
    assert shown.county[0].words in first._element.xpath(".//p:cNvPr/@descr")[0]


def test_each_municipality_has_a_slide_and_the_pyramid_a_chart_with_its_numbers(judged, deck):
    for code, name in MUNICIPALITIES.items():
        (grid,) = tables(deck, f"{name}, länsdel")
        words = [verdict_label(one).signed for one in judged.verdicts_of(code)]
        assert [row[1].split(";")[0] for row in grid[1:]] == words
    (chart,) = charts(deck, "Arenor på varje preventionsnivå")
    steps = pyramid(judged.dataset)
    assert list(chart.plots[0].categories) == [step.label for step in steps]
    assert list(chart.plots[0].series[0].values) == [step.arenas for step in steps]


def test_the_strips_are_tables_with_the_coverages_states(judged, deck):
    shown = coverage.coverage(judged.dataset, STRATEGY, judged.day, basis=judged.basis)
    for place, level in enumerate(("universell", "selektiv", "indikerad")):
        (grid,) = tables(deck, f"Uppväxten, år för år: {level}")
        for row, one in zip(grid[1:], shown.listed, strict=True):
            assert row[0] == one.kommun
            for cell, state in zip(row[1:], one.strips[place].states, strict=True):
                assert cell == LETTER[state]


def test_before_and_after_count_every_municipality_once(judged, deck):
    (chart,) = charts(deck, "Vem som leder arbetet: före")
    columns = zip(*(series.values for series in chart.plots[0].series), strict=True)
    assert [sum(column) for column in columns] == [12] * len(chart.plots[0].categories)
    answers = leadership.histories(judged.dataset.kommunlage)
    before, after = leadership.usual_moments(answers, judged.day)
    rows = leadership.leadership(answers, before, after)
    named = {series.name[2:]: list(series.values) for series in chart.plots[0].series}
    found = [values[-1] for name, values in named.items() if name.split(",")[0] == "Finns"]
    assert sum(found) == sum(row.after.code == "ja" for row in rows)
    is_old = any(row.after.code == "ja" and row.after.old_since(judged.day) for row in rows)
    assert ("Finns, enligt äldre svar" in named) == is_old


def test_every_slide_has_a_title_the_mark_and_notes_and_all_on_it_has_words_and_stays_there(judged, deck):
    for slide in deck.slides:
        words = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        notes = slide.notes_slide.notes_text_frame.text
        assert slide.shapes.title.text_frame.text.strip()
        assert judged.dataset.version in notes
        assert judged.day.isoformat() in notes
        assert (EXAMPLE_MARK in words) == judged.dataset.example
        for shape in slide.shapes:
            if shape.has_table or shape.has_chart or shape.shape_type == 13:
                assert shape._element.xpath(".//p:cNvPr/@descr")[0]
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
