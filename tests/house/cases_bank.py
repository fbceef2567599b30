"""What the addresses of the genome bank can name, and how that stands to the people of the matrix."""

from collections.abc import Iterable

from tests import factories
from tests.house.matrix import OTHER, OWN, Case
from tests.house.world import HIDDEN, NOBODY, World


def samples(world: World) -> Iterable[Case]:
    for title, stored, owner, donor in (
        ("stored", "A", "B", "SA"),
        ("owned elsewhere", "B", "A", "SA"),
        ("of other zoos", "B", "C", "SA"),
        ("in another programme", "D", "D", "SD"),
    ):
        code = OTHER if stored == "D" else OWN
        made = factories.SampleFactory(
            programme=world.programmes[code],
            donor=world.animals[donor],
            institution=world.zoos[stored],
            owner=world.zoos[owner],
            note=HIDDEN if code == OTHER else "",
        )
        names = {"pk": made.pk}
        yield Case(title, code=code, names=names, parties=(stored, owner))
        if code == OTHER:
            yield Case("of another programme", there=False, names=names)
    yield Case("absent", there=False, names={"pk": NOBODY})
