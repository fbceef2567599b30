"""Every problem of a book: what its pedigree, its dates and its records say against themselves."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pedigree.checks import Problem
from studbook.core.models import AuditEntry
from studbook.core.rulebook import LEVEL_WORDS, breaches
from studbook.population.cache import Kept
from studbook.population.check_news import news_problems
from studbook.population.record_checks import problems_among
from studbook.population.record_reading import latest_day, records_of
from studbook.programmes.models import Programme

LEVELS = LEVEL_WORDS
RULES = breaches()


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
