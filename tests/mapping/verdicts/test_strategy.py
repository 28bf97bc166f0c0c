"""The strategy as data: complete, in its own words, and told apart from our readings."""

import re

import pytest

from mapping.errors import StrategyError
from mapping.settings import SHIPPED_STRATEGY, Settings
from mapping.verdicts.strategy import read
from tests.gap_county import NORA, STRATEGY, answer, arena, insats, verdicts

TEXT = SHIPPED_STRATEGY.read_text(encoding="utf-8")


@pytest.fixture
def changed(tmp_path):
    def write(*replacements):
        text = TEXT
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "strategi.toml"
        path.write_text(text, encoding="utf-8")
        read.cache_clear()
        return path

    return write


def test_the_shipped_strategy_has_its_aim_areas_and_fifteen_objectives():
    assert STRATEGY.national_aim == "Alla föräldrar ska erbjudas stöd under barnets hela uppväxt."
    assert list(STRATEGY.areas) == [1, 2, 3]
    codes = [objective.code for objective in STRATEGY.objectives]
    assert codes == [
        "1.1",
        "1.2",
        "1.3",
        "1.4",
        "1.5",
        "2.1",
        "2.2",
        "2.3",
        "2.4",
        "2.5",
        "2.6",
        "3.1",
        "3.2",
        "3.3",
        "3.4",
    ]
    assert [o.code for o in STRATEGY.objectives if o.is_regional] == ["2.5", "3.1"]
    assert STRATEGY.serves == ("Hög och jämlik livskvalitet", "Stark konkurrenskraft")
    assert STRATEGY.serves_area == "Hälsofrämjande arbete och hälso- och sjukvård"
    assert (STRATEGY.fresh_days, STRATEGY.counted_days) == (365, 730)


def test_only_2_6_has_a_number_of_the_strategys_own():
    own = {
        objective.code
        for objective in STRATEGY.objectives
        for limit in objective.thresholds.values()
        if not limit.is_reading
    }
    assert own == {"2.6"}


def test_each_objective_tells_its_source():
    for objective in STRATEGY.objectives:
        assert STRATEGY.source(objective.code).endswith("kapitel 5")
    assert "inte kända" in STRATEGY.page_remark


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[farskhet]", "[annat]", "[farskhet] saknas"),
        ("farsk_dagar = 365", "farsk_dagar = 900", "fler än giltig_dagar"),
        ("giltig_dagar = 730", 'giltig_dagar = "två år"', "är ”två år”. Skriv ett heltal"),
        ("[6, 12]", "[7, 12]", "varje år av [barndom]"),
        ('id = "1.2"', 'id = "9.9"', "”9.9” har ingen regel"),
        ('id = "1.2"', 'id = "1.1"', "står två gånger"),
        (
            "delvis_fran = { varde = 0.5, tolkning = true }",
            "delvis_fran = { varde = 50, tolkning = true }",
            "en andel mellan 0 och 1",
        ),
        (
            "delvis_fran = { varde = 0.5, tolkning = true }",
            "delvis_fran = { varde = 0.5 }",
            "tolkning = true eller false",
        ),
        ('"evidens", "kunskapsbaserad"', '"evidens", "magkänsla"', "okända koder"),
        ('niva = "lan"', 'niva = "kommun"', "niva är ”kommun”. Skriv lan"),
        ("malomrade = 3", "malomrade = 7", "målområde 7, som inte finns"),
        ("nationellt_mal", "annat_mal", "nationellt_mal saknas"),
        ("till = 18", "till = 40", "längre än"),
    ],
)
def test_a_fault_is_told_in_swedish_with_what_to_write(changed, old, new, told):
    with pytest.raises(StrategyError) as caught:
        read(changed((old, new)))
    assert told in str(caught.value)


def test_all_faults_are_told_at_once(changed):
    with pytest.raises(StrategyError) as caught:
        read(changed(("farsk_dagar = 365", ""), ('id = "3.3"', 'id = "x"')))
    assert len(caught.value.faults) >= 3


@pytest.mark.parametrize("content", [None, "[strategi", "\udcff"])
def test_a_file_that_cannot_be_read_is_told(tmp_path, content):
    path = tmp_path / "strategi.toml"
    if content is not None:
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
    read.cache_clear()
    with pytest.raises(StrategyError):
        read(path)


def test_the_setting_names_another_file(tmp_path):
    chosen = Settings.from_environment({"STODKARTAN_STRATEGY": str(tmp_path / "annan.toml")})
    assert chosen.strategy == tmp_path / "annan.toml"
    assert Settings.from_environment({}).strategy == SHIPPED_STRATEGY


def test_another_countys_thresholds_give_other_verdicts(changed):
    tables = (
        [arena("hus")],
        [
            insats(
                "i",
                "hus",
                kunskapsbas="evidens",
                alder_fran="0",
                alder_till="9",
                preventionsniva="universell | selektiv | indikerad",
            )
        ],
        [answer("kartlaggning", "klar")],
    )
    assert verdicts(*tables)["1.1", NORA].status == "delvis"
    strict = read(changed(("delvis_fran = { varde = 0.5,", "delvis_fran = { varde = 0.6,")))
    found = verdicts(*tables, strategy=strict)["1.1", NORA]
    assert found.status == "gap"
    assert "60 %" in found.rule


def test_another_countys_phases_and_years_are_counted(changed):
    path = changed(
        ("till = 18\n", "till = 20\n"),
        ("[[0, 5], [6, 12], [13, 18]]", "[[0, 9], [10, 20]]"),
        ("giltig_dagar = 730", "giltig_dagar = 365"),
    )
    other = read(path)
    row = insats(
        "i", "hus", kunskapsbas="evidens", alder_fran="0", preventionsniva="universell | selektiv | indikerad"
    )
    answers = [answer("kartlaggning", "klar")]
    for last, expected in (("18", "delvis"), ("20", "uppfyllt")):
        found = verdicts([arena("hus")], [row | {"alder_till": last}], answers, strategy=other)["1.1", NORA]
        assert found.status == expected
        assert found.evidence["cells"] == 63


def test_no_rule_repeats_a_threshold_of_the_file():
    path = SHIPPED_STRATEGY.parents[1] / "mapping" / "verdicts" / "rules.py"
    source = path.read_text(encoding="utf-8")
    assert not re.findall(r"0\.[0-9]+|\b(?:57|365|730|90|50)\b", source)
