import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django.fixtures import DjangoAssertNumQueries

from studbook.accounts.models import User
from studbook.accounts.rights import NOBODY, Right, may, role_rights, standing_of, table
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories


def test_standing_of__coordinator_plans_and_others_read(
    programme: Programme, ada: User, olga: User, bo: User, rita: User, remy: User, cy: User
) -> None:
    assert standing_of(ada, programme.pk).everywhere == set(Right) - {Right.ACCOUNTS}
    for reader in (olga, bo, rita, remy):
        assert standing_of(reader, programme.pk).everywhere == {Right.SEE}
    assert standing_of(cy, programme.pk) == NOBODY


def test_standing_of__end_at_the_programme(ada: User, bo: User) -> None:
    other = factories.ProgrammeFactory()
    assert not may(ada, Right.SEE, other.pk)
    assert not may(bo, Right.SEE, other.pk)


def test_standing_of__closed_account_and_nobody_have_none(programme: Programme, ada: User) -> None:
    ada.is_active = False
    assert standing_of(ada, programme.pk) == NOBODY
    assert standing_of(AnonymousUser(), programme.pk) == NOBODY


def test_standing_of__administrator_has_all(programme: Programme) -> None:
    assert standing_of(factories.UserFactory(is_superuser=True), programme.pk).everywhere == set(Right)


def test_standing_of__takes_one_query(
    programme: Programme, ada: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        standing_of(ada, programme.pk)


@pytest.mark.parametrize("role", sorted(role_rights()))
def test_standing_of_role__include_reading(role: str) -> None:
    assert Right.SEE in role_rights()[role]["programme"]


def test_standing_of__keeper_logs_what_the_zoo_holds_and_nothing_else(
    programme: Programme, zoo: Institution, bo: User
) -> None:
    standing = standing_of(bo, programme.pk)
    assert standing.may_on(Right.LOG, holder=zoo.pk, owner=None)
    assert not standing.may_on(Right.LOG, holder=None, owner=zoo.pk)
    assert not standing.may_on(Right.CORRECT, holder=zoo.pk, owner=zoo.pk)
    assert standing.has_somewhere(Right.LOG)
    assert not standing.has_somewhere(Right.PLAN)


def test_table__says_each_right_in_words() -> None:
    assert set(table()["rights"]) == set(Right)
