"""Edits that are each sound, and together would make an animal its own ancestor."""

from collections.abc import Callable
from functools import partial

import networkx as nx
import pytest

from studbook.accounts.models import User
from studbook.animals.actions import record_parents
from studbook.animals.ancestry import ancestry_of
from studbook.animals.models import Animal, ParentKind
from studbook.core.errors import StudbookError
from studbook.programmes.models import Programme
from tests.factories import AnimalFactory
from tests.races.threads import PATIENCE, Meeting, at_once, errors_in

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 12
Males = Callable[[int], list[Animal]]


def set_sire(animal: Animal, sire: Animal, by: User) -> None:
    opened = Animal.objects.get(pk=animal.pk)
    chosen = Animal.objects.get(pk=sire.pk)
    version = opened.version
    record_parents(opened, sire=chosen, dam=ParentKind.UNKNOWN, by=by, reason="DNA", opened_version=version)


def close_the_ring(ring: list[Animal], by: User) -> list[Exception]:
    """Let each be named the sire of the one before it, all at once."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return errors_in(at_once(*(partial(set_sire, animal, sire, by) for animal, sire in pairs)))


def loops_of(programme: Programme) -> list[list[str]]:
    return list(nx.simple_cycles(ancestry_of(programme)))


@pytest.mark.slow
@pytest.mark.parametrize("count", [2, 3])
def test_record_parents__makes_no_loop_in_many_rounds(
    programme: Programme, males: Males, ada: User, count: int
) -> None:
    for _ in range(ROUNDS):
        (refusal,) = close_the_ring(males(count), ada)
        assert isinstance(refusal, StudbookError)
        assert refusal.sentence.startswith("Ancestry loop: ")
    assert loops_of(programme) == []


@pytest.mark.parametrize("count", [2, 3])
def test_record_parents__makes_no_loop_when_one_waits_before_it_writes(
    programme: Programme, males: Males, ada: User, meet_after: Callable[..., Meeting], count: int
) -> None:
    meeting = meet_after("refuse_own_ancestry", deeds=count)
    refusals = close_the_ring(males(count), ada)
    assert [isinstance(refusal, StudbookError) for refusal in refusals] == [True]
    assert loops_of(programme) == []
    assert not meeting.happened


@pytest.mark.parametrize("count", [2, 3])
def test_record_parents__without_the_lock_makes_a_loop(
    programme: Programme,
    males: Males,
    ada: User,
    meet_after: Callable[..., Meeting],
    lift_lock: Callable[[], None],
    count: int,
) -> None:
    lift_lock()
    meet_after("refuse_own_ancestry", deeds=count, patience=PATIENCE)
    assert close_the_ring(males(count), ada) == []
    (loop,) = loops_of(programme)
    assert len(loop) == count


def test_record_parents__looks_at_the_parent_as_it_is_now(programme: Programme, ada: User) -> None:
    cub, seen = AnimalFactory(programme=programme), AnimalFactory(programme=programme, birth=None, sex="M")
    Animal.objects.filter(pk=seen.pk).update(sex=Animal.Sex.FEMALE)
    with pytest.raises(StudbookError, match="is recorded female and cannot be a sire"):
        record_parents(cub, sire=seen, dam=ParentKind.UNKNOWN, by=ada, reason="", opened_version=1)
