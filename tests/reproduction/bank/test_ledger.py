"""Whatever is done with samples, the lines of each ledger add up to what is left, and nothing is lost between them."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.bank import stepping
from studbook.reproduction.bank.stepping import Place
from studbook.reproduction.bank.storing import store_sample, strike_sample
from studbook.reproduction.models import Procedure, Sample, SampleStep
from tests.reproduction.bank.conftest import LATER, Described, Stored

pytestmark = pytest.mark.django_db
STEPS = ("use", "thaw", "discard", "split", "count", "move", "account", "owner", "strike")
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(STEPS), st.integers(0, 3), st.integers(-1, 8), st.sampled_from(Sample.Account.values)
    ),
    max_size=14,
)


class Bank:
    """Does one step after another, each with the version that stands, and forgets what is refused."""

    def __init__(self, by: User, places: list[Institution], procedure: Procedure) -> None:
        self.by, self.places, self.procedure, self.on = by, places, procedure, LATER

    def do(self, step: str, which: int, units: int, account: str) -> None:
        samples = list(Sample.objects.whole().order_by("pk"))
        sample = samples[which % len(samples)]
        place = self.places[(which + units) % len(self.places)]
        usual: dict[str, Any] = {"by": self.by, "on": self.on}
        seen = usual | {"opened_version": sample.version}
        deeds = {
            "use": lambda: stepping.use_sample(sample, procedure=self.procedure, units=units, by=self.by),
            "thaw": lambda: stepping.thaw_sample(sample, units=units, **usual),
            "discard": lambda: stepping.discard_sample(sample, units=units, reason="Old.", **usual),
            "split": lambda: stepping.split_sample(sample, Place(place), units=units, **usual),
            "count": lambda: stepping.count_sample(sample, counted=units, reason="Counted.", **seen),
            "move": lambda: stepping.move_sample(sample, Place(place), **seen),
            "account": lambda: stepping.change_account(sample, account=account, reason="Asked.", **seen),
            "owner": lambda: stepping.change_owner(sample, owner=place, **seen),
            "strike": lambda: strike_sample(
                sample, by=self.by, opened_version=sample.version, reason="Never was."
            ),
        }
        with suppress(StudbookError):
            deeds[step]()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_ledger__adds_up_whatever_is_done(
    deeds: list[tuple[str, int, int, str]], programme: Programme, ada: User, zoo: Institution, away: Institution,
    stored: Stored, described: Described, insemination: Procedure,
) -> None:  # fmt: skip
    with transaction.atomic():
        store_sample(programme, stored(units=7), described(), by=ada)
        bank = Bank(ada, [zoo, away], insemination)
        for deed in deeds:
            bank.do(*deed)
            adds_up()
        transaction.set_rollback(True)


def adds_up() -> None:
    for sample in Sample.objects.all():
        lines = list(sample.steps.all())
        assert 0 <= sum(line.change for line in lines) == sample.units <= sample.units_stored
        assert (lines[0].kind, lines[0].change) == ("stored", sample.units_stored)
        assert [line.kind for line in lines[1:]].count("stored") == 0
    split = sum(SampleStep.objects.filter(kind="split").values_list("change", flat=True))
    parts = Sample.objects.exclude(split_from=None).values_list("units_stored", flat=True)
    assert split + sum(parts) == 0


def test_steps__on_days_out_of_order_are_kept_in_the_order_they_were_written(
    ada: User, sample: Sample
) -> None:
    for days in (9, 3):
        stepping.discard_sample(sample, units=1, on=LATER + timedelta(days), by=ada, reason="Old.")
    assert list(sample.steps.values_list("on", flat=True)[1:]) == [date(2025, 7, 10), date(2025, 7, 4)]
