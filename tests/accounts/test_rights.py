import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django.fixtures import DjangoAssertNumQueries

from studbook.accounts.models import User
from studbook.accounts.rights import RIGHTS_OF_ROLE, Right, may, rights_of
from studbook.programmes.models import Programme
from tests import factories


def test_rights_of__coordinator_plans_and_others_read(
    programme: Programme, ada: User, olga: User, bo: User, rita: User, remy: User, cy: User
) -> None:
    assert rights_of(ada, programme.pk) == {Right.SEE, Right.PLAN}
    for reader in (olga, bo, rita, remy):
        assert rights_of(reader, programme.pk) == {Right.SEE}
    assert rights_of(cy, programme.pk) == set()


def test_rights_of__end_at_the_programme(ada: User, bo: User) -> None:
    other = factories.ProgrammeFactory()
    assert not may(ada, Right.SEE, other.pk)
    assert not may(bo, Right.SEE, other.pk)


def test_rights_of__closed_account_and_nobody_have_none(programme: Programme, ada: User) -> None:
    ada.is_active = False
    assert rights_of(ada, programme.pk) == set()
    assert rights_of(AnonymousUser(), programme.pk) == set()


def test_rights_of__administrator_has_all(programme: Programme) -> None:
    assert rights_of(factories.UserFactory(is_superuser=True), programme.pk) == set(Right)


def test_rights_of__takes_one_query(
    programme: Programme, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        rights_of(ada, programme.pk)


@pytest.mark.parametrize("role", sorted(RIGHTS_OF_ROLE))
def test_rights_of_role__include_reading(role: str) -> None:
    assert Right.SEE in RIGHTS_OF_ROLE[role]
