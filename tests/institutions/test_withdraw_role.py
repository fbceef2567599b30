from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from studbook.accounts.models import InstitutionRole, ProgrammeRole, User
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme


def withdraw(*arguments: str) -> str:
    said = StringIO()
    call_command("withdraw_role", *arguments, "--reason", "Left.", stdout=said)
    return said.getvalue()


def test_withdraw_role__takes_a_role_in_a_programme(programme: Programme, ada: User) -> None:
    assert "ada has this role no more" in withdraw("ada", "--programme", "leopards")
    assert not ProgrammeRole.objects.exists()
    assert AuditEntry.objects.get().reason == "Left."


def test_withdraw_role__takes_one_role_at_an_institution(zoo: Institution, bo: User, rita: User) -> None:
    withdraw("bo", "keeper", "--institution", "ZOOA")
    assert InstitutionRole.objects.get().user == rita


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nobody", "--programme", "leopards"), "no account nobody"),
        (("bo", "--programme", "lions"), "Programmes here: leopards"),
        (("bo", "--programme", "leopards"), "bo has no role in Leopards any more"),
        (("bo", "registrar", "--institution", "ZOOA"), "bo is not registrar at Zoo A"),
        (("bo", "--institution", "ZOOX"), "mnemonic ZOOX"),
    ],
)
def test_withdraw_role__refuses_in_a_sentence(bo: User, arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        withdraw(*arguments)
    assert InstitutionRole.objects.count() == 1
