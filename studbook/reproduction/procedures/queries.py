"""What the pages of procedures read."""

from datetime import timedelta

from django.db.models import Case, F, IntegerField, OrderBy, Q, QuerySet, Value, When
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import INSTITUTION, Right, Standing
from studbook.animals.models import Animal
from studbook.core.lists import order_keys
from studbook.programmes.models import Programme
from studbook.reproduction.bank.queries import FOR_USE
from studbook.reproduction.models import Procedure, Sample
from studbook.reproduction.models.procedure import ProcedureQuerySet

LATELY = timedelta(hours=12)
# The animal that it is done on, and those whose semen or genes are used.
ROLES = ("animal", "insemination__donor", "gametes__sire", "gametes__dam")
ORDERS: dict[str, tuple[str, ...]] = {
    "kind": ("kind_order",),
    "day": ("date_earliest", "date_latest", "started"),
    "started": ("started",),
    "animal": ("animal__number_order", "animal__studbook_number"),
    "institution": ("institution__name",),
}
DEFAULT_ORDER = "-day"


def procedures_of(programme: Programme) -> ProcedureQuerySet:
    """Return the procedures of a programme with what a line of the list shows, and the place of their kind by its name."""
    kinds = sorted(Procedure.Kind.choices, key=lambda choice: choice[1])
    places = [When(kind=kind, then=Value(place)) for place, (kind, _) in enumerate(kinds)]
    found = Procedure.objects.whole().filter(programme=programme).select_related("logged_by")
    return found.annotate(kind_order=Case(*places, default=len(places), output_field=IntegerField()))


def ordered(procedures: ProcedureQuerySet, order: str) -> ProcedureQuerySet:
    """Sort by a column of the list; those without a time stand last, whichever way it is turned."""
    return procedures.order_by(*(_timeless_last(key) for key in order_keys(ORDERS, order)))


def in_any_role(lookup: str, wanted: object) -> Q:
    """Return what tells whether an animal is the one of a procedure or gives semen or genes to it; a lookup as `__pk`."""
    about = Q()
    for role in ROLES:
        about |= Q(**{f"{role}{lookup}": wanted})
    return about


def anaesthesias_of(animal: Animal) -> QuerySet[Procedure]:
    """Return the standing anaesthesias of an animal, the latest first, to choose the one that something was done under."""
    found = Procedure.objects.standing().filter(animal=animal, kind=Procedure.Kind.ANAESTHESIA)
    return found.select_related("animal").order_by("-date_earliest", "-started", "-pk")


def collections_of(programme: Programme) -> QuerySet[Procedure]:
    """Return the standing collections of semen, the latest first."""
    found = Procedure.objects.standing().filter(programme=programme, kind=Procedure.Kind.COLLECTION)
    return found.select_related("animal").order_by("-date_earliest", "-pk")


def samples_to_use(programme: Programme, standing: Standing) -> QuerySet[Sample]:
    """Return the samples that make sires and that the person may use: stored at, or belonging to, where they log; none of the reserve."""
    found = Sample.objects.sires().filter(programme=programme, account__in=FOR_USE).select_related("donor")
    if Right.LOG not in standing:
        places = standing.institutions(Right.LOG, INSTITUTION)
        found = found.filter(Q(institution__in=places) | Q(owner__in=places))
    return found


def session_of(procedure: Procedure) -> list[Procedure]:
    """Return all that was done at the same place on the same day, in the order of time; a fixed number of queries."""
    same = (
        Procedure.objects.whole()
        .standing()
        .filter(
            programme=procedure.programme_id,
            institution=procedure.institution_id,
            date_earliest=procedure.date_earliest,
            date_latest=procedure.date_latest,
        )
    )
    return list(same.order_by(F("started").asc(nulls_last=True), "pk"))


def team_lately(programme: Programme, by: User) -> dict[str, str]:
    """Return where and with whom a person logged the last procedure of these hours, for the next one to begin with."""
    mine = Procedure.objects.standing().filter(programme=programme, logged_by=by).order_by("-logged_at")
    last = mine.values_list("logged_at", "place", "team").first()
    if last is None or last[0] < timezone.now() - LATELY:
        return {}
    return {"place": last[1], "team": last[2]}


def procedures_with(animal: Animal) -> QuerySet[Procedure]:
    """Return the standing procedures on an animal, or with its semen or genes, the latest first."""
    return (
        Procedure.objects.standing()
        .filter(in_any_role("", animal))
        .select_related("animal")
        .order_by("-date_earliest", "-started", "-pk")
    )


def _timeless_last(key: str) -> str | OrderBy:
    if key.removeprefix("-") != "started":
        return key
    return F("started").desc(nulls_last=True) if key.startswith("-") else F("started").asc(nulls_last=True)
