"""What is suspicious in a pedigree that is possible."""

from __future__ import annotations

from itertools import chain

from pedigree._facts import (
    NOTIFY,
    REJECT,
    SEVERITIES,
    WARN,
    Facts,
    Interval,
    Problem,
    Species,
    gap_days,
    severity_of,
    when,
)
from pedigree._rules_dates import (
    gestation_problems,
    life_problems,
    litter_problems,
    parent_problems,
)
from pedigree._rules_parents import double_role_problems, origin_problems, sex_problems
from pedigree.structure import Pedigree

__all__ = [
    "NOTIFY",
    "REJECT",
    "SEVERITIES",
    "WARN",
    "Facts",
    "Interval",
    "Problem",
    "Species",
    "find_problems",
    "gap_days",
    "severity_of",
    "when",
]

_RULES = (
    sex_problems,
    double_role_problems,
    origin_problems,
    life_problems,
    parent_problems,
    gestation_problems,
    litter_problems,
)


def find_problems(pedigree: Pedigree, facts: Facts | None = None) -> tuple[Problem, ...]:
    """Return everything about the animals that cannot be, or may not be, as recorded.

    Dates are intervals: a rule rejects when no day fits it and warns when some do not; a rule
    without the date or the species' figure it needs is skipped.

    Parameters
    ----------
    pedigree :          The pedigree.
    facts :             Dates, circumstances and the species' biology, as far as known.

    Returns
    -------
    Problems, the gravest first, then by rule, then by animals.

    Notes
    -----
    A few passes over the rows; nothing is raised, since real studbooks are full of problems.

    Examples
    --------
    >>> from pedigree.structure import FEMALE, Pedigree, Record
    >>> pedigree = Pedigree.from_records([Record("45", sex=FEMALE), Record("46", sire="45", dam="44"), Record("44", sex=FEMALE)])
    >>> [(problem.code, problem.animals) for problem in find_problems(pedigree)]
    [('B2', ('45', '46'))]
    """
    facts = facts or Facts()
    found = chain.from_iterable(rule(pedigree, facts) for rule in _RULES)
    return tuple(
        sorted(found, key=lambda problem: (SEVERITIES.index(problem.severity), problem.code, problem.animals))
    )
