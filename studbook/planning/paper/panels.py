"""The printed forms of a plan on the pages of its versions."""

from django.http import HttpRequest

from studbook.core.panels import Context
from studbook.planning.models import Plan, PlanVersion
from studbook.programmes.access import programme_of


def version_panel(request: HttpRequest, version: PlanVersion) -> Context:
    """Lead to the printed forms of a version."""
    return {"programme": programme_of(request), "version": version}


def plan_panel(request: HttpRequest, plan: Plan) -> Context | None:
    """Lead to the printed forms of a plan's last version; one query. Nothing to show before the first."""
    last = plan.versions.defer("inputs", "figures").order_by("-number").first()
    return None if last is None else version_panel(request, last)
