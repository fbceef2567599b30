"""Which plan a new pair belongs to, and what may be changed in a plan."""

from studbook.core.errors import StudbookError
from studbook.planning.models import Plan
from studbook.programmes.models import Programme


class PlanEndedError(StudbookError):
    """The plan was closed or discarded: it stays as it is."""

    status = 409


def open_plan(programme: Programme) -> Plan | None:
    """Return the plan that is written now: the one in work, else the one in force; one query."""
    found = {each.is_in_work: each for each in Plan.objects.filter(programme=programme, state__in=Plan.OPEN)}
    return found.get(True) or found.get(False)


def refuse_ended(plan: Plan) -> None:
    """Refuse to change a plan that was closed or discarded."""
    if not plan.is_open:
        raise PlanEndedError(
            f"The plan {plan} is {plan.get_state_display()} and stays as it is. Make the change in the plan that is open now, "
            "or start a new one."
        )
