"""What the pages of the wild read."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Count, F, Prefetch, Q, QuerySet

from studbook.programmes.models import Programme
from studbook.programmes.models.record import RecordQuerySet
from studbook.wild.models import (
    CameraRecord,
    Release,
    ReleaseAnimal,
    ReleaseSite,
    SurveyCount,
)

Found = TypeVar("Found", bound=QuerySet[Any])

COUNT_ORDERS: dict[str, tuple[str, ...]] = {
    "years": ("first_year", "last_year"),
    "area": ("area", "first_year"),
    "country": ("country", "first_year"),
    "method": ("method", "first_year"),
    "best": ("best", "low", "high"),
}
CAMERA_ORDERS: dict[str, tuple[str, ...]] = {
    "seen": ("seen_latest", "seen_earliest"),
    "area": ("area", "seen_latest"),
    "country": ("country", "seen_latest"),
    "young": ("young", "adults"),
}
SITE_ORDERS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "country": ("country", "name"),
    "state": ("state", "name"),
}
RELEASE_ORDERS: dict[str, tuple[str, ...]] = {
    "date": ("date_latest",),
    "site": ("site__name", "date_latest"),
}


def counts_of(programme: Programme, order: str = "years") -> RecordQuerySet[SurveyCount]:
    """Return the counts of a programme, struck ones too."""
    return _ordered(SurveyCount.objects.filter(programme=programme), COUNT_ORDERS, order)


def camera_records_of(programme: Programme, order: str = "-seen") -> RecordQuerySet[CameraRecord]:
    """Return the camera-trap records of a programme, struck ones too."""
    return _ordered(CameraRecord.objects.filter(programme=programme), CAMERA_ORDERS, order)


def sites_of(programme: Programme, order: str = "name") -> QuerySet[ReleaseSite]:
    """Return the release sites of a programme, each with how many animals were released there."""
    released = Count("releases__lines", filter=Q(releases__lines__event__isnull=False))
    found = ReleaseSite.objects.filter(programme=programme).select_related("wild_area")
    return _ordered(found.annotate(released=released), SITE_ORDERS, order)


def releases_of(programme: Programme, order: str = "-date") -> QuerySet[Release]:
    """Return the releases of a programme with their sites and animals; two queries."""
    lines = ReleaseAnimal.objects.select_related("animal", "event")
    found = Release.objects.filter(site__programme=programme).select_related("site")
    return _ordered(found.prefetch_related(Prefetch("lines", lines)), RELEASE_ORDERS, order)


def _ordered(found: Found, orders: Mapping[str, tuple[str, ...]], order: str) -> Found:
    keys = orders[order.removeprefix("-")]
    by = [
        F(key).desc(nulls_last=True) if order.startswith("-") else F(key).asc(nulls_last=True) for key in keys
    ]
    return found.order_by(*by, "-pk" if order.startswith("-") else "pk")
