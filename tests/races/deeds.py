"""Deeds by name, for a process that is told of them by the keys of what they are about.

Each reads what it needs and returns the deed itself, so that statements are counted from where the deed begins.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from studbook.accounts.models import User
from studbook.animals.correcting.merging import merge_animals
from studbook.animals.entry.litter import Young, log_birth
from studbook.animals.models import Animal, ParentKind
from studbook.animals.parents_told import ParentChoice
from studbook.core.dates import DateInterval
from studbook.planning.models import Plan
from studbook.planning.plans.life import publish
from studbook.reproduction.bank.stepping import Place, split_sample
from studbook.reproduction.models import Sample
from studbook.transfers.models import Transfer
from studbook.transfers.stepping import take_step

DAY = DateInterval.parse("2012-05-01")
Do = Callable[[], object]


def merge(*, kept: int, other: int, by: int) -> Do:
    one, two = Animal.objects.get(pk=kept), Animal.objects.get(pk=other)
    return partial(
        merge_animals,
        one,
        two,
        choices={},
        by=User.objects.get(pk=by),
        reason="one animal",
        opened_version=one.version,
        other_version=two.version,
    )


def litter(*, dam: int, by: int) -> Do:
    mother = Animal.objects.select_related("programme").get(pk=dam)
    return partial(
        log_birth,
        mother.programme,
        on=DAY,
        young=[Young(sex="M"), Young(sex="F", transponder="985112001234567"), Young(stillborn=True)],
        sire=ParentChoice(ParentKind.UNKNOWN),
        dam=ParentChoice(ParentKind.KNOWN, (mother,)),
        by=User.objects.get(pk=by),
    )


def arrival(*, transfer: int, by: int) -> Do:
    return partial(
        take_step,
        Transfer.objects.get(pk=transfer),
        "arrive",
        by=User.objects.get(pk=by),
        opened_version=1,
        on=DAY,
        local_ids={},
    )


def plan(*, plan: int, by: int) -> Do:
    return partial(
        publish,
        Plan.objects.select_related("programme").get(pk=plan),
        by=User.objects.get(pk=by),
        opened_version=1,
    )


def split(*, sample: int, by: int) -> Do:
    whole = Sample.objects.whole().get(pk=sample)
    return partial(
        split_sample,
        whole,
        Place(whole.owner),
        units=2,
        on=date(2025, 7, 1),
        by=User.objects.get(pk=by),
    )


DEEDS: dict[str, Callable[..., Do]] = {
    "merge": merge,
    "litter": litter,
    "arrival": arrival,
    "plan": plan,
    "split": split,
}
