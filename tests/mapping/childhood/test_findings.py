"""Each kind of finding on a hand-made county where it is chosen, and on one where it is not."""

import dataclasses

import pytest

from mapping.childhood import findings
from mapping.childhood.coverage import coverage
from mapping.childhood.strips import Said
from mapping.contract.vocabulary import MUNICIPALITIES
from tests.gap_county import DAY, NORA, STRATEGY, answer, arena, dataset_of, insats

CODES = list(MUNICIPALITIES)


def county(codes, ages, *, klar=(), levels="universell", said=()):
    arenor = [arena(f"a{code}", kommunkod=code) for code in codes]
    first, last = ages
    offers = [
        insats(f"i{code}", f"a{code}", preventionsniva=levels, alder_fran=first, alder_till=last)
        for code in codes
    ]
    answers = [answer("kartlaggning", "klar", code) for code in klar]
    shown = coverage(dataset_of(arenor, offers, answers), STRATEGY, DAY)
    every = tuple(
        dataclasses.replace(one, said=(Said("saknas", (), frozenset(said), "Det saknas."),))
        if said and one.kommunkod == NORA
        else one
        for one in shown.every
    )
    return dataclasses.replace(shown, every=every)


YOUNG, WHOLE = ("0", "5"), ("0", "18")


@pytest.mark.parametrize(
    ("kind", "shown", "sentence"),
    [
        (
            findings.gap,
            county(CODES, YOUNG, klar=CODES[:8]),
            "8 av 12 kommuner saknar universellt stöd för 6–12 år",
        ),
        (findings.gap, county(CODES, YOUNG, klar=CODES[:6]), ""),
        (findings.gap, county(CODES, YOUNG), ""),
        (
            findings.known_for_some,
            county(CODES[:9], YOUNG),
            "Universellt stöd är känt för 0–5 år i 9 av 12 kommuner – för 6–18 år i ingen",
        ),
        (
            findings.known_for_some,
            county(CODES[:9], ("0", "6")),
            "Universellt stöd är känt för 0–5 år i 9 av 12 kommuner – för 13–18 år i ingen",
        ),
        (findings.known_for_some, county(CODES[:8], YOUNG), ""),
        (findings.known_for_some, county(CODES, WHOLE), ""),
        (
            findings.said_missing,
            county(CODES[:2], YOUNG, said=range(13, 19)),
            "Nora säger att stöd för 13–18 år saknas – där är universellt stöd inte känt någonstans",
        ),
        (findings.said_missing, county(CODES, WHOLE, said=range(13, 19)), ""),
        (findings.said_missing, county(CODES[:2], YOUNG, said=range(13, 16)), ""),
        (
            findings.known_everywhere,
            county(CODES[:4], WHOLE),
            "Universellt stöd är känt för hela uppväxten i 4 av 12 kommuner",
        ),
        (findings.known_everywhere, county(CODES, YOUNG), ""),
        (
            findings.nothing_known,
            county([], YOUNG),
            "Om stöd på universell, selektiv eller indikerad nivå är inget känt i någon kommun",
        ),
        (findings.nothing_known, county(CODES[:1], YOUNG), ""),
    ],
)  # fmt: skip
def test_a_finding_is_chosen_where_the_numbers_bear_it_and_only_there(kind, shown, sentence):
    assert kind(shown) == sentence


def test_the_strongest_is_the_first_that_is_chosen_and_the_summary_where_none_is():
    assert findings.strongest(county(CODES, YOUNG, klar=CODES)).startswith("12 av 12 kommuner saknar")
    assert findings.strongest(county(CODES[:5], YOUNG)) == (
        "Universellt stöd är känt i 5 av 12 kommuner för 0–5 år. Om 6–18 år är inget känt någonstans"
    )
