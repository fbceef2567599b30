"""What is suspicious in the records apart from the pedigree: timelines, news, owners, duplicates, meeting places."""

from collections.abc import Callable, Iterator

from pedigree.checks import Problem
from studbook.population.check_news import news_problems
from studbook.population.check_pairs import duplicate_problems, meeting_problems
from studbook.population.check_timelines import gap_problems, owner_problems, sender_problems
from studbook.population.records import Records

_RULES: tuple[Callable[[Records], Iterator[Problem]], ...] = (
    gap_problems,
    sender_problems,
    owner_problems,
    news_problems,
    duplicate_problems,
    meeting_problems,
)


def record_problems(records: Records) -> list[Problem]:
    """Return what the records tell against themselves, in no particular order."""
    return [problem for rule in _RULES for problem in rule(records)]
