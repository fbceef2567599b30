"""Every problem of a book: what its pedigree, its dates and its records say against themselves."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pedigree.checks import REJECT, SEVERITIES, Problem, find_problems
from pedigree.errors import CyclicPedigreeError, PedigreeError
from pedigree.structure import Pedigree
from studbook.core.models import AuditEntry
from studbook.population.cache import Kept
from studbook.population.facts import facts_of
from studbook.population.pedigrees import book_of
from studbook.population.record_checks import record_problems
from studbook.population.records import Records, records_of
from studbook.programmes.models import Programme

LEVELS = {"reject": "cannot be", "warn": "may be wrong", "notify": "incomplete"}
RULES = {
    "A4": "suspected duplicates",
    "A5": "one mark on two living animals",
    "A6": "a local id given twice",
    "B1": "ancestry loops",
    "B2": "a parent of the wrong sex",
    "B3": "one animal as sire and as dam",
    "B5": "a parent younger than its offspring",
    "B6": "a parent too young",
    "B7": "a parent too old",
    "B8": "a dam dead before the birth",
    "B9": "a sire dead before the conception",
    "B10": "parents never at one place",
    "B11": "litters too close together",
    "B12": "a litter too large",
    "B14": "born in captivity of a wild parent",
    "B15": "parents that cannot be read",
    "B17": "a birth at a place that does not fit it",
    "C3": "a date that has not come yet",
    "C4": "dead before its birth",
    "C5": "a gap in the timeline of holders",
    "C6": "a sender who did not hold the animal",
    "C9": "an owner missing or contradicted",
    "C10": "moved after its death or loss",
    "C12": "a parent of unknown sex",
    "C14": "living beyond the known longevity",
    "C15": "no news",
    "K1": "one parent unknown",
    "K2": "born in captivity of unknown parents",
    "K3": "no birth date",
}


@dataclass(frozen=True, slots=True)
class ProblemCount:
    """How many problems of one rule and level there are."""

    code: str
    severity: str
    count: int

    @property
    def what(self) -> str:
        return RULES.get(self.code, "other")

    @property
    def level(self) -> str:
        return LEVELS[self.severity]


_kept: Kept[tuple[int, int, date, int], tuple[Problem, ...]] = Kept(4)


def problems_of(programme: Programme) -> tuple[Problem, ...]:
    """Return every problem, the gravest first; one query when they are kept, nine when not.

    Kept until the next deed in the programme, for a name or a note can settle a problem without altering a number.
    """
    last = AuditEntry.objects.filter(programme=programme).order_by("-id").values_list("id", flat=True).first()
    key = (programme.pk, programme.revision, programme.as_of, last or 0)
    return _kept.get(key, lambda: _found(programme))


def _found(programme: Programme) -> tuple[Problem, ...]:
    records = records_of(programme)
    found = [*_pedigree_problems(programme, records), *record_problems(records), *_undated(records)]
    order = {number: place for place, number in enumerate(records.animals)}
    return tuple(sorted(found, key=lambda problem: _gravity(problem, order)))


def _gravity(problem: Problem, order: dict[str, int]) -> tuple[int, str, int, list[int]]:
    animals = [order.get(number, len(order)) for number in problem.animals]
    return SEVERITIES.index(problem.severity), problem.code[0], int(problem.code[1:]), animals


def _pedigree_problems(programme: Programme, records: Records) -> Sequence[Problem]:
    try:
        pedigree: Pedigree = book_of(programme).pedigree
    except CyclicPedigreeError as error:
        return [Problem("B1", tuple(dict.fromkeys(error.animals)), REJECT, str(error))]
    except PedigreeError as error:
        animal = getattr(error, "animal", None)
        return [Problem("B15", (animal,) if animal else (), REJECT, str(error))]
    return find_problems(pedigree, facts_of(programme, records))


def _undated(records: Records) -> Iterable[Problem]:
    for number, animal in records.animals.items():
        if animal.birth is None:
            sentence = f"Animal {number} has no birth date, so its age cannot be known. Estimate one, as wide as need be."
            yield Problem("K3", (number,), "notify", sentence)


def counted_problems(problems: Iterable[Problem]) -> list[ProblemCount]:
    """Return how many problems of each rule and level there are, the gravest first."""
    counts = Counter((problem.severity, problem.code) for problem in problems)
    return [ProblemCount(code, severity, count) for (severity, code), count in counts.items()]
