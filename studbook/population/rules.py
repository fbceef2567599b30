"""The rules of the book asked about single animals, for each deed that changes their records.

They are the rules of the data-quality page, run on the neighbourhood of the animals alone, so that a deed costs the same
in a book of a hundred thousand. Left to that page are what is only incomplete, and the news of an institution, which
are no animal's own. Loops of ancestry may be as long as the book is deep: the deeds that set a parent walk it themselves.
"""

from collections.abc import Collection, Iterable

from pedigree.checks import NOTIFY, Problem
from studbook.core.findings import Finding
from studbook.population.check_life import seen_problems
from studbook.population.record_checks import problems_among
from studbook.population.record_reading import records_of, seen_of
from studbook.population.rules_neighbours import neighbours_of
from studbook.programmes.models import Programme
from studbook.reproduction.pregnancies.conceptions import young_borne_by


def findings_among(programme: Programme, animals: Collection[int]) -> list[Finding]:
    """Return what the rules reject or warn of in the records of these animals, the gravest first; at most 17 queries.

    What is changed of a pregnancy or an insemination, which are the dam's, is judged on her young of pregnancies as well.
    """
    asked = {*animals, *young_borne_by(animals)}
    numbers = set(programme.animals.filter(pk__in=asked).values_list("studbook_number", flat=True))
    if not numbers:
        return []
    records = records_of(programme, neighbours_of(programme, asked))
    found = problems_among(programme, records)
    return _as_findings(each for each in found if numbers.intersection(each.animals))


def findings_of_seen(programme: Programme, animals: Collection[int]) -> list[Finding]:
    """Return what the rules find in that which was only seen of these animals, as `findings_among` would; two queries."""
    return _as_findings(seen_problems(seen_of(programme, animals)))


def _as_findings(problems: Iterable[Problem]) -> list[Finding]:
    return [
        Finding(problem.code, problem.severity, problem.animals, problem.sentence)
        for problem in problems
        if problem.severity != NOTIFY
    ]
