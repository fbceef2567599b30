"""What the pages of pairs read."""

from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet

from studbook.animals.models import Animal
from studbook.core.lists import order_keys
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.models import Mating, Pairing

ORDERS: dict[str, tuple[str, ...]] = {
    "sire": ("sire__number_order", "sire__studbook_number"),
    "dam": ("dam__number_order", "dam__studbook_number"),
    "institution": ("institution__name",),
    "introduced": ("introduced_earliest",),
    "separated": ("separated_earliest",),
    "matings": ("matings_seen",),
}
DEFAULT_ORDER = "-introduced"


@dataclass(frozen=True, slots=True)
class PairRecord:
    """What the page of a pair shows beside the pair itself."""

    matings: list[Mating]
    others: list[Pairing]


def pairings_of(programme: Programme) -> QuerySet[Pairing]:
    """Return the pairs of a programme, those struck out too, with how many matings were seen and when the last."""
    standing = Q(matings__struck_at=None)
    return (
        Pairing.objects.filter(programme=programme)
        .select_related("programme", "sire", "dam", "institution")
        .annotate(
            matings_seen=Count("matings", filter=standing),
            last_mating=Max("matings__date_latest", filter=standing),
        )
    )


def ordered(pairings: QuerySet[Pairing], order: str) -> QuerySet[Pairing]:
    return pairings.order_by(*order_keys(ORDERS, order))


def open_pairs(programme: Programme) -> QuerySet[Pairing]:
    """Return the open pairs, the latest introduced first."""
    return ordered(pairings_of(programme).filter(separated_earliest=None, struck_at=None), DEFAULT_ORDER)


def open_pairs_at(institution: Institution, programme: Programme) -> QuerySet[Pairing]:
    return open_pairs(programme).filter(institution=institution)


def record_of(pairing: Pairing) -> PairRecord:
    """Return the matings of a pair and the other times of the same two; two queries."""
    others = (
        Pairing.objects.standing().filter(sire=pairing.sire_id, dam=pairing.dam_id).exclude(pk=pairing.pk)
    )
    return PairRecord(
        list(pairing.matings.select_related("logged_by")),
        list(others.select_related("programme", "sire", "dam", "institution")),
    )


def pairings_with(animal: Animal) -> QuerySet[Pairing]:
    """Return the standing pairs of one animal, the latest first."""
    mine = Pairing.objects.standing().filter(Q(sire=animal) | Q(dam=animal))
    return mine.select_related("sire", "dam", "institution").order_by("-introduced_earliest", "-pk")


def matings_with(animal: Animal) -> QuerySet[Mating]:
    """Return the standing matings of one animal, the latest first."""
    mine = Mating.objects.standing().filter(Q(sire=animal) | Q(dam=animal))
    return mine.select_related("sire", "dam").order_by("-date_earliest", "-pk")
