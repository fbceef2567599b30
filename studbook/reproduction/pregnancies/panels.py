"""What other pages show of pregnancies: the programme's first page, the room's, an animal's, a mating's, a pair's."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from studbook.accounts.rights import Right
from studbook.animals.keeping import may_on
from studbook.animals.models import Animal
from studbook.core.panels import Context
from studbook.programmes.access import programme_of, standing_in
from studbook.programmes.models import Programme
from studbook.reproduction.models import Mating, Pairing, Procedure
from studbook.reproduction.models.pregnancy import PregnancyQuerySet
from studbook.reproduction.pregnancies.beginnings import may_begin
from studbook.reproduction.pregnancies.queries import (
    SOON_DAYS,
    awaited,
    pregnancies_about,
    pregnancies_of,
    rows_of,
)

MOST_LISTED = 12
OF_A_PROCEDURE = (Procedure.Kind.INSEMINATION, Procedure.Kind.GAMETES)


def room_panel(request: HttpRequest, programme: Programme) -> Context | None:
    """List the young expected soon and the outcomes overdue; one query."""
    soon, overdue = awaited(programme, timezone.localdate())
    return {"programme": programme, "soon": soon, "overdue": overdue, "days": SOON_DAYS}


def dashboard_panel(request: HttpRequest, programme: Programme) -> Context | None:
    """The same on the programme's first page; nothing where nothing is expected."""
    context = room_panel(request, programme)
    return context if context and (context["soon"] or context["overdue"]) else None


def animal_panel(request: HttpRequest, animal: Animal) -> Context | None:
    """List the pregnancies that an animal bore or sired, and lead a female's keeper to a new one; one query."""
    may_start = (
        animal.is_living
        and animal.sex == Animal.Sex.FEMALE
        and may_on(standing_in(request), Right.LOG, animal)
    )
    rows = rows_of(pregnancies_about(animal)[:MOST_LISTED], timezone.localdate())
    if not rows and not may_start:
        return None
    start = {"dam": animal, "query": ""} if may_start else None
    return {"programme": programme_of(request), "animal": animal, "rows": rows, "start": start}


def mating_panel(request: HttpRequest, mating: Mating) -> Context | None:
    """Lead from a mating to its pregnancy, or to a new one."""
    found = pregnancies_of(programme_of(request)).filter(mating=mating)
    return _panel(request, found, mating.dam, f"mating={mating.pk}", starts=not mating.is_struck)


def procedure_panel(request: HttpRequest, procedure: Procedure) -> Context | None:
    """Lead from an insemination or a transfer to its pregnancy, or to a new one; nothing on other procedures."""
    if procedure.kind not in OF_A_PROCEDURE:
        return None
    found = pregnancies_of(programme_of(request)).filter(insemination=procedure)
    query = f"insemination={procedure.pk}"
    return _panel(
        request, found, procedure.animal, query, starts=may_begin(procedure) and not procedure.is_struck
    )


def pairing_panel(request: HttpRequest, pairing: Pairing) -> Context | None:
    """List the pregnancies of the two since they were introduced, and lead to one that is suspected."""
    found = pregnancies_of(programme_of(request)).filter(sire=pairing.sire_id, dam=pairing.dam_id)
    since, until = pairing.introduced or pairing.together, pairing.separated
    within = Q(conceived_latest__gte=since.earliest) if since else Q()
    within &= Q(conceived_earliest__lte=until.latest) if until else Q()
    query = f"sire={pairing.sire.studbook_number}"
    return _panel(request, found.filter(within), pairing.dam, query, starts=not pairing.is_struck)


def _panel(
    request: HttpRequest, found: PregnancyQuerySet, dam: Animal, query: str, *, starts: bool
) -> Context | None:
    rows = rows_of(found.standing()[:MOST_LISTED], timezone.localdate())
    may_start = starts and may_on(standing_in(request), Right.LOG, dam)
    if not rows and not may_start:
        return None
    start: dict[str, Any] | None = {"dam": dam, "query": query} if may_start else None
    return {"programme": programme_of(request), "animal": None, "rows": rows, "start": start}
