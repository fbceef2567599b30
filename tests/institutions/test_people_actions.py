"""Who may give and withdraw which role, through every door: the action asks, under the locks."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory

from studbook.accounts.links import link_for
from studbook.accounts.models import InstitutionRole, ProgrammeRole, User
from studbook.core.errors import StudbookError
from studbook.core.models import AuditChange, AuditEntry
from studbook.institutions.actions import (
    give_institution_role,
    give_programme_role,
    note_link,
    withdraw_institution_role,
    withdraw_programme_role,
)
from studbook.institutions.models import Institution
from studbook.institutions.people_rules import NotTheirsToGiveError, may_give_link
from studbook.programmes.models import Programme
from tests import factories

ROLES = ("registrar", "keeper", "representative")
REASON = "Moved to another zoo."


@pytest.fixture
def elsewhere(programme: Programme) -> Institution:
    """Return another zoo of the same programme."""
    made: Institution = factories.ParticipationFactory(programme=programme).institution
    return made


@pytest.fixture
def shared(zoo: Institution) -> Programme:
    """Return a second programme that the zoo takes part in, and that Ada does not coordinate."""
    made: Programme = factories.ParticipationFactory(institution=zoo, programme__name="Tigers").programme
    return made


@pytest.mark.parametrize("role", ROLES)
def test_coordinator__gives_every_role_at_an_institution(
    programme: Programme, zoo: Institution, ada: User, cy: User, role: str
) -> None:
    give_institution_role(zoo, cy, role, by=ada)
    assert InstitutionRole.objects.get(user=cy).role == role
    withdraw_institution_role(zoo, cy, role, by=ada, reason=REASON)
    assert not InstitutionRole.objects.filter(user=cy).exists()


@pytest.mark.parametrize(
    ("role", "allowed"), [("registrar", False), ("keeper", True), ("representative", True)]
)
def test_registrar__gives_keepers_and_representatives_of_the_own_zoo(
    zoo: Institution, elsewhere: Institution, rita: User, cy: User, role: str, allowed: bool
) -> None:
    assert refused(lambda: give_institution_role(zoo, cy, role, by=rita)) is not allowed
    assert refused(lambda: give_institution_role(elsewhere, cy, role, by=rita))
    assert InstitutionRole.objects.filter(user=cy).count() == allowed


def test_registrar__withdraws_no_registrar_and_nobody_elsewhere(
    programme: Programme, zoo: Institution, elsewhere: Institution, rita: User, bo: User, ada: User
) -> None:
    away = factories.InstitutionRoleFactory(institution=elsewhere).user
    peer = factories.InstitutionRoleFactory(institution=zoo, role="registrar").user
    assert refused(lambda: withdraw_institution_role(elsewhere, away, "keeper", by=rita, reason=REASON))
    assert refused(lambda: withdraw_institution_role(zoo, peer, "registrar", by=rita, reason=REASON))
    assert refused(lambda: withdraw_programme_role(programme, ada, by=rita, reason=REASON))
    withdraw_institution_role(zoo, bo, "keeper", by=rita, reason=REASON)
    assert set(InstitutionRole.objects.values_list("user", flat=True)) == {away.pk, peer.pk, rita.pk}


@pytest.mark.parametrize("who", ["olga", "bo", "remy", "cy"])
def test_others__give_nothing(
    programme: Programme, zoo: Institution, who: str, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    for role in ROLES:
        assert refused(lambda role=role: give_institution_role(zoo, person, role, by=person))
    for role in ProgrammeRole.Role.values:
        assert refused(lambda role=role: give_programme_role(programme, person, role, by=person))


def test_coordinator__gives_no_role_that_holds_in_a_programme_of_others(
    zoo: Institution, shared: Programme, ada: User, rita: User, cy: User
) -> None:
    with pytest.raises(NotTheirsToGiveError, match="a programme that you do not coordinate"):
        give_institution_role(zoo, ada, "registrar", by=ada)
    give_institution_role(zoo, cy, "keeper", by=rita)  # the zoo's own registrar may
    factories.ProgrammeRoleFactory(user=ada, programme=shared, role="coordinator")
    give_institution_role(zoo, cy, "registrar", by=ada)


def test_refusal__names_no_programme_that_is_not_seen(
    zoo: Institution, shared: Programme, ada: User, cy: User
) -> None:
    with pytest.raises(NotTheirsToGiveError) as refusal:
        give_institution_role(zoo, cy, "keeper", by=ada)
    assert "Tigers" not in refusal.value.sentence


def test_role_at_a_zoo__is_in_the_trail_of_every_programme(
    programme: Programme, zoo: Institution, shared: Programme, cy: User
) -> None:
    give_institution_role(zoo, cy, "keeper", by=None)
    withdraw_institution_role(zoo, cy, "keeper", by=None, reason=REASON)
    for each in (programme, shared):
        told = list(AuditEntry.objects.filter(programme=each).order_by("pk").values_list("verb", "reason"))
        assert told == [("give role", ""), ("withdraw role", REASON)]
    assert AuditChange.objects.filter(record="accounts.institutionrole").count() == 4


def test_last_coordinator__stays(programme: Programme, ada: User) -> None:
    closed = factories.UserFactory(is_active=False)
    factories.ProgrammeRoleFactory(programme=programme, user=closed, role="coordinator")
    for deed in (
        lambda: withdraw_programme_role(programme, ada, by=ada, reason=REASON),
        lambda: give_programme_role(programme, ada, "observer", by=ada),
    ):
        with pytest.raises(StudbookError, match="ada is the only coordinator of Leopards"):
            deed()
    assert ProgrammeRole.objects.get(user=ada).role == "coordinator"


def test_coordinator__may_leave_when_there_is_another(programme: Programme, ada: User) -> None:
    other = factories.ProgrammeRoleFactory(programme=programme, role="coordinator").user
    withdraw_programme_role(programme, ada, by=ada, reason=REASON)
    with pytest.raises(NotTheirsToGiveError):
        withdraw_programme_role(programme, other, by=ada, reason=REASON)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_withdrawing__needs_a_reason(zoo: Institution, ada: User, bo: User, reason: str) -> None:
    with pytest.raises(StudbookError, match="needs a reason"):
        withdraw_institution_role(zoo, bo, "keeper", by=ada, reason=reason)
    assert not AuditEntry.objects.exists()


def test_withdrawing__says_when_nothing_is_left_to_do(
    programme: Programme, zoo: Institution, ada: User, cy: User
) -> None:
    with pytest.raises(StudbookError, match="cy is not keeper at Zoo A any more"):
        withdraw_institution_role(zoo, cy, "keeper", by=ada, reason=REASON)
    with pytest.raises(StudbookError, match="cy has no role in Leopards any more"):
        withdraw_programme_role(programme, cy, by=ada, reason=REASON)


def test_withdrawn__is_a_stranger_at_the_next_request(
    programme: Programme, zoo: Institution, ada: User, bo: User, olga: User
) -> None:
    windows = []
    for person in (bo, bo, olga):
        windows.append(Client())
        windows[-1].force_login(User.objects.get(pk=person.pk))
    address = f"/programmes/{programme.code}/"
    assert [window.get(address).status_code for window in windows] == [200] * 3
    withdraw_institution_role(zoo, bo, "keeper", by=ada, reason=REASON)
    withdraw_programme_role(programme, olga, by=ada, reason=REASON)
    answers = [window.get(address) for window in windows]
    assert [answer.headers.get("Location", "")[:17] for answer in answers] == ["/accounts/login/?"] * 3


def test_lesser_role__ends_the_sessions_of_the_greater(programme: Programme, ada: User) -> None:
    other = factories.ProgrammeRoleFactory(programme=programme, role="coordinator").user
    window = Client()
    window.force_login(User.objects.get(pk=other.pk))
    give_programme_role(programme, other, "observer", by=ada)
    assert window.get(f"/programmes/{programme.code}/").status_code == 302


def test_link__is_made_by_who_could_withdraw_every_role(
    programme: Programme, ada: User, rita: User, bo: User, olga: User, remy: User, cy: User
) -> None:
    may = {
        (by.username, of.username)
        for by in (ada, rita, bo, olga)
        for of in (ada, rita, bo, olga, remy, cy)
        if may_give_link(by, of)
    }
    of_ada = {("ada", name) for name in ("ada", "rita", "bo", "olga", "remy")}
    assert may == of_ada | {("rita", "bo"), ("rita", "remy")}


def test_link__is_not_made_to_more_than_one_s_own(
    programme: Programme, ada: User, bo: User, olga: User
) -> None:
    factories.ProgrammeRoleFactory(user=bo, role="coordinator")  # of a programme elsewhere
    User.objects.filter(pk=olga.pk).update(is_superuser=True)
    olga.refresh_from_db()
    for person in (bo, olga):
        with pytest.raises(NotTheirsToGiveError, match="not yours to make"):
            note_link(programme, person, by=ada)
    assert not AuditEntry.objects.exists()


def test_link__made_before_opens_no_greater_role(programme: Programme, ada: User, bo: User) -> None:
    link = link_for(bo, RequestFactory().get("/"))
    give_programme_role(programme, bo, "coordinator", by=ada)
    assert Client().get(link).status_code == 404


def refused(deed: Callable[[], None]) -> bool:
    try:
        deed()
    except NotTheirsToGiveError:
        return True
    return False


def test_give_role__again_leaves_no_word_in_the_trail(
    programme: Programme, zoo: Institution, ada: User, cy: User
) -> None:
    for _ in range(2):
        give_institution_role(zoo, cy, "keeper", by=ada)
        give_programme_role(programme, cy, "observer", by=ada)
    assert [each.changes.count() for each in AuditEntry.objects.filter(verb="give role")] == [1, 1]
