"""Two stays of one animal, begun at once past every rule of the program: the database keeps one."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from studbook.animals.models import Animal, Holding
from studbook.institutions.models import Institution
from tests.races.threads import Meeting, at_once, errors_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_rows_written_past_the_action__are_stopped_by_the_database(
    cub: Animal, receivers: list[Institution]
) -> None:
    meeting = Meeting(2)

    def move(to: Institution) -> str:
        stay = Holding.objects.get(animal=cub, end=None)
        meeting.wait()
        with transaction.atomic():
            Holding.objects.filter(pk=stay.pk).update(end=date(2012, 5, 1))
            Holding.objects.create(animal=cub, institution=to, start=date(2012, 5, 1))
        return to.name

    first, second = receivers
    outcomes = at_once(lambda: move(first), lambda: move(second))
    assert meeting.happened
    assert [type(error) for error in errors_in(outcomes)] == [IntegrityError]
    assert cub.holdings.filter(end=None).count() == 1
