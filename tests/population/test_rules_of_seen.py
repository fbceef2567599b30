"""What is only seen is judged by itself: nothing that the whole neighbourhood would say of it is lost."""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.entry.observation_values import Amount
from studbook.animals.entry.observations import log_contraception, log_note, log_weight
from studbook.animals.entry.pending_actions import confirm_entries
from studbook.animals.keeping import keeping
from studbook.animals.models import Animal, Observation
from studbook.core.dates import DateInterval
from studbook.core.findings import Finding
from studbook.institutions.models import Institution
from studbook.population.rules import findings_among, findings_of_seen
from studbook.programmes.changes import columns_of
from studbook.programmes.models import Programme
from tests import factories

pytestmark = pytest.mark.django_db
BORN = date(2015, 5, 1)


@pytest.fixture
def family(programme: Programme, zoo: Institution) -> list[Animal]:
    """Return two parents, the dam under contraception, and two young, one of them dead."""
    old = DateInterval.parse("2010-05-01")
    sire, dam = (
        factories.animal_at(zoo, programme=programme, studbook_number=number, sex=sex, birth=old)
        for number, sex in (("1", "M"), ("2", "F"))
    )
    parents = {"sire": sire, "sire_kind": "known", "dam": dam, "dam_kind": "known"}
    young = [
        factories.animal_at(
            zoo, programme=programme, studbook_number=number, birth=DateInterval.exact(BORN), **parents
        )
        for number in ("3", "4")
    ]
    Animal.objects.filter(pk=young[1].pk).update(
        status="dead", death_earliest=date(2016, 1, 1), death_latest=date(2016, 6, 1), death_text="2016"
    )
    seen = {"date_earliest": date(2014, 1, 1), "date_latest": date(2014, 1, 1)}
    factories.ObservationFactory(
        animal=dam, kind="contraception", what="implant", quantity=None, unit="", **seen
    )
    Programme.objects.filter(pk=programme.pk).update(gestation_days_min=90, gestation_days_max=105)
    programme.refresh_from_db()
    return [sire, dam, *young]


def new(before: list[Finding], after: list[Finding]) -> list[Finding]:
    return sorted((Counter(after) - Counter(before)).elements(), key=repr)


@pytest.mark.parametrize("seed", range(3))
def test_findings_of_seen__are_those_of_the_neighbourhood(
    programme: Programme, family: list[Animal], seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(8):
        animal, kind = chance.choice(family), chance.choice(sorted(Observation.ONLY_SEEN))
        first = BORN + timedelta(days=chance.choice([-2000, -3, 0, 3, 500, 9000]))
        told: dict[str, Any] = {
            "kind": kind,
            "what": chance.choice(["", "cycling"]),
            "quantity": None,
            "unit": "",
        }
        told |= {"date_earliest": first, "date_latest": first + timedelta(days=chance.choice([0, 5, 700]))}
        asked = [animal.pk]
        wide, narrow = findings_among(programme, asked), findings_of_seen(programme, asked)
        factories.ObservationFactory(animal=animal, date_text="", **told)
        found = new(narrow, findings_of_seen(programme, asked))
        assert new(wide, findings_among(programme, asked)) == found


def test_keeping__refuses_more_than_what_is_seen(
    programme: Programme, family: list[Animal], ada: User
) -> None:
    def another_sex() -> None:
        with keeping(programme, "see", by=ada, right=Right.LOG, about=family, only_seen=True) as trail:
            before, family[1].sex = columns_of(family[1]), "M"
            trail.changed(family[1], before)

    with pytest.raises(RuntimeError, match=r"was to write only what is seen, and wrote animals\.animal"):
        another_sex()


def test_deed__of_what_is_only_seen_costs_half_the_queries(
    family: list[Animal], bo: User, ada: User, django_assert_num_queries: Any
) -> None:
    cub, on = family[2], DateInterval.parse("2016-05-01")
    with django_assert_num_queries(21):
        log_weight(cub, by=bo, on=on, weight=Amount(4, "kg"))
    with django_assert_num_queries(20):
        log_note(cub, by=bo, on=on, note="Calm.")
    with django_assert_num_queries(52):
        log_contraception(cub, by=bo, on=on, method="implant")
    waiting = Observation.objects.filter(animal=cub, kind="note")
    with django_assert_num_queries(18):
        confirm_entries(cub.programme, observations=[waiting.get().pk], by=ada)
