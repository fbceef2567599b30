"""What is suspicious in the records apart from the pedigree: marks, places, timelines, owners, news."""

from collections.abc import Callable, Iterator

from pedigree.checks import Problem
from studbook.population.check_gaps import gap_problems
from studbook.population.check_marks import local_id_problems, mark_problems
from studbook.population.check_moves import birthplace_problems, move_problems, owner_problems
from studbook.population.check_news import news_problems
from studbook.population.check_pairs import duplicate_problems, meeting_problems
from studbook.population.records import Records

_RULES: tuple[Callable[[Records], Iterator[Problem]], ...] = (
    duplicate_problems,
    mark_problems,
    local_id_problems,
    meeting_problems,
    birthplace_problems,
    gap_problems,
    move_problems,
    owner_problems,
    news_problems,
)


def record_problems(records: Records) -> list[Problem]:
    """Return what the records tell against themselves, in no particular order."""
    return [problem for rule in _RULES for problem in rule(records)]
