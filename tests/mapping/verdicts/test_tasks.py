"""What is missing, as tasks for people: who is asked what, in a sentence and a message."""

import datetime
import re

import pytest

from mapping.contract.schema import TABLES
from mapping.contract.vocabulary import ANSWERS, MUNICIPALITIES
from mapping.verdicts.judge import judge
from mapping.verdicts.tasks import tasks
from tests.gap_county import (
    DAY,
    NORA,
    STRATEGY,
    Chance,
    answer,
    arena,
    dataset_of,
    insats,
    random_rows,
)

KEYS = {column.name for table in TABLES.values() for column in table.columns if "_" in column.name}
KEYS |= {question for question in ANSWERS if "_" in question or question == "kartlaggning"}


def asked(*tables, **options):
    return tasks(judge(dataset_of(*tables), STRATEGY, DAY, **options))


def test_the_same_question_to_every_municipality_is_one_task_and_an_earlier_wave_is_none(shipped):
    found = tasks(judge(shipped, STRATEGY, datetime.date(2026, 11, 30), basis="aldre"))
    assert found[0].sentence == (
        "12 av 12 kommuner har inte svarat på om kartläggningen av arenor och insatser är klar "
        "– det rör 9 mål."
    )
    assert found[0].kommuner[0] == "Askersund"
    assert (found[0].kommuner[-1], len(found[0].kommuner), len(found[0].facts)) == ("Örebro", 12, 12)
    assert "Svara inte påbörjad, pågår eller klar." in found[0].message
    assert "målen 1.1, 1.2, 1.4" in found[0].message
    assert not any("mätomgång" in text for one in found for text in (one.sentence, *one.facts))
    assert len({one.what for one in found if one.total}) == sum(bool(one.total) for one in found)


def test_one_municipality_and_the_county_are_named_and_an_old_answer_is_told():
    klar = [answer("samverkansgrupp", "ja", code, parter="skola") for code in MUNICIPALITIES if code != NORA]
    (group,) = (one for one in asked((), (), klar) if one.what == "svar:samverkansgrupp")
    about = "om det finns en lednings- eller samverkansgrupp"
    assert group.sentence == f"Nora har inte svarat på {about} – det rör 1 mål."
    old = [answer("strategisk_funktion", "ja", date="2020")]
    (function,) = (one for one in asked((), (), old) if one.what == "svar:strategisk_funktion")
    assert function.sentence.startswith(
        "12 av 12 kommuner har inte svarat på om det finns en utsedd strategisk funktion "
        "eller svarade för länge sedan"
    )
    (county,) = (one for one in asked() if one.what == "svar:regional_overenskommelse")
    assert county.sentence.startswith("Örebro län har inte svarat på")
    assert county.total == 0


@pytest.mark.parametrize("seed", range(8))
def test_every_kind_of_fact_has_its_words_without_the_names_of_columns(seed):
    chance = Chance(seed)
    rows = random_rows(chance)
    rows[0].extend([arena("fc-x", "familjecentral", fc_bvc=""), arena("a-x", belagg="svag")])
    rows[1].append(insats("i-x", "a-x", status="okand"))
    verdicts = judge(dataset_of(*rows), STRATEGY, DAY, basis="aldre")
    known = {(one.objective, one.kommunkod) for one in verdicts}
    for one in tasks(verdicts):
        for text in (one.sentence, one.message, *one.facts):
            assert not KEYS & set(re.findall(r"[a-zåäö_]+", text)), text
        assert one.objectives
        assert {objective for objective, _ in known} >= set(one.objectives)
