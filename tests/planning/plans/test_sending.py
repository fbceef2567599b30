"""A published SEND TO is a proposal of a transfer; a changed one withdraws it or takes its place."""

from datetime import date

import pytest
from django.utils import timezone

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.core.findings import RuleError, UnacknowledgedError
from studbook.institutions.models import Institution
from studbook.planning.actions import recommend_pair
from studbook.planning.models import Plan, PlanAnimal, Recommendation
from studbook.planning.plans.life import publish, publish_change
from studbook.planning.plans.queries import preview_of
from studbook.planning.plans.saying import change_row, remove_row, say_of_animal
from studbook.transfers.models import Transfer
from tests.factories import InstitutionFactory, ParticipationFactory, TransferAnimalFactory
from tests.planning.conftest import SmallBook
from tests.planning.plans.conftest import REASON, bury, changed, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def third_zoo(book: SmallBook) -> Institution:
    made: Institution = InstitutionFactory(mnemonic="ZOOC", name="Zoo C")
    ParticipationFactory(programme=book.programme, institution=made)
    return made


@pytest.fixture
def sent(draft: Plan, book: SmallBook, ada: User) -> PlanAnimal:
    """Return the row of Khala, whom the published plan sends to Baruto."""
    recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada, moves="dam")
    # A plan that has ended proposes without a day by which to send, and this one shall not end.
    Plan.objects.filter(pk=draft.pk).update(ends_on=date(2199, 12, 31))
    draft.refresh_from_db()
    publish(draft, by=ada, opened_version=1)
    return row(draft, book.dam)


def resend(made: PlanAnimal, ada: User, to: Institution | None) -> PlanAnimal:
    disposition = "send" if to else "hold"
    return change_row(made, by=ada, opened_version=made.version, disposition=disposition, destination=to)


def test_publish__proposes_a_transfer_and_links_it(sent: PlanAnimal, book: SmallBook, ada: User) -> None:
    transfer = sent.transfer
    assert transfer is not None
    assert (transfer.sender, transfer.receiver, transfer.state) == (book.other_zoo, book.zoo, "proposed")
    assert (transfer.proposed_by, transfer.lapses_on) == (ada, sent.plan.ends_on)
    assert [each.animal for each in transfer.lines.all()] == [book.dam]


def test_publish_change__proposes_nothing_twice(sent: PlanAnimal, ada: User) -> None:
    plan = Plan.objects.get(pk=sent.plan_id)
    changed(plan, ada)
    assert Transfer.objects.count() == 1


def test_publish_change__puts_another_in_the_place_of_one_not_sent_yet(
    sent: PlanAnimal, third_zoo: Institution, ada: User
) -> None:
    old = sent.transfer
    resend(sent, ada, third_zoo)
    plan = Plan.objects.get(pk=sent.plan_id)
    changed(plan, ada, acknowledged=("D8",))
    sent.refresh_from_db()
    old.refresh_from_db()
    assert (old.state, old.replaced_by) == ("replaced", sent.transfer)
    assert sent.transfer.receiver == third_zoo


@pytest.mark.parametrize("taken_out", [False, True])
def test_publish_change__withdraws_one_that_the_plan_does_not_want(
    draft: Plan, book: SmallBook, ada: User, taken_out: bool
) -> None:
    made = say_of_animal(draft, book.stranger, by=ada, disposition="send", destination=book.other_zoo)
    publish(draft, by=ada, opened_version=1)
    made.refresh_from_db()
    if taken_out:
        remove_row(made, by=ada, opened_version=made.version)
    else:
        resend(made, ada, None)
    plan = Plan.objects.get(pk=draft.pk)
    changed(plan, ada)
    made.transfer.refresh_from_db()
    assert (made.transfer.state, made.transfer.exit_reason) == ("withdrawn", "interim")


def test_change_row__refuses_another_way_once_it_was_sent(
    sent: PlanAnimal, third_zoo: Institution, ada: User
) -> None:
    Transfer.objects.update(state="sent", sent_on="2026-02-01")
    with pytest.raises(RuleError, match=r"22 Khala has been sent to Zoo A in .* already"):
        resend(sent, ada, third_zoo)
    resend(sent, ada, None)
    plan = Plan.objects.get(pk=sent.plan_id)
    with pytest.raises(StudbookError, match="so the plan cannot say HOLD any more"):
        publish_change(plan, by=ada, opened_version=plan.version, note="No.", acknowledged=("D8",))


def test_publish_change__leaves_an_arrival_alone(sent: PlanAnimal, ada: User) -> None:
    day = "2026-03-01"
    arrival = {"arrival_earliest": day, "arrival_latest": day, "arrival_text": day}
    Transfer.objects.update(state="arrived", sent_on="2026-02-01", **arrival)
    sent.transfer.lines.update(open=False)
    Recommendation.objects.update(withdrawn_at=timezone.now())
    remove_row(sent, by=ada, opened_version=sent.version)
    changed(Plan.objects.get(pk=sent.plan_id), ada)
    assert Transfer.objects.get().state == "arrived"


def test_preview__tells_what_publishing_does(
    draft: Plan, book: SmallBook, third_zoo: Institution, ada: User
) -> None:
    """One goes where a transfer takes it already, one is redirected, one is called back."""
    going, redirected = (
        TransferAnimalFactory(
            animal=animal,
            transfer__programme=book.programme,
            transfer__sender=book.zoo,
            transfer__receiver=book.other_zoo,
        ).transfer
        for animal in (book.stranger, book.sister)
    )
    say_of_animal(draft, book.stranger, by=ada, disposition="send", destination=book.other_zoo)
    made = say_of_animal(draft, book.sister, by=ada)
    PlanAnimal.objects.filter(pk=made.pk).update(disposition="send", destination=third_zoo)
    preview = preview_of(draft)
    assert [(each.row.animal, each.ends) for each in preview.proposals] == [(book.sister, redirected)]
    assert preview.withdrawals == ()
    PlanAnimal.objects.filter(pk=made.pk).update(disposition="hold", destination=None, transfer=redirected)
    assert preview_of(draft).withdrawals == (redirected,)
    assert going not in preview_of(draft).withdrawals


def test_publish_change__leaves_a_refused_transfer_to_the_zoos(sent: PlanAnimal, ada: User) -> None:
    Transfer.objects.update(state="refused", due_on=None)
    sent.transfer.lines.update(open=False)
    changed(Plan.objects.get(pk=sent.plan_id), ada)
    assert Transfer.objects.count() == 1


def test_publish__warns_of_a_pair_that_nobody_brings_together(
    draft: Plan, book: SmallBook, ada: User
) -> None:
    recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada)
    with pytest.raises(UnacknowledgedError, match="21 Baruto × 22 Khala are to mate, and nobody is sent"):
        publish(draft, by=ada, opened_version=1)
    assert publish(draft, by=ada, opened_version=1, acknowledged=("D8",)).number == 1


def test_publish__refuses_a_pair_of_which_one_died(
    draft: Plan, khala_baruto: object, book: SmallBook, ada: User
) -> None:
    bury(book.sire)
    with pytest.raises(RuleError, match="21 Baruto is dead, so 21 Baruto × 22 Khala cannot breed"):
        publish(draft, by=ada, opened_version=1)
    assert Plan.objects.get(pk=draft.pk).state == "draft"
