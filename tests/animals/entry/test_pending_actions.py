"""Deciding on provisional entries: confirmed once, refused with all they changed put back."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.accounts.rights import standing_of
from studbook.animals.entry.litter import Young, log_birth
from studbook.animals.entry.observation_values import weight_from
from studbook.animals.entry.observations import (
    log_identification,
    log_note,
    log_rearing,
    log_sex,
    log_weight,
)
from studbook.animals.entry.pending import count_waiting_for, pending_of
from studbook.animals.entry.pending_actions import confirm_entries, refuse_entries
from studbook.animals.keeping import NotTheirsError, keeping
from studbook.animals.models import Animal, Event, Observation
from studbook.animals.parents_told import ParentChoice
from studbook.animals.retelling import insert_event, retelling
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditChange, AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories

DAY = DateInterval.parse("2025-05-03")


@pytest.fixture
def cat(programme: Programme, zoo: Institution) -> Animal:
    return factories.animal_at(zoo, programme=programme, studbook_number="1", sex="U", house_name="Amba")


@pytest.fixture
def weight(cat: Animal, bo: User) -> Observation:
    return log_weight(cat, on=DAY, weight=weight_from("4.2"), by=bo)


@pytest.fixture
def death(cat: Animal, zoo: Institution, bo: User) -> Event:
    """Return the provisional death of the cat."""
    with keeping(cat.programme, "log death", by=bo, right=None, about=[cat]) as trail, retelling(trail, cat):
        made = Event(kind=Event.Kind.DEATH, institution=zoo, provisional=True)
        made.date = DAY
        return insert_event(trail, cat, made)


def deeds(verb: str) -> int:
    return AuditEntry.objects.filter(verb=verb).count()


def test_confirm_entries__clears_the_mark_and_says_who(weight: Observation, rita: User) -> None:
    assert weight.provisional
    assert confirm_entries(weight.animal.programme, observations=[weight.pk], by=rita) == [weight]
    weight.refresh_from_db()
    change = AuditChange.objects.get(entry__verb="confirm entries")
    assert (weight.provisional, weight.version) == (False, 2)
    assert (change.entry.actor, change.before["provisional"], change.after["provisional"]) == (
        rita,
        True,
        False,
    )


def test_confirm_entries__twice_is_one_change(weight: Observation, rita: User) -> None:
    programme = weight.animal.programme
    confirm_entries(programme, observations=[weight.pk], by=rita)
    assert confirm_entries(programme, observations=[weight.pk, weight.pk], by=rita) == []
    weight.refresh_from_db()
    assert weight.version == 2


def test_confirm_entries__changed_since_it_was_seen_is_refused(weight: Observation, rita: User) -> None:
    seen = {("animals.observation", weight.pk): weight.version}
    Observation.objects.update(version=2)
    with pytest.raises(StaleRecordError, match="was changed since you opened the list"):
        confirm_entries(weight.animal.programme, observations=[weight.pk], by=rita, versions=seen)
    weight.refresh_from_db()
    assert weight.provisional


@pytest.mark.parametrize("person", ["bo", "olga", "remy", "cy"])
def test_confirm_entries__is_for_those_with_the_right(
    weight: Observation, person: str, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(person)
    for deed in (confirm_entries, lambda *a, **k: refuse_entries(*a, **k, reason="Wrong animal.")):
        with pytest.raises(NotTheirsError):
            deed(weight.animal.programme, observations=[weight.pk], by=by)
    weight.refresh_from_db()
    assert (weight.provisional, deeds("confirm entries"), deeds("refuse entries")) == (True, 0, 0)


def test_confirm_entries__of_another_zoo_or_none_or_another_book_are_answered_alike(
    weight: Observation, rita: User
) -> None:
    programme = weight.animal.programme
    foreign = factories.animal_at(factories.InstitutionFactory(), programme=programme, studbook_number="9")
    there = factories.ObservationFactory(animal=foreign, provisional=True)
    elsewhere = factories.ObservationFactory(provisional=True)
    sentences = set()
    for pk in (there.pk, elsewhere.pk, 999_999):
        with pytest.raises(NotTheirsError) as refusal:
            confirm_entries(programme, observations=[weight.pk, pk], by=rita)
        sentences.add(refusal.value.sentence)
    assert len(sentences) == 1
    assert Observation.objects.filter(provisional=False).count() == 0


def test_refuse_entries__needs_a_reason(weight: Observation, rita: User) -> None:
    with pytest.raises(StudbookError, match="needs a reason"):
        refuse_entries(weight.animal.programme, observations=[weight.pk], by=rita, reason=" ")


def test_refuse_entries__takes_the_entry_out_and_the_trail_keeps_it(weight: Observation, rita: User) -> None:
    refuse_entries(weight.animal.programme, observations=[weight.pk], by=rita, reason="Wrong animal.")
    change = AuditChange.objects.get(entry__verb="refuse entries")
    assert not Observation.objects.exists()
    assert (change.entry.reason, change.before["quantity"], change.after) == ("Wrong animal.", "4.2000", None)


def test_refuse_entries__of_a_death_gives_life_back(death: Event, cat: Animal, rita: User) -> None:
    cat.refresh_from_db()
    assert (cat.status, cat.holdings.filter(end=None).count()) == ("dead", 0)
    refuse_entries(cat.programme, events=[death.pk], by=rita, reason="It slept.")
    cat.refresh_from_db()
    assert (cat.status, cat.death, cat.holdings.filter(end=None).count()) == ("living", None, 1)


def test_refuse_entries__after_it_was_confirmed_is_refused(death: Event, cat: Animal, rita: User) -> None:
    confirm_entries(cat.programme, events=[death.pk], by=rita)
    with pytest.raises(StaleRecordError, match="was confirmed meanwhile"):
        refuse_entries(cat.programme, events=[death.pk], by=rita, reason="It slept.")
    cat.refresh_from_db()
    assert cat.status == "dead"


def test_confirm_entries__after_it_was_refused_says_by_whom(
    death: Event, cat: Animal, rita: User, ada: User
) -> None:
    refuse_entries(cat.programme, events=[death.pk], by=rita, reason="It slept.")
    with pytest.raises(StaleRecordError, match="by rita meanwhile"):
        confirm_entries(cat.programme, events=[death.pk], by=ada)


def test_refuse_entries__of_a_sex_puts_back_what_was_before(cat: Animal, bo: User, rita: User) -> None:
    found = log_sex(cat, on=DAY, sex="F", method="DNA", by=bo)
    cat.refresh_from_db()
    assert (cat.sex, found.what, found.provisional) == ("F", "female, by DNA", True)
    refuse_entries(cat.programme, observations=[found.pk], by=rita, reason="Another sample.")
    cat.refresh_from_db()
    assert cat.sex == "U"


def test_refuse_entries__of_a_sex_changed_since_is_refused(cat: Animal, bo: User, rita: User) -> None:
    first = log_sex(cat, on=DAY, sex="F", method="seen", by=bo)
    log_sex(cat, on=DAY, sex="M", method="DNA", by=rita)
    with pytest.raises(StaleRecordError, match="sex of 1 Amba was changed again"):
        refuse_entries(cat.programme, observations=[first.pk], by=rita, reason="Another sample.")
    cat.refresh_from_db()
    assert cat.sex == "M"


def test_refuse_entries__of_a_rearing_puts_back_what_was_before(cat: Animal, bo: User, rita: User) -> None:
    found = log_rearing(cat, on=DAY, rearing="hand", by=bo)
    refuse_entries(cat.programme, observations=[found.pk], by=rita, reason="By its dam.")
    cat.refresh_from_db()
    assert cat.rearing == "unknown"


def test_refuse_entries__of_an_identification_gives_the_former_back(
    cat: Animal, bo: User, rita: User
) -> None:
    former = factories.IdentifierFactory(animal=cat, value="276098106103921")
    found = log_identification(
        cat, on=DAY, mark="transponder", value="276 0981 0611 1111", replaces=former.pk, by=bo
    )
    assert marks(cat) == {("276098106103921", False), ("276098106111111", True)}
    refuse_entries(cat.programme, observations=[found.pk], by=rita, reason="Misread.")
    assert marks(cat) == {("276098106103921", True)}


def test_refuse_entries__of_a_birth_makes_the_young_void(
    programme: Programme, zoo: Institution, bo: User, rita: User
) -> None:
    young = newborn(programme, zoo, bo)
    weighed = log_weight(young, on=DAY, weight=weight_from("540 g"), by=bo)
    refuse_entries(programme, events=[young.events.get().pk], by=rita, reason="Counted twice.")
    young = Animal.every.get(pk=young.pk)
    assert (young.status, young.holdings.count(), young.events.count()) == ("void", 0, 0)
    assert not Observation.objects.filter(pk=weighed.pk).exists()
    assert not programme.animals.filter(pk=young.pk).exists()


def test_refuse_entries__of_a_birth_with_something_confirmed_is_refused(
    programme: Programme, zoo: Institution, bo: User, rita: User
) -> None:
    young = newborn(programme, zoo, bo)
    log_note(young, on=DAY, note="Marked.", by=rita)
    with pytest.raises(StudbookError, match="while its note 2025-05-03 stands confirmed"):
        refuse_entries(programme, events=[young.events.get().pk], by=rita, reason="Counted twice.")
    assert programme.animals.filter(pk=young.pk).exists()


def test_refuse_entries__of_a_litter_uses_its_numbers_up(
    cat: Animal, programme: Programme, bo: User, rita: User
) -> None:
    Animal.objects.update(sex="F")
    dam = ParentChoice("known", (cat,))
    two = [Young(weight=weight_from("540 g"), transponder=f"27609810610392{n}") for n in range(2)]
    told = {"on": DAY, "sire": ParentChoice(), "dam": dam, "by": bo}
    litter = log_birth(programme, young=two, **told)
    births = [each.events.get().pk for each in litter]
    assert refuse_entries(programme, events=births, by=rita, reason="Counted twice.") == 2
    assert set(Animal.every.filter(dam=cat).values_list("status", flat=True)) == {"void"}
    assert not Observation.objects.exists()
    again = log_birth(programme, young=two, **told)
    assert [each.studbook_number for each in (*litter, *again)] == ["2", "3", "4", "5"]


def test_pending_of__says_who_logged_what_and_who_may_decide(
    weight: Observation, death: Event, bo: User, rita: User, olga: User
) -> None:
    programme = weight.animal.programme
    rows = pending_of(programme, standing_of(rita, programme.pk))
    assert [(row.entry, row.words, row.logged_by, row.may_decide) for row in rows] == [
        (death, "at Zoo A", "bo", True),
        (weight, "4.2 kg", "bo", True),
    ]
    assert not any(row.may_decide for row in pending_of(programme, standing_of(olga, programme.pk)))
    assert [count_waiting_for(programme, standing_of(each, programme.pk)) for each in (rita, bo)] == [2, 0]


def marks(cat: Animal) -> set[tuple[str, bool]]:
    return {(each.value, each.active) for each in cat.identifiers.all()}


def newborn(programme: Programme, zoo: Institution, by: User) -> Animal:
    young: Any = Animal(programme=programme, studbook_number="77", number_order=77)
    young.birth = DAY
    event = Event(kind=Event.Kind.BIRTH, institution=zoo, provisional=True)
    event.date = DAY
    with keeping(programme, "log birth", by=by, right=None) as trail:
        young.save()
        trail.created([young])
        with retelling(trail, young):
            insert_event(trail, young, event)
    return programme.animals.get(pk=young.pk)


def born_of(keeper: User, dam: Animal, on: str) -> Animal:
    told = {
        "on": DateInterval.parse(on),
        "sire": ParentChoice(),
        "by": keeper,
        "acknowledged": ("B7", "B9", "B10", "C12"),
    }
    known = ParentChoice("known", (dam,))
    return log_birth(dam.programme, young=[Young(sex="F")], dam=known, **told)[0]


def beginning(animal: Animal) -> int:
    return animal.events.get(kind="birth").pk


def test_refuse_entries__keeps_one_that_may_be_a_parent(cat: Animal, bo: User, rita: User) -> None:
    cub = born_of(bo, cat, "2022-05-03")
    other = factories.AnimalFactory(programme=cat.programme, studbook_number="9", dam_kind="several")
    for parent in (cub, cat):
        factories.ParentCandidateFactory(animal=other, role="dam", parent=parent)
    with pytest.raises(StudbookError, match="may be one, of 9"):
        refuse_entries(cat.programme, events=[beginning(cub)], by=rita, reason="No cub was seen.")


def test_refuse_entries__keeps_one_that_a_plan_names(cat: Animal, bo: User, rita: User) -> None:
    cub = born_of(bo, cat, "2022-05-03")
    factories.RecommendationFactory(programme=cat.programme, dam=cub)
    with pytest.raises(StudbookError, match="Other records speak of"):
        refuse_entries(cat.programme, events=[beginning(cub)], by=rita, reason="No cub was seen.")


def test_refuse_entries__takes_a_dam_with_her_young(cat: Animal, bo: User, rita: User) -> None:
    dam = born_of(bo, cat, "2022-05-03")
    cub = born_of(bo, dam, "2025-05-03")
    refuse_entries(
        cat.programme, events=[beginning(dam), beginning(cub)], by=rita, reason="Neither was seen."
    )
    assert list(cat.programme.animals.all()) == [cat]
