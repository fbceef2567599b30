"""Two programmes, four zoos and the people of the matrix; one of everything that an address can name."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.test import Client, RequestFactory

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.actions import give_institution_role, withdraw_institution_role
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.transfers.models import Transfer
from tests import factories
from tests.house.matrix import ACTORS, EVERYTHING, OTHER, OWN, ZOOS, Case

HIDDEN = "Kept-from-you"
ABSENT, NOBODY = "A999", 999_999
LEFT = date(2024, 1, 1)


@dataclass
class World:
    """What stands in the book; `people` without those who have no account, `keys` their sessions."""

    programmes: dict[str, Programme] = field(default_factory=dict)
    zoos: dict[str, Institution] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    animals: dict[str, Animal] = field(default_factory=dict)
    cases: dict[str, list[Case]] = field(default_factory=dict)

    def window(self, actor: str) -> RequestFactory:
        """Return a window in which the person is signed in, whatever the answers say."""
        window = RequestFactory()
        if actor in self.keys:
            window.cookies["sessionid"] = self.keys[actor]
        return window

    def client(self, actor: str) -> Client:
        """Return a test client in which the person is signed in."""
        client = Client(raise_request_exception=False)
        if actor in self.keys:
            client.cookies["sessionid"] = self.keys[actor]
        return client


def new_world() -> World:
    world = World()
    for code, zoos in ZOOS.items():
        name = HIDDEN if code == OTHER else "Leopards"
        world.programmes[code] = factories.ProgrammeFactory(code=code, name=name, common_name=name)
        for letter in zoos:
            shown = f"{HIDDEN} zoo" if code == OTHER else f"Zoo {letter}"
            zoo = factories.InstitutionFactory(mnemonic=f"ZOO{letter}", name=shown, city=shown)
            factories.ParticipationFactory(programme=world.programmes[code], institution=zoo)
            world.zoos[letter] = zoo
    for actor, roles in ACTORS.items():
        if actor != "anonymous":
            _add_person(world, actor, roles)
    return world


def _add_person(world: World, actor: str, roles: tuple[tuple[str, str], ...] | None) -> None:
    name = actor.replace(" ", "-")
    person: User = factories.UserFactory(
        username=name, is_superuser=actor == EVERYTHING, is_active=actor != "retired"
    )
    world.people[actor] = person
    if actor == "keeper who moved from A to B":
        give_institution_role(world.zoos["A"], person, "keeper", by=None)
        withdraw_institution_role(world.zoos["A"], person, "keeper", by=None, reason="Works at B now.")
        person.refresh_from_db()
    for role, place in roles or (("coordinator", OWN),) * (actor == "retired"):
        if place in world.zoos:
            give_institution_role(world.zoos[place], person, role, by=None)
        else:
            factories.ProgrammeRoleFactory(user=person, programme=world.programmes[place], role=role)
    client = Client()
    client.force_login(person)
    assert client.session[SESSION_KEY]
    world.keys[actor] = client.cookies["sessionid"].value


def animal(world: World, number: str, held: str, owned: str = "", **columns: Any) -> Animal:
    """Add an animal that one zoo holds and another owns."""
    code = OTHER if held == "D" else OWN
    columns = {"house_name": HIDDEN if code == OTHER else "", **columns}
    made = factories.animal_at(
        world.zoos[held], programme=world.programmes[code], studbook_number=number, **columns
    )
    if owned and owned != held:
        made.ownerships.update(institution=world.zoos[owned])
    world.animals[number] = made
    return made


def moved(world: World, number: str, *, before: str, now: str) -> Animal:
    """Add an animal that was one zoo's and is another's since."""
    made = animal(world, number, before)
    for periods, factory in (
        (made.holdings, factories.HoldingFactory),
        (made.ownerships, factories.OwnershipFactory),
    ):
        periods.update(end=LEFT)
        factory(animal=made, institution=world.zoos[now], start=LEFT)
    return made


def gone(world: World, number: str, held: str) -> Animal:
    """Add an animal that died where it was held."""
    made = animal(world, number, held, status=Animal.Status.DEAD, death=DateInterval.exact(LEFT))
    factories.EventFactory(animal=made, kind="death", institution=world.zoos[held], date=made.death)
    for periods in (made.holdings, made.ownerships):
        periods.update(end=LEFT)
    return made


def transfer(world: World, sender: str, receiver: str, travelling: Animal) -> Transfer:
    """Add an open transfer of one animal, with a permit and a document."""
    code = OTHER if "D" in (sender, receiver) else OWN
    made: Transfer = factories.TransferFactory(
        programme=world.programmes[code],
        sender=world.zoos[sender],
        receiver=world.zoos[receiver],
        note=HIDDEN if code == OTHER else "",
    )
    factories.TransferAnimalFactory(transfer=made, animal=travelling)
    return made
