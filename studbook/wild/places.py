"""Who may see where: the degrees of camera records and release sites are told to those with the right, and nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager

from studbook.accounts.models import User
from studbook.accounts.rights import Right, may
from studbook.core.errors import StaleRecordError
from studbook.wild.models import CoarsePlace

PLACE_COLUMNS = frozenset(CoarsePlace.PLACE_COLUMNS)
PLACE_FACTS = frozenset(
    str(CoarsePlace._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # columns, no relations
    for name in CoarsePlace.PLACE_COLUMNS
)


def sees_places(person: User | None, programme: int) -> bool:
    """Tell whether a person may see places of the wild; the system itself may. One query."""
    return person is None or may(person, Right.PLACES, programme)


@contextmanager
def telling_no_place(*, unless: bool) -> Iterator[None]:
    """Keep the places out of a refusal that tells what somebody else changed meanwhile."""
    try:
        yield
    except StaleRecordError as stale:
        if unless:
            raise
        told = [each for each in stale.differences if each.fact not in PLACE_FACTS]
        raise StaleRecordError(
            stale.summary, version=stale.version, summary=stale.summary, differences=told
        ) from None
