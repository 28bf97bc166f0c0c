"""Time the Kommunblad as PDF beside a bare Typst document."""

import datetime
import itertools
import statistics
import time
import timeit
from functools import partial

import typst

from mapping.contract.vocabulary import MUNICIPALITIES
from mapping.dataset.dataset import load
from mapping.figures.arena_map import arena_map
from mapping.reports import formats
from mapping.reports.judged import Judged
from mapping.settings import SHIPPED_DATA, SHIPPED_STRATEGY
from mapping.verdicts.strategy_file import read
from tests.benchmarks.goals import Figure, Goal, Outcome, spread

DAY = datetime.date(2026, 11, 21)
WORDS = "Föräldrar ska erbjudas stöd under barnets hela uppväxt, där de bor och på ett sätt som passar. " * 12


def bare_source():
    text = "\n\n".join([WORDS] * 5)
    return (
        '#set document(title: "Två sidor")\n#set text(lang: "sv", font: "Source Sans Pro")\n'
        '#image(bytes(sys.inputs.svg), format: "svg", alt: "En karta")\n\n'
        f"{text}\n\n#pagebreak()\n\n{text}\n"
    ).encode()


def timed(work):
    return timeit.timeit(work, number=1)


def zip_of(dataset, strategy, day, codes):
    judged = Judged.of(dataset, strategy, day)
    return formats.zipped(formats.report_file(judged, formats.SHEET_NAME, code, "pdf") for code in codes)


def measure(*, rounds=15):
    dataset = load(SHIPPED_DATA, today=DAY)
    judged = Judged.of(dataset, read(SHIPPED_STRATEGY), DAY)
    svg = arena_map(dataset, dataset.arenor.index).svg
    source = bare_source()

    def bare():
        typst.compile(
            source + f"\n// {time.perf_counter_ns()}".encode(), sys_inputs={"svg": svg}, pdf_standards="ua-1"
        )

    codes = [*MUNICIPALITIES]
    days = (DAY + datetime.timedelta(days=number) for number in itertools.count(1))
    bare_document, one, single, twelve, ratios = [], [], [], [], []
    for turn in range(rounds):
        bare_document.append(timed(bare))
        # typst remembers what it has set: another day makes another document
        other = Judged.of(dataset, judged.strategy, DAY - datetime.timedelta(days=turn + 1))
        some = codes if turn % 5 == 0 else codes[turn % 12 : turn % 12 + 2]
        one += [timed(partial(formats.report_file, other, formats.SHEET_NAME, code, "pdf")) for code in some]
        if turn % 5 == 0:
            # both as when somebody asks and nothing is kept: judged, gathered, written
            alone = [timed(partial(zip_of, dataset, judged.strategy, next(days), [code])) for code in codes]
            twelve.append(timed(partial(zip_of, dataset, judged.strategy, next(days), codes)))
            single += alone
            ratios.append(twelve[-1] / statistics.mean(alone))
    sheet = statistics.median(one) / statistics.median(bare_document)
    goals = (
        # beside Typst as it comes, which looks for the system's typefaces
        Goal("Kommunblad (PDF) / bare Typst document", sheet, at_most=2),
        Goal("twelve in a zip / one", statistics.median(ratios), at_most=12),
    )
    figures = (
        Figure("bare two pages, one image, the system's typefaces", spread(bare_document)),
        Figure("Kommunblad as PDF, gathered and written", spread(one)),
        Figure("one in a zip, nothing kept", spread(single)),
        Figure("twelve in a zip, nothing kept", spread(twelve)),
    )
    return Outcome("Reports", goals, figures)
