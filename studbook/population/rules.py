"""The rules of the book asked about single animals, for each deed that changes their records.

They are the rules of the data-quality page, run on the neighbourhood of the animals alone, so that a deed costs the same
in a book of a hundred thousand. Left to that page are what is only incomplete, and the news of an institution, which
are no animal's own. Loops of ancestry may be as long as the book is deep: the deeds that set a parent walk it themselves.
"""

from collections.abc import Collection

from pedigree.checks import NOTIFY
from studbook.core.findings import Finding
from studbook.population.record_checks import problems_among
from studbook.population.record_reading import records_of
from studbook.population.rules_neighbours import neighbours_of
from studbook.programmes.models import Programme


def findings_among(programme: Programme, animals: Collection[int]) -> list[Finding]:
    """Return what the rules reject or warn of in the records of these animals, the gravest first; fourteen queries."""
    numbers = set(programme.animals.filter(pk__in=animals).values_list("studbook_number", flat=True))
    if not numbers:
        return []
    records = records_of(programme, neighbours_of(programme, animals))
    return [
        Finding(problem.code, problem.severity, problem.animals, problem.sentence)
        for problem in problems_among(programme, records)
        if problem.severity != NOTIFY and numbers.intersection(problem.animals)
    ]
