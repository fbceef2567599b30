"""The chance that each pair has young within the plan, as the room of chances tells it."""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from studbook.core.errors import StudbookError
from studbook.planning.optimal.candidates import Candidate
from studbook.programmes.models import Programme

TELLING = "studbook.planning.chances"


def chances_told() -> bool:
    """Tell whether this installation reckons chances of young."""
    return find_spec(TELLING) is not None


def chances_of(programme: Programme, candidates: Sequence[Candidate]) -> tuple[float, ...]:
    """Return the chance of each pair, from 0 to 1."""
    if not chances_told():
        raise StudbookError(
            "This installation does not reckon the chance of young. Ask without it.", field="use_chance"
        )
    # Late: the optimal plan is whole without it.
    queries = import_module(f"{TELLING}.queries")
    sires, dams = zip(*(each.numbers for each in candidates), strict=True)
    banked = [each.doses is not None for each in candidates]
    return tuple(float(each) for each in queries.chances_for(programme, sires, dams, banked=banked))
