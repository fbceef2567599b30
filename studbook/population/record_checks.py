"""Everything the rules say of some records: of the pedigree in them, and of marks, places, timelines and owners."""

from collections.abc import Callable, Iterator

from pedigree.checks import SEVERITIES, Problem, find_problems
from studbook.population.check_births import birthplace_problems
from studbook.population.check_gaps import gap_problems
from studbook.population.check_life import life_problems
from studbook.population.check_marks import local_id_problems, mark_problems
from studbook.population.check_moves import move_problems, treatment_problems
from studbook.population.check_owners import owner_problems
from studbook.population.check_pairs import duplicate_problems, meeting_problems
from studbook.population.check_parents import contraception_problems, parent_problems
from studbook.population.check_pregnancies import pregnancy_problems
from studbook.population.check_sex import sex_problems
from studbook.population.facts import facts_of
from studbook.population.record_pedigree import pedigree_in
from studbook.population.records import Records
from studbook.programmes.models import Programme

Rule = Callable[[Records], Iterator[Problem]]


def undated_problems(records: Records) -> Iterator[Problem]:
    """Yield K3: an animal without a birth date."""
    for number, animal in records.animals.items():
        if animal.birth is None:
            sentence = f"Animal {number} has no birth date, so its age cannot be known. Estimate one, as wide as need be."
            yield Problem("K3", (number,), "notify", sentence)


_RULES: tuple[Rule, ...] = (
    duplicate_problems,
    mark_problems,
    local_id_problems,
    meeting_problems,
    parent_problems,
    contraception_problems,
    pregnancy_problems,
    birthplace_problems,
    life_problems,
    gap_problems,
    move_problems,
    treatment_problems,
    owner_problems,
    sex_problems,
    undated_problems,
)


def problems_among(programme: Programme, records: Records, *more: Rule) -> list[Problem]:
    """Return what the rules say of these records, and what `more` of them say, the gravest first; no query."""
    pedigree, found = pedigree_in(records)
    found += find_problems(pedigree, facts_of(programme, records))
    found += (problem for rule in (*_RULES, *more) for problem in rule(records))
    order = {number: place for place, number in enumerate(records.animals)}
    return sorted(found, key=lambda problem: _gravity(problem, order))


def _gravity(problem: Problem, order: dict[str, int]) -> tuple[int, str, int, list[int]]:
    animals = [order.get(number, len(order)) for number in problem.animals]
    return SEVERITIES.index(problem.severity), problem.code[0], int(problem.code[1:]), animals
