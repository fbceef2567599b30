"""Pregnancies, and how each stands to the people of the matrix: it is its dam's."""

from tests import factories
from tests.house.matrix import OTHER, OWN, Case
from tests.house.world import HIDDEN, NOBODY, World


def pregnant(world: World) -> dict[str, list[Case]]:
    """Return a pregnancy of an animal of the zoo itself, of another zoo, on loan elsewhere, and of another programme."""
    cases: list[Case] = []
    for title, number, held, owned in (
        ("held", "A101", "A", "A"),
        ("owned, on loan elsewhere", "A103", "B", "A"),
        ("another zoo's", "A107", "B", "B"),
        ("in another programme", "A190", "D", "D"),
    ):
        code = OTHER if held == "D" else OWN
        made = factories.PregnancyFactory(
            programme=world.programmes[code],
            dam=world.animals[number],
            sire=world.animals["SD" if code == OTHER else "SA"],
            institution=world.zoos[held],
            note=HIDDEN if code == OTHER else "",
        )
        cases.append(Case(title, code=code, names={"pk": made.pk}, held=held, owned=owned))
        if code == OTHER:
            cases.append(Case("of another programme", there=False, names={"pk": made.pk}))
    cases.append(Case("absent", there=False, names={"pk": NOBODY}))
    return {"pregnancy": cases}
