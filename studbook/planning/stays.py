"""Where animals are now: the open stay of each, in one query."""

from collections.abc import Iterable

from studbook.animals.models import Animal, Holding
from studbook.institutions.models import Institution

NOWHERE = "place not known"
A_PLACE = f"a {NOWHERE}"


def open_stays(animals: Iterable[Animal]) -> dict[int, Holding]:
    """Return each animal's open stay by its primary key; an animal that nobody holds is not in it."""
    stays = Holding.objects.open().filter(animal__in=list(animals)).select_related("institution")
    return {stay.animal_id: stay for stay in stays}


def place_of(stay: Holding | None) -> Institution | None:
    return stay.institution if stay else None


def together(first: Institution | None, second: Institution | None) -> bool:
    """Tell whether two animals live at one place; those whose place is not known do not."""
    return first is not None and first == second
