"""The demonstration's people: there for synthetic data, never beside real animals."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from studbook.accounts.demonstration import INSTITUTIONS, PASSWORD, SIGN_INS, add_signins, standing_signins
from studbook.accounts.models import User
from studbook.accounts.rights import Right, may
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import InstitutionFactory, ParticipationFactory, ProgrammeFactory, UserFactory

pytestmark = pytest.mark.django_db
Zoos = dict[str, Institution]


@pytest.fixture
def zoos(programme: Programme) -> Zoos:
    places = {each: InstitutionFactory(mnemonic=each) for each in INSTITUTIONS}
    for place in places.values():
        ParticipationFactory(programme=programme, institution=place)
    return places


def test_add_signins__gives_the_people_their_roles(programme: Programme, zoos: Zoos) -> None:
    assert add_signins(programme, zoos) == list(SIGN_INS)
    people = {person.username: person for person in User.objects.all()}
    assert sorted(people) == [
        *("coordinator", "keeper", "observer", "registrar"),
        *("representative", "representative-2", "representative-3"),
    ]
    assert {person.email.partition("@")[2] for person in people.values()} == {"example.org"}
    assert all(may(person, Right.SEE, programme.pk) for person in people.values())
    assert [name for name, person in people.items() if may(person, Right.PLAN, programme.pk)] == [
        "coordinator"
    ]
    roles = {name: {role.role for role in place.roles.all()} for name, place in zoos.items()}
    assert roles["MULHOUSE"] == {"registrar", "keeper", "representative"}
    assert roles["CLERMONT"] == roles["ROSTOCK"] == {"representative"}
    assert not any(person.is_staff or person.is_superuser for person in people.values())


@pytest.mark.parametrize("sign_in", SIGN_INS, ids=lambda each: each.username)
def test_add_signins__password_opens(programme: Programme, zoos: Zoos, sign_in: object) -> None:
    add_signins(programme, zoos)
    assert authenticate(username=sign_in.username, password=PASSWORD)  # type: ignore[attr-defined]


def test_add_signins__refuses_beside_real_animals(programme: Programme, zoos: Zoos) -> None:
    ProgrammeFactory(synthetic=False, name="Real ones")
    with pytest.raises(StudbookError, match=r"holds real animals \(Real ones\)"):
        add_signins(programme, zoos)
    assert not User.objects.exists()


def test_add_signins__refuses_a_name_that_is_taken(programme: Programme, zoos: Zoos) -> None:
    UserFactory(username="keeper")
    with pytest.raises(StudbookError, match="A person named keeper is there already"):
        add_signins(programme, zoos)
    assert User.objects.count() == 1


def test_standing_signins__hides_them_once_real_animals_came(programme: Programme, zoos: Zoos) -> None:
    add_signins(programme, zoos)
    assert len(standing_signins()) == len(SIGN_INS)
    ProgrammeFactory(synthetic=False)
    assert standing_signins() == []


def test_demonstration_signins__prints_a_table(programme: Programme, zoos: Zoos) -> None:
    add_signins(programme, zoos)
    out = StringIO()
    call_command("demonstration_signins", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 1 + len(SIGN_INS)
    assert lines[1].split() == ["coordinator", PASSWORD, "coordinator,", "the", "programme"]


def test_demonstration_signins__says_that_nothing_is_loaded() -> None:
    out = StringIO()
    call_command("demonstration_signins", stdout=out)
    assert out.getvalue() == "The demonstration is not loaded in this database.\n"
