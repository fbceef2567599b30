"""Whether any plan keeps the limits, and which of them are in the way."""

from __future__ import annotations

from typing import Final

import numpy as np

from pedigree.errors import PlanError
from pedigree.planning.keeping import keep_limits
from pedigree.planning.limits import Limit, limits_of, without_limit
from pedigree.planning.model import Model
from pedigree.planning.objective import Litters, Objective
from pedigree.planning.problem import PlanProblem
from pedigree.planning.room import Room

NODES: Final = 20_000
NAMED: Final = 4
WHOLE: Final = 1e-6


def possible_litters(problem: PlanProblem, objective: Objective, room: Room) -> Litters:
    """Return any plan within the limits, of as many litters as wanted, or of as many as can be where fewer are accepted.

    Refuses a problem without one, and names the limits in the way.
    """
    litters = most_litters(room)
    if litters is None:
        raise PlanError(_required_in_vain(problem, objective, room))
    most = int(litters.sum())
    if most >= problem.wanted or problem.at_most:
        return litters
    raise PlanError(
        f"At most {most} {_litters(most)} within these limits; {problem.wanted} {_are(problem.wanted)} wanted. "
        f"{_remedy(problem, objective)}"
    )


def most_litters(room: Room) -> Litters | None:
    """Return a plan of as many litters as the limits allow, up to those wanted; None where required pairs break them."""
    if (room.least > room.cap).any() or room.least.sum() > room.wanted:
        return None
    count = len(room.cap)
    if not count:
        return np.zeros(0, dtype=np.int64)
    answer = _model(room, whole=True).solved(nodes=NODES)
    return None if answer.columns is None else np.rint(answer.columns[:count]).astype(np.int64)


def no_more_than(room: Room) -> int:
    """Return how many litters the limits allow at most, up to those wanted; in parts of litters too, so that it is quick."""
    if not len(room.cap):
        return 0
    bound = -_model(room, whole=False).relaxed().bound
    return int(np.floor(min(max(bound, 0.0), room.wanted) + WHOLE))


def _model(room: Room, *, whole: bool) -> Model:
    count, model = len(room.cap), Model()
    litters = model.columns(count, -1.0, room.least, room.cap, whole=whole)
    model.rows(-np.inf, room.wanted, (0, litters, 1.0))
    keep_limits(model, room, litters, np.arange(count), least=room.least, most=room.cap, whole=whole)
    return model


def _required_in_vain(problem: PlanProblem, objective: Objective, room: Room) -> str:
    if len(problem.required) > problem.wanted:
        return (
            f"{len(problem.required)} pair{'' if len(problem.required) == 1 else 's'} {_are(len(problem.required))} required, "
            f"but only {problem.wanted} litter{'' if problem.wanted == 1 else 's'} {_are(problem.wanted)} wanted. "
            "Ask for more litters, or require fewer pairs."
        )
    if broken := room.required_in_vain():
        return f"A required pair breaks a limit. {broken[0]}. Raise the limit, or do not require the pair."
    guilty = [limit for limit in limits_of(problem) if _most_without(problem, objective, limit) is not None]
    if not guilty:
        return "The required pairs break several limits at once. Require fewer pairs, or raise the limits."
    return f"The required pairs break the limits. They would fit without any one of: {_named(guilty)}."


def _remedy(problem: PlanProblem, objective: Objective) -> str:
    limits, best = limits_of(problem), 0
    rooms = [Room(without_limit(problem, limit), objective) for limit in limits]
    bounds = [no_more_than(room) for room in rooms]
    found: dict[int, int] = {}
    # Whole litters are slow to count: only where there could be as many as the best limit yet leaves.
    for place in sorted(range(len(limits)), key=lambda each: -bounds[each]):
        if bounds[place] < best:
            break
        litters = most_litters(rooms[place])
        found[place] = -1 if litters is None else int(litters.sum())
        best = max(best, found[place])
    helps = [limits[place] for place in sorted(found) if found[place] == best]
    if best >= problem.wanted:
        return f"They would fit without any one of: {_named(helps)}."
    if not helps or best <= 0:
        return "Ask for fewer litters, or name more pairs."
    return f"No one limit stands in the way alone: {best} would fit without {_named(helps)}. Raise several limits, or ask for fewer litters."


def _most_without(problem: PlanProblem, objective: Objective, limit: Limit) -> int | None:
    found = most_litters(Room(without_limit(problem, limit), objective))
    return None if found is None else int(found.sum())


def _named(limits: list[Limit]) -> str:
    names = [f"“{limit.name}”" for limit in limits[:NAMED]]
    more = f" and {len(limits) - NAMED} more" if len(limits) > NAMED else ""
    return ", ".join(names) + more


def _litters(number: int) -> str:
    return "litter fits" if number == 1 else "litters fit"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
