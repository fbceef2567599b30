"""A sample as each of its steps finds it: read under the lock, where the person may act, on a day that can be."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from studbook.accounts.models import User
from studbook.accounts.rights import Right, Standing
from studbook.programmes.changes import Trail, changing, refuse_stale
from studbook.reproduction.bank.ledger import refuse_struck
from studbook.reproduction.bank.rights import refuse_foreign_sample
from studbook.reproduction.bank.rules import refuse_wrong_day
from studbook.reproduction.models import Sample


@dataclass(frozen=True, slots=True)
class Work:
    """What a step works with; no standing where the system does it."""

    trail: Trail
    sample: Sample
    standing: Standing | None


@contextmanager
def working(
    sample: Sample,
    verb: str,
    *,
    on: date,
    by: User | None,
    opened_version: int | None = None,
    reason: str = "",
    acknowledged: Iterable[str] = (),
    alters_numbers: bool = True,
) -> Iterator[Work]:
    """Read a sample under the lock, where the person may log for who stores or owns it, and on a day that can be.

    A step that only takes some away asks for no version: the ledger holds whatever others took since.
    """
    with changing(
        sample.programme, verb, by=by, reason=reason.strip(), acknowledged=acknowledged,
        alters_numbers=alters_numbers,
    ) as trail:  # fmt: skip
        current = Sample.objects.whole().get(pk=sample.pk)
        standing = refuse_foreign_sample(by, Right.LOG, current)
        refuse_struck(current)
        if opened_version is not None:
            refuse_stale(current, opened_version=opened_version)
        refuse_wrong_day(current, on)
        yield Work(trail, current, standing)
