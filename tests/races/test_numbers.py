"""Many log a litter at the same moment: each young gets a number of its own, and none is left out."""

from collections.abc import Callable

import pytest

from studbook.accounts.models import User
from studbook.animals.entry import litter
from studbook.animals.entry.litter import Young, log_birth
from studbook.animals.models import Animal, ParentKind
from studbook.animals.parents_told import ParentChoice
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests.factories import animal_at
from tests.races.rounds import is_thorough
from tests.races.threads import Meeting, at_once, errors_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PEOPLE = 32 if is_thorough() else 8
YOUNG = 2


def log_litter(programme: Programme, zoo: Institution, by: User) -> list[str]:
    young = log_birth(
        Programme.objects.get(pk=programme.pk),
        on=DateInterval.parse("2019-05-03"),
        young=[Young()] * YOUNG,
        sire=ParentChoice(ParentKind.UNKNOWN),
        dam=ParentChoice(ParentKind.UNKNOWN),
        place=Institution.objects.get(pk=zoo.pk),
        by=by,
    )
    return [each.studbook_number for each in young]


def test_numbers_drawn_at_once__are_each_the_next(programme: Programme, zoo: Institution, ada: User) -> None:
    animal_at(zoo, programme=programme, studbook_number="100")
    outcomes = at_once(*[lambda: log_litter(programme, zoo, ada)] * PEOPLE)
    assert errors_in(outcomes) == []
    drawn = sorted(int(number) for numbers in outcomes for number in numbers)
    assert drawn == list(range(101, 101 + PEOPLE * YOUNG))
    assert Animal.objects.filter(programme=programme).count() == 1 + PEOPLE * YOUNG


def test_numbers_drawn_without_the_lock__are_the_same_and_one_fails(
    programme: Programme,
    zoo: Institution,
    ada: User,
    lift_lock: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lift_lock()
    meeting = Meeting(2, patience=1)
    monkeypatch.setattr(litter, "next_number", meeting.after(litter.next_number))
    outcomes = at_once(*[lambda: log_litter(programme, zoo, ada)] * 2)
    assert errors_in(outcomes) != []
