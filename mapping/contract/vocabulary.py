"""Name the codes of the data contract in Swedish, for people and for uploaded files.

A vocabulary maps each code to the label that people see. Codes are the public contract: they stand
in files, addresses and API answers and never change; a label may be reworded.
"""

from collections.abc import Mapping
from typing import NamedTuple

COUNTY_CODE = "18"
COUNTY_NAME = "Örebro län"
EXAMPLE_MARK = "EXEMPELDATA – påhittade uppgifter"
"""What stands on every page, in every export of made-up data."""
CHILDHOOD = range(19)
"""Whole years of age, 0–18, both ends included."""
AGE_GROUP: Mapping[str, tuple[int, int]] = {
    "spädbarn": (0, 1),
    "småbarn": (0, 3),
    "förskolebarn": (1, 5),
    "skolbarn": (6, 16),
    **dict.fromkeys(("tonår", "tonåringar", "tonårsbarn", "tonårsföräldrar", "ungdomar"), (13, 18)),
    **dict.fromkeys(("barn och unga", "barn och ungdomar", "barn och tonåringar"), (0, 18)),
}
"""Words of `malgrupp` and `tema` that name an age group, casefolded, and the ages that they usually mean."""


def _labels(**labels: str) -> Mapping[str, str]:
    return labels


MUNICIPALITIES: Mapping[str, str] = {
    "1814": "Lekeberg",
    "1860": "Laxå",
    "1861": "Hallsberg",
    "1862": "Degerfors",
    "1863": "Hällefors",
    "1864": "Ljusnarsberg",
    "1880": "Örebro",
    "1881": "Kumla",
    "1882": "Askersund",
    "1883": "Karlskoga",
    "1884": "Nora",
    "1885": "Lindesberg",
}
"""Municipal codes (SCB) of the county, in code order."""

AREAS: Mapping[str, str] = {COUNTY_CODE: COUNTY_NAME, **MUNICIPALITIES}
"""Everything an arena may be placed in: a municipality, or the county as a whole."""

COUNTY_PARTS: Mapping[str, tuple[str, ...]] = {
    "norr": ("1863", "1885", "1864", "1884"),
    "vaster": ("1862", "1883"),
    "soder": ("1882", "1861", "1881", "1860", "1814"),
    "orebro": ("1880",),
}
"""Länsdelar, from the organisation chapter of the regional strategy."""


class Noun(NamedTuple):
    """What a row is called: one, several, all of them that are meant; and whether it is `ett`, not `en`."""

    one: str
    many: str
    definite: str
    is_neuter: bool = False

    def counted(self, number: int) -> str:
        """Write how many there are.

        Examples
        --------
        >>> TABLE_NOUN["arenor"].counted(1), TABLE_NOUN["arenor"].counted(14)
        ('1 arena', '14 arenor')
        """
        return f"{number} {self.one if number == 1 else self.many}"


TABLE_NOUN: Mapping[str, Noun] = {
    "arenor": Noun("arena", "arenor", "arenorna"),
    "insatser": Noun("insats", "insatser", "insatserna"),
    "kommunlage": Noun("kommunsvar", "kommunsvar", "kommunsvaren", is_neuter=True),
    "dialog": Noun("dialogpunkt", "dialogpunkter", "dialogpunkterna"),
    "befolkning": Noun("befolkningstal", "befolkningstal", "befolkningstalen", is_neuter=True),
    "orter": Noun("ort", "orter", "orterna"),
    "uppdrag": Noun("uppdrag", "uppdrag", "uppdragen", is_neuter=True),
}
"""What a row of each table is called."""

COUNTY_PART = _labels(norr="Norr", vaster="Väster", soder="Söder", orebro="Örebro")

ARENA_TYPE = _labels(
    familjecentral="Familjecentral",
    oppen_forskola="Öppen förskola",
    bvc="Barnavårdscentral",
    bmm="Barnmorskemottagning",
    socialtjanst="Förebyggande socialtjänst och föräldrarådgivning",
    forskola="Förskola",
    skola="Skola",
    forening="Förening, studieförbund eller trossamfund",
    bibliotek="Bibliotek",
    ungdomsmottagning="Ungdomsmottagning",
    specialist="Specialiserat stöd",
    digital="Digital arena",
    annan="Annan arena",
)

_OTHER_NAMES = _labels(
    familjecentral="fc, familjecentrum",
    oppen_forskola="öppna förskolan",
    bvc="bhv, barnhälsovård, barnhälsovården",
    bmm="mvc, mödrahälsovård, mödravårdscentral, barnmorskemottagningen",
    socialtjanst="socialtjänst, förebyggande socialtjänst, föräldrarådgivning",
    skola="grundskola, gymnasieskola, förskoleklass, anpassad grundskola, anpassad gymnasieskola",
    forening="förening, föreningar, studieförbund, trossamfund, civilsamhälle",
)
ARENA_TYPE_ALIASES = {name: code for code, names in _OTHER_NAMES.items() for name in names.split(", ")}
"""Other names of arena types that uploaded files use, casefolded."""

STATUS = _labels(aktiv="Aktiv", planerad="Planerad", okand="Okänd status", stangd="Stängd")

PREVENTION_LEVEL = _labels(universell="Universell", selektiv="Selektiv", indikerad="Indikerad")

EVIDENCE = _labels(
    direkt="Sägs direkt av källan",
    harledd="Härlett ur en allmän uppgift",
    svag="Svagt stöd i källan",
)

POSITION_ACCURACY = _labels(
    exakt="Eget läge enligt källan",
    harlett="Läget för den verksamhet som uppgiften är härledd ur",
    ort="Bara orten är känd",
    kommun="Bara kommunen är känd",
    ingen="Ingen plats: gäller hela länet, är digital eller visas inte",
)

ADDRESS_DISPLAY = _labels(full="Hela adressen", ort="Bara orten", dold="Visas inte")

YES_NO = _labels(ja="Ja", nej="Nej")

KNOWLEDGE_BASE = _labels(
    evidens="Evidensbaserad", kunskapsbaserad="Kunskapsbaserad", beprovad="Beprövad erfarenhet"
)

FORM = _labels(
    grupp="Grupp",
    individuell="Individuellt",
    oppen="Öppen verksamhet",
    digital="Digitalt",
    telefon="Telefon",
    uppsokande="Uppsökande",
    hembesok="Hembesök",
)

PARTY = _labels(
    forskola="Förskola",
    skola="Skola",
    socialtjanst="Socialtjänst",
    halso_och_sjukvard="Hälso- och sjukvård",
    civilsamhalle="Civilsamhälle",
    region="Region",
    lansstyrelse="Länsstyrelse",
    kommun="Kommun",
    ofullstandig="Fler parter kan finnas",
)

FAMILY_CENTRE_PART = _labels(
    fc_bmm="Mödrahälsovård",
    fc_bvc="Barnhälsovård",
    fc_oppen_forskola="Öppen förskola",
    fc_socialtjanst="Förebyggande socialtjänst",
)
"""The four co-located parts of a familjecentral (familjecentraler.se)."""

LANGUAGE = _labels(
    sv="Svenska",
    ar="Arabiska",
    bs="Bosniska",
    de="Tyska",
    en="Engelska",
    es="Spanska",
    fa="Persiska",
    fi="Finska",
    fr="Franska",
    hr="Kroatiska",
    ku="Kurdiska",
    pl="Polska",
    prs="Dari",
    ps="Pashto",
    rom="Romani",
    ru="Ryska",
    se="Nordsamiska",
    so="Somaliska",
    sq="Albanska",
    sr="Serbiska",
    th="Thailändska",
    ti="Tigrinska",
    tr="Turkiska",
    uk="Ukrainska",
    ur="Urdu",
    vi="Vietnamesiska",
    zh="Kinesiska",
)
"""Labels of common language codes (ISO 639-1); another valid code is shown as it is."""

DIALOGUE_KIND = _labels(
    framgangsfaktor="Framgångsfaktor", utmaning="Utmaning", behov="Behov", nasta_steg="Nästa steg"
)

DIALOGUE_READING = _labels(rubrik="Källans egen rubrik", klassad="Klassad av sammanställaren")

STATEMENT = _labels(finns="Det finns", saknas="Det saknas", planeras="Det planeras", behovs="Det behövs")
"""What a point of a dialogue says of support."""

GROUND = _labels(
    lag="En lag säger att det ska erbjudas",
    program="Ett nationellt program eller en myndighets vägledning",
    vanligt="Det är vanligt, men ingen skyldighet",
)
"""Why arenas of a type, or municipalities, offer something."""

ANSWERS: Mapping[str, tuple[str, ...]] = {
    "kartlaggning": ("ej_paborjad", "pagar", "klar"),
    "behovsinventering": ("nej", "ja"),
    "barnratt_information": ("nej", "ja"),
    "kompetensinsats": ("nej", "ja"),
    "validerade_indikatorer": ("0", "1", "2", "3"),
    "ej_nadda_grupper": ("0", "1", "2", "3"),
    "regional_overenskommelse": ("saknas", "utkast", "beslutad"),
    "regional_stodorganisation": ("nej", "utan_uppdrag", "ja"),
    "samverkansgrupp": ("nej", "planerad", "ja"),
    "samverkansgrupp_plan": ("nej", "ja"),
    "strategisk_funktion": ("nej", "utan_uppdrag", "ja"),
    "samverkan": ("0", "1", "2", "3"),
}
"""The questions of `kommunlage` and the answers each may have, worst first."""

COUNTY_ONLY_QUESTIONS = frozenset({"regional_overenskommelse", "regional_stodorganisation"})
"""Questions that only the county as a whole answers."""

ISO_639_1 = frozenset(
    """
    aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
    dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id
    ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu
    lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu
    rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr
    ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
    """.split()  # noqa: SIM905  (a block of codes reads better than a list)
)
"""Two-letter language codes (ISO 639-1, Library of Congress)."""
