"""A process killed with -9 in the middle of a deed leaves the book as before or as after, never between."""

from dataclasses import replace
from datetime import date
from signal import SIGKILL

import pytest
from django.db import connection

from studbook.accounts.models import User
from studbook.animals.models import Animal, Event, Holding, Identifier, Observation
from studbook.core.dates import DateInterval
from studbook.core.models import AuditChange, AuditEntry
from studbook.institutions.models import Institution
from studbook.planning.models import Plan
from studbook.planning.plans.freezing import recompute
from studbook.programmes.models import Programme
from studbook.reproduction.models import Sample
from studbook.transfers.models import Transfer
from tests.factories import (
    AnimalFactory,
    IdentifierFactory,
    ObservationFactory,
    ParticipationFactory,
    PlanAnimalFactory,
    PlanFactory,
    RecommendationFactory,
    SampleFactory,
    TransferAnimalFactory,
    TransferFactory,
    animal_at,
)
from tests.races.digest import digest_of_everything
from tests.races.rounds import FIGURES, is_thorough
from tests.races.victim import Deed, exit_code_of

STRIDE = 6
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MOST_STATEMENTS = 400
BORN = DateInterval.parse("2010-05-01")


@pytest.fixture
def merge(programme: Programme, zoo: Institution, ada: User) -> Deed:
    kept = animal_at(zoo, programme=programme, studbook_number="11", sex="F", birth=BORN)
    other = animal_at(zoo, programme=programme, studbook_number="12", sex="F", birth=BORN)
    AnimalFactory(programme=programme, studbook_number="13", dam=other)
    ObservationFactory(animal=other)
    IdentifierFactory(animal=other)
    return Deed("merge", {"kept": kept.pk, "other": other.pk, "by": ada.pk})


@pytest.fixture
def litter(programme: Programme, zoo: Institution, ada: User) -> Deed:
    dam = animal_at(zoo, programme=programme, studbook_number="14", sex="F", birth=DateInterval.parse("2004"))
    return Deed("litter", {"dam": dam.pk, "by": ada.pk})


@pytest.fixture
def arrival(cub: Animal, zoo: Institution, receivers: list[Institution], ada: User) -> Deed:
    transfer = TransferFactory(
        programme=cub.programme, sender=zoo, receiver=receivers[0], state="sent", sent_on=date(2012, 5, 1)
    )
    TransferAnimalFactory(transfer=transfer, animal=cub)
    return Deed("arrival", {"transfer": transfer.pk, "by": ada.pk})


@pytest.fixture
def plan(programme: Programme, zoo: Institution, receivers: list[Institution], ada: User) -> Deed:
    sire, dam = (
        animal_at(place, programme=programme, studbook_number=number, sex=sex, birth=BORN)
        for number, sex, place in (("15", "M", receivers[0]), ("16", "F", zoo))
    )
    ParticipationFactory(programme=programme, institution=receivers[0])
    made = PlanFactory(programme=programme)
    RecommendationFactory(programme=programme, plan=made, sire=sire, dam=dam)
    PlanAnimalFactory(plan=made, animal=sire)
    PlanAnimalFactory(plan=made, animal=dam, disposition="send", destination=receivers[0])
    return Deed("plan", {"plan": made.pk, "by": ada.pk})


@pytest.fixture
def split(programme: Programme, zoo: Institution, receivers: list[Institution], ada: User) -> Deed:
    sample = SampleFactory(programme=programme, institution=zoo, owner=receivers[0])
    return Deed("split", {"sample": sample.pk, "by": ada.pk})


# A plan that sends one animal is two deeds in one transaction: the publishing, and the proposal of the transfer.
@pytest.mark.parametrize(
    ("name", "fewest", "entries"),
    [("merge", 60, 1), ("litter", 50, 1), ("arrival", 40, 1), ("plan", 60, 2), ("split", 10, 1)],
)
def test_deed__killed_at_any_statement_leaves_before_or_after(
    name: str, fewest: int, entries: int, request: pytest.FixtureRequest
) -> None:
    deed: Deed = request.getfixturevalue(name)
    before, deeds = digest_of_everything(), AuditEntry.objects.count()
    killed = 0
    for number in range(1, MOST_STATEMENTS, 1 if is_thorough() else STRIDE):
        code = exit_code_of(replace(deed, dies_at_statement=number))
        killed += code == -SIGKILL
        assert code in (0, -SIGKILL)
        if digest_of_everything() != before:
            break
        assert code == -SIGKILL, "the deed ended well, and left nothing"
    # What came through at last is the deed done again after all that killed it: whole, and once.
    assert number > fewest
    assert AuditEntry.objects.count() == deeds + entries
    assert all(DONE[name](deed).values())
    FIGURES.append(f"{connection.vendor:<11} {name} killed at {killed} statements: 0 half states")


def merged(deed: Deed) -> dict[str, bool]:
    """Return the facts that a merge leaves."""
    other = Animal.every.get(pk=deed.about["other"])
    kept = deed.about["kept"]
    return {
        "void": other.status == Animal.Status.VOID,
        "leads on": other.merged_into_id == kept,
        "young": Animal.objects.get(studbook_number="13").dam_id == kept,
        "observation": Observation.objects.get().animal_id == kept,
        "nowhere": not other.holdings.exists(),
    }


def born(deed: Deed) -> dict[str, bool]:
    """Return the facts that a litter of three leaves, one of them stillborn."""
    young = Animal.objects.filter(dam=deed.about["dam"])
    return {
        "three": young.count() == 3,
        "at their place": Holding.objects.filter(animal__in=young, end=None).count() == 2,
        "births": Event.objects.filter(animal__in=young, kind="birth").count() == 3,
        "mark": Identifier.objects.filter(animal__in=young).count() == 1,
    }


def arrived(deed: Deed) -> dict[str, bool]:
    """Return the facts that an arrival leaves: the transfer's, the studbook's and both timelines'."""
    transfer = Transfer.objects.get(pk=deed.about["transfer"])
    line = transfer.lines.get()
    stays = line.animal.holdings
    return {
        "state": transfer.state == "closed",
        "step": transfer.steps.filter(step="arrive").exists(),
        "line": not line.open,
        "event": line.animal.events.filter(kind="transfer", institution=transfer.receiver).exists(),
        "there": stays.filter(end=None, institution=transfer.receiver).exists(),
        "no longer here": stays.filter(end__isnull=False).exists(),
        "trail": AuditChange.objects.filter(record="transfers.transfer", record_id=transfer.pk).exists(),
    }


def published(deed: Deed) -> dict[str, bool]:
    """Return the facts that a published plan leaves: its own, its version, the pair's, the transfer's."""
    plan = Plan.objects.get(pk=deed.about["plan"])
    sent = plan.animals.get(disposition="send")
    return {
        "state": plan.state == "final" and plan.published_on is not None,
        "version": plan.versions.filter(kind="final").count() == 1,
        "recomputed": all(recompute(each).is_identical for each in plan.versions.all()),
        "numbers": plan.recommendations.get().delta_gd is not None,
        "transfer": Transfer.objects.filter(lines__animal=sent.animal_id).count() == 1,
        "linked": sent.transfer is not None,
        "trail": AuditChange.objects.filter(record="planning.planversion").count() == 1,
    }


def parted(deed: Deed) -> dict[str, bool]:
    """Return the facts that a sample of six leaves, two of which were moved elsewhere: both ledgers add up."""
    sample = Sample.objects.get(pk=deed.about["sample"])
    part = sample.splits.get()
    return {
        "units": (sample.units, part.units) == (4, 2),
        "lines": list(sample.steps.values_list("change", flat=True)) == [6, -2],
        "lines of the part": list(part.steps.values_list("change", flat=True)) == [2],
        "place": part.institution_id == sample.owner_id,
    }


DONE = {"merge": merged, "litter": born, "arrival": arrived, "plan": published, "split": parted}


def test_arrival__killed_before_its_commit_leaves_the_state_before(arrival: Deed) -> None:
    before = digest_of_everything()
    assert exit_code_of(replace(arrival, dies_at_commit="before")) == -SIGKILL
    assert digest_of_everything() == before


def test_arrival__killed_after_its_commit_leaves_the_state_after(arrival: Deed) -> None:
    assert exit_code_of(replace(arrival, dies_at_commit="after")) == -SIGKILL
    assert all(arrived(arrival).values())


def test_arrival__killed_without_a_transaction_leaves_half(arrival: Deed) -> None:
    halves = []
    for number in range(20, 80, 10):
        deed = replace(arrival, dies_at_statement=number, in_transaction=False)
        code = exit_code_of(deed)
        halves.append(code == -SIGKILL and len(set(arrived(deed).values())) == 2)
    assert any(halves)
