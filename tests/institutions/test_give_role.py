from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from studbook.accounts.models import InstitutionRole, ProgrammeRole, User
from studbook.accounts.rights import Right, standing_of
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import InstitutionFactory

LONG = "a-leopard-never-changes"


def give(*arguments: str) -> str:
    said = StringIO()
    call_command("give_role", *arguments, stdout=said)
    return said.getvalue()


def test_give_role__lets_a_person_into_a_programme(programme: Programme, cy: User) -> None:
    assert "cy is now coordinator: Leopards." in give("cy", "coordinator", "--programme", "leopards")
    assert standing_of(cy, programme.pk).everywhere == set(Right) - {Right.ACCOUNTS}
    assert AuditEntry.objects.get().verb == "give role"


def test_give_role__replaces_the_role_in_a_programme(programme: Programme, ada: User) -> None:
    give("ada", "observer", "--programme", "leopards")
    assert ProgrammeRole.objects.get(user=ada).role == "observer"


def test_give_role__adds_to_the_roles_at_an_institution(zoo: Institution, bo: User) -> None:
    give("bo", "registrar", "--institution", "ZOOA")
    give("bo", "registrar", "--institution", "ZOOA")
    assert set(InstitutionRole.objects.values_list("role", flat=True)) == {"keeper", "registrar"}


def test_give_role__makes_the_account_when_asked(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studbook.institutions.management.commands.give_role.getpass", lambda _: LONG)
    give("new.person", "observer", "--programme", "leopards", "--create")
    assert User.objects.get(username="new.person").check_password(LONG)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nobody", "observer", "--programme", "leopards"), "no account nobody"),
        (("cy", "observer", "--programme", "lions"), "Programmes here: leopards"),
        (("cy", "keeper", "--programme", "leopards"), "no role keeper in a programme"),
        (("cy", "coordinator", "--institution", "ZOOA"), "no role coordinator at an institution"),
        (("cy", "keeper", "--institution", "ZOOX"), "no institution with the mnemonic ZOOX"),
        (("cy", "keeper", "--institution", "APART"), "takes part in no programme"),
    ],
)
def test_give_role__refuses_in_a_sentence(
    zoo: Institution, cy: User, arguments: tuple[str, ...], sentence: str
) -> None:
    InstitutionFactory(mnemonic="APART")
    with pytest.raises(CommandError, match=sentence):
        give(*arguments)
    assert not AuditEntry.objects.exists()


def test_give_role__refuses_a_weak_password(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studbook.institutions.management.commands.give_role.getpass", lambda _: "leopard")
    with pytest.raises(CommandError, match="too short"):
        give("new.person", "observer", "--programme", "leopards", "--create")
    assert not User.objects.filter(username="new.person").exists()
