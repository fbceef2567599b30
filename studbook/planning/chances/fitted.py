"""The model of the chance of young, fitted to a programme's own closed plans and kept until book or plans move on."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from pedigree.cases import Cases, History, Prime
from pedigree.chance import ChanceModel, fit_chance
from studbook.animals.models import Animal
from studbook.core.dates import DAYS_IN_YEAR
from studbook.planning.chances.casebook import CaseBook
from studbook.planning.models import Recommendation
from studbook.planning.outcomes.history import PastPair, history_of
from studbook.population.basis import Basis
from studbook.population.breeders import limits_of
from studbook.population.cache import Kept
from studbook.population.demography.book import book_on
from studbook.population.demography.filters import Filters
from studbook.population.demography.vital import vital_on
from studbook.programmes.models import Programme

MOST_KEPT = 4
FEWEST_BIRTHS = 20
MIDDLE = (25, 75)
ANY_AGE = 100.0
OBSERVED, SETTINGS = "observed", "settings"


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """The model with what it was fitted to: `past` and `cases` are in one order. `primes` tells by sex where the prime is from."""

    model: ChanceModel
    past: tuple[PastPair, ...]
    cases: Cases
    book: CaseBook
    primes: dict[str, str]
    on: date


# Of what became of a pair the key holds what the model reads, so that a corrected outcome makes a new one.
Key = tuple[int, int, date, tuple[tuple[int, date, date, bool, str], ...]]
_kept: Kept[Key, Fitted] = Kept(MOST_KEPT, edition=lambda key: key[:2])


def fitted_on(programme: Programme) -> Fitted:
    """Return the fitted model; the queries of the history, and those of a book that is not kept yet."""
    past = history_of(programme)
    told = tuple((each.pair.pk, each.day, each.until, each.fulfilled, each.pair.method) for each in past)
    return _kept.get(
        (programme.pk, programme.revision, programme.as_of, told), lambda: _fitted(programme, past)
    )


def _fitted(programme: Programme, past: tuple[PastPair, ...]) -> Fitted:
    basis = Basis(programme)
    book = CaseBook(book_on(basis))
    cases = _cases(book, past)
    prime, primes = _prime(programme, basis)
    history = History(cases, np.array([each.fulfilled for each in past], dtype=np.bool_))
    return Fitted(fit_chance(history, prime), past, cases, book, primes, programme.as_of)


def _cases(book: CaseBook, past: tuple[PastPair, ...]) -> Cases:
    each = [
        book.case(
            one.pair.sire.studbook_number,
            one.pair.dam.studbook_number,
            one.day,
            insemination=one.pair.method != Recommendation.Method.NATURAL,
            banked=one.pair.method == Recommendation.Method.BANKED,
        )
        for one in past
    ]
    names = Cases.__dataclass_fields__
    return Cases(*(np.concatenate([np.empty(0), *(getattr(one, name) for one in each)]) for name in names))


def _prime(programme: Programme, basis: Basis) -> tuple[Prime, dict[str, str]]:
    breeding = vital_on(basis, Filters()).breeding
    ends: list[float] = []
    primes: dict[str, str] = {}
    for sex in (Animal.Sex.MALE, Animal.Sex.FEMALE):
        days = breeding[sex].age_days
        if len(days) >= FEWEST_BIRTHS:
            ends += [float(end) for end in np.percentile(days / DAYS_IN_YEAR, MIDDLE)]
            primes[sex] = OBSERVED
        else:
            limits = limits_of(programme, sex)
            last = ANY_AGE if limits.last is None else limits.last + 1.0
            ends += [min(limits.first or 0.0, last), last]
            primes[sex] = SETTINGS
    return Prime(*ends), primes
