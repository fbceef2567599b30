"""A process killed with -9 in the middle of a transfer leaves the book as before or as after, never between."""

from dataclasses import replace
from signal import SIGKILL

import pytest

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.models import AuditChange
from studbook.institutions.models import Institution
from tests.factories import animal_at
from tests.races.digest import digest_of_everything
from tests.races.victim import Deed, exit_code_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FEWEST_STATEMENTS, MOST_STATEMENTS = 15, 30
BORN = DateInterval.parse("2010-05-01")


@pytest.fixture
def transfer(cub: Animal, receivers: list[Institution], ada: User) -> Deed:
    return Deed(cub.pk, receivers[0].pk, ada.pk)


def facts_of(deed: Deed, *, revision_before: int = 1) -> dict[str, bool]:
    """Return the facts that a transfer leaves, each true or false by now."""
    animal = Animal.objects.get(pk=deed.animal)
    changes = AuditChange.objects.filter(record="animals.animal", record_id=animal.pk)
    return {
        "event": animal.events.filter(kind="transfer", institution=deed.to).exists(),
        "old stay closed": animal.holdings.filter(end__isnull=False).exists(),
        "new stay": animal.holdings.filter(end=None, institution=deed.to).exists(),
        "owner": animal.ownerships.filter(end=None, institution=deed.to).exists(),
        "version": animal.version == 2,
        "trail": changes.exists(),
        "revision": animal.programme.revision > revision_before,
    }


def test_record_transfer__killed_at_any_statement_leaves_before_or_after(transfer: Deed) -> None:
    before = digest_of_everything()
    for number in range(1, MOST_STATEMENTS):
        code = exit_code_of(replace(transfer, dies_at_statement=number))
        assert (number, code) == (number, -SIGKILL)
        if digest_of_everything() != before:
            break
    assert number > FEWEST_STATEMENTS
    assert all(facts_of(transfer).values())


def test_record_transfer__killed_before_its_commit_leaves_the_state_before(transfer: Deed) -> None:
    before = digest_of_everything()
    assert exit_code_of(replace(transfer, dies_at_commit="before")) == -SIGKILL
    assert digest_of_everything() == before


def test_record_transfer__killed_after_its_commit_leaves_the_state_after(transfer: Deed) -> None:
    assert exit_code_of(replace(transfer, dies_at_commit="after")) == -SIGKILL
    assert all(facts_of(transfer).values())


def test_record_transfer__killed_without_a_transaction_leaves_half(transfer: Deed, zoo: Institution) -> None:
    halves = []
    for number in range(4, 20, 3):
        programme = Animal.objects.get(pk=transfer.animal).programme
        animal = animal_at(zoo, programme=programme, studbook_number=f"K{number}", birth=BORN)
        deed = replace(transfer, animal=animal.pk, dies_at_statement=number, in_transaction=False)
        assert exit_code_of(deed) == -SIGKILL
        facts = facts_of(deed, revision_before=programme.revision)
        halves.append(len(set(facts.values())) == 2)
    assert any(halves)
