"""The strategy as data: complete, in its own words, and told apart from our readings."""

import re

import pytest

from mapping.childhood.coverage import coverage
from mapping.commands.gaps import lines
from mapping.errors import StrategyError
from mapping.municipality.kommunblad import municipality_sheet
from mapping.settings import SHIPPED_STRATEGY, Settings
from mapping.verdicts.judge import judge
from mapping.verdicts.matrix import MatrixChoice, matrix
from mapping.verdicts.strategy_file import read
from tests.gap_county import DAY, NORA, STRATEGY, answer, arena, dataset_of, insats, verdicts

LEVELS = "universell | selektiv | indikerad"
TEXT = SHIPPED_STRATEGY.read_text(encoding="utf-8")
PARTLY_FROM = "delvis_fran = { varde = 0.5, tolkning = true }"


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


def test_the_shipped_strategy_has_its_aim_areas_fifteen_objectives_and_sources():
    assert STRATEGY.national_aim == "Alla föräldrar ska erbjudas stöd under barnets hela uppväxt."
    assert list(STRATEGY.areas) == [1, 2, 3]
    codes = " ".join(objective.code for objective in STRATEGY.objectives)
    assert codes == "1.1 1.2 1.3 1.4 1.5 2.1 2.2 2.3 2.4 2.5 2.6 3.1 3.2 3.3 3.4"
    assert [o.code for o in STRATEGY.objectives if o.is_regional] == ["2.5", "3.1"]
    assert STRATEGY.serves == ("Hög och jämlik livskvalitet", "Stark konkurrenskraft")
    assert STRATEGY.serves_area == "Hälsofrämjande arbete och hälso- och sjukvård"
    assert (STRATEGY.fresh_days, STRATEGY.counted_days) == (365, 730)
    own = {
        objective.code
        for objective in STRATEGY.objectives
        for limit in objective.thresholds.values()
        if not limit.is_reading
    }
    assert own == {"2.6"}
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
        ('regel = "rattigheter"', 'regel = "magi"', "regel är ”magi”. Skriv något av tackning"),
        ('id = "1.2"', 'id = "1.1"', "står två gånger"),
        (PARTLY_FROM, "delvis_fran = { varde = 50, tolkning = true }", "en andel mellan 0 och 1"),
        (PARTLY_FROM, "delvis_fran = { varde = 0.5 }", "tolkning = true eller false"),
        ('"evidens", "kunskapsbaserad"', '"evidens", "magkänsla"', "okända koder"),
        ('niva = "lan"', 'niva = "kommun"', "niva är ”kommun”. Skriv lan"),
        ("malomrade = 3", "malomrade = 7", "målområde 7, som inte finns"),
        ("nationellt_mal", "annat_mal", "nationellt_mal saknas"),
        ("till = 18", "till = 40", "varje år av [barndom]"),
    ],
)
def test_a_fault_is_told_in_swedish_with_what_to_write(changed, old, new, told):
    with pytest.raises(StrategyError) as caught:
        read(changed((old, new)))
    assert told in str(caught.value)


def test_all_faults_are_told_at_once_and_the_setting_names_another_file(changed, tmp_path):
    with pytest.raises(StrategyError) as caught:
        read(changed(("farsk_dagar = 365", ""), ('"samverkan"', '"x"'), ("malomrade = 3", "malomrade = 7")))
    assert len(caught.value.faults) >= 3
    chosen = Settings.from_environment({"STODKARTAN_STRATEGY": str(tmp_path / "annan.toml")})
    assert chosen.strategy == tmp_path / "annan.toml"
    assert Settings.from_environment({}).strategy == SHIPPED_STRATEGY


@pytest.mark.parametrize("content", [None, "[strategi", "\udcff"])
def test_a_file_that_cannot_be_read_is_told(tmp_path, content):
    path = tmp_path / "strategi.toml"
    if content is not None:
        path.write_bytes(content.encode("utf-8", "surrogateescape"))
    read.cache_clear()
    with pytest.raises(StrategyError):
        read(path)


def test_another_countys_thresholds_give_other_verdicts(changed):
    cells = {"kunskapsbas": "evidens", "alder_fran": "0", "alder_till": "9", "preventionsniva": LEVELS}
    tables = [arena("hus")], [insats("i", "hus", **cells)], [answer("kartlaggning", "klar")]
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
    row = insats("i", "hus", kunskapsbas="evidens", alder_fran="0", preventionsniva=LEVELS)
    answers = [answer("kartlaggning", "klar")]
    for last, expected in (("18", "delvis"), ("20", "uppfyllt")):
        found = verdicts([arena("hus")], [row | {"alder_till": last}], answers, strategy=other)["1.1", NORA]
        assert (found.status, " av 63 rutor" in found.known) == (expected, True)


def test_no_rule_repeats_a_threshold_and_nothing_knows_an_objective_by_its_number():
    for path in (SHIPPED_STRATEGY.parents[1] / "mapping" / "verdicts" / "objectives").glob("*.py"):
        assert not re.findall(r"0\.[0-9]+|\b(?:57|365|730|90|50)\b", path.read_text(encoding="utf-8")), path
    root = SHIPPED_STRATEGY.parents[1]
    for path in [*(root / "mapping").rglob("*.py"), *(root / "pages").rglob("*.py")]:
        code = re.sub(r">>> .*", "", path.read_text(encoding="utf-8"))
        assert not re.findall(r"[\"'][1-3]\.[1-6][\"']", code), path


SIXTEENTH = """
[[malsattning]]
id = "4.1"
regel = "motesplatser"
malomrade = 2
niva = "kommun"
namn = "Stöd på sju slags arenor"
text = "finnas stöd på sju slags arenor."
[malsattning.troskel.arenatyper]
varde = ["forskola", "skola", "forening", "bibliotek", "bvc", "bmm", "familjecentral"]
tolkning = true
"""


def test_a_sixteenth_objective_of_a_kind_that_exists_is_a_change_of_the_file_alone(changed):
    path = changed()
    path.write_text(TEXT + SIXTEENTH, encoding="utf-8")
    sixteen = read(path)
    tables = [arena("hus", "bibliotek")], [insats("i", "hus")], [answer("kartlaggning", "klar")]
    dataset = dataset_of(*tables)
    judged = {one.objective: one for one in judge(dataset, sixteen, DAY) if one.kommunkod == NORA}
    found = judged["4.1"]
    assert (found.status, judged["2.4"].status) == ("delvis", "underlag_saknas")
    assert found.reason.startswith("Delvis: kända insatser på bibliotek.")
    assert "barnavårdscentral" in found.rule
    assert found.counted == ("i", "1884:kartlaggning:2026-05-01")

    shown = matrix(tuple(judged.values()), sixteen, MatrixChoice())
    assert [row.code for row in shown.groups[1].rows][-2:] == ["2.6", "4.1"]
    sheet = municipality_sheet(dataset, sixteen, NORA, DAY, verdicts=judged.values())
    assert [line.objective for line in sheet.areas[1].lines][-1] == "4.1"
    written = lines(tuple(judged.values()), dataset, sixteen, DAY, basis="belagt")
    assert "4.1 Målsättningen är att det ska finnas stöd på sju slags arenor." in written


def test_a_strategy_may_leave_objectives_out_and_number_them_as_it_likes(changed):
    path = changed()
    start, *objectives = TEXT.split("[[malsattning]]")
    chosen = [text.replace('id = "', 'id = "mål ') for text in objectives if 'regel = "samverkan' in text]
    path.write_text("[[malsattning]]".join([start, *chosen]), encoding="utf-8")
    other = read(path)
    dataset = dataset_of((), (), [answer("samverkansgrupp", "nej")])
    judged = [one for one in judge(dataset, other, DAY) if one.kommunkod == NORA]
    statuses = [(one.objective, one.status) for one in judged]
    assert statuses == [("mål 3.2", "gap"), ("mål 3.4", "underlag_saknas")]
    sheet = municipality_sheet(dataset, other, NORA, DAY, verdicts=judged)
    assert (sheet.strips, sheet.family_centres) == ((), None)


def test_a_childhood_of_twenty_six_years_in_five_phases_is_judged(changed):
    other = read(
        changed(
            ("till = 18\n", "till = 25\n"),
            ("[[0, 5], [6, 12], [13, 18]]", "[[0, 5], [6, 12], [13, 18], [19, 21], [22, 25]]"),
        )
    )
    whole = {"kunskapsbas": "evidens", "preventionsniva": LEVELS}
    row = insats("i", "hus", alder_fran="0", barnratt="ja", sprak="so", **whole)
    answers = [answer("kartlaggning", "klar"), answer("behovsinventering", "ja")]
    for last, expected in (("24", "delvis"), ("25", "uppfyllt")):
        tables = [arena("hus")], [row | {"alder_till": last}], answers
        found = verdicts(*tables, strategy=other)
        assert (found["1.1", NORA].status, found["2.1", NORA].status) == (expected, expected)
        assert found["1.1", NORA].known.startswith(f"{3 * (int(last) + 1)} av 78 rutor")
        assert found["1.2", NORA].status == "uppfyllt"
        strip = coverage(dataset_of(*tables), other, DAY).municipality(NORA).strips[0]
        assert (strip.states.count("belagd"), len(strip.states)) == (int(last) + 1, 26)
