"""Every problem of a book: what its pedigree, its dates and its records say against themselves."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pedigree.checks import Problem
from studbook.core.models import AuditEntry
from studbook.population.cache import Kept
from studbook.population.check_news import news_problems
from studbook.population.record_checks import problems_among
from studbook.population.record_reading import latest_day, records_of
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


_kept: Kept[tuple[int, int, date, date, int], tuple[Problem, ...]] = Kept(4)


def problems_of(programme: Programme) -> tuple[Problem, ...]:
    """Return every problem, the gravest first; one query when they are kept, nine when they are not.

    Kept until the next deed in the programme, for a name or a note can settle a problem without altering a number.
    """
    last = AuditEntry.objects.filter(programme=programme).order_by("-id").values_list("id", flat=True).first()
    key = (programme.pk, programme.revision, programme.as_of, latest_day(programme), last or 0)
    return _kept.get(key, lambda: _found(programme))


def _found(programme: Programme) -> tuple[Problem, ...]:
    return tuple(problems_among(programme, records_of(programme), news_problems))


def counted_problems(problems: Iterable[Problem]) -> list[ProblemCount]:
    """Return how many problems of each rule and level there are, the gravest first."""
    counts = Counter((problem.severity, problem.code) for problem in problems)
    return [ProblemCount(code, severity, count) for (severity, code), count in counts.items()]
