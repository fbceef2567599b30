"""Whose a sample is: the institution's that stores it, and the one's that owns it; the coordinator acts for all.

The donor may be dead or far away, so that its holder has no say as such.
"""

from collections.abc import MutableMapping
from typing import Any

from studbook.accounts.models import User
from studbook.accounts.rights import Right, Standing, standing_of
from studbook.core.errors import StudbookError
from studbook.programmes.models import Programme
from studbook.reproduction.models import Sample

ASK = "Ask for it, and say what it is needed for."


class NotTheirSampleError(StudbookError):
    """The person may not do this to the sample; it is answered like one that is not there."""

    status = 404

    def __init__(self, label: str) -> None:
        super().__init__(
            f"There is no sample {label} to which you may do this. Ask the institution that stores or owns it, or the "
            "coordinator."
        )


class ReserveKeptError(StudbookError):
    """Only the coordinator gives something out of the national reserve."""

    status = 403

    def __init__(self, sample: Sample, *, remedy: str = ASK) -> None:
        super().__init__(
            f"{sample.label} is in the national reserve, from which only the coordinator gives something out. {remedy}"
        )


def may_on_sample(standing: Standing, right: Right, sample: Sample) -> bool:
    return any(standing.may_for(right, place) for place in (sample.institution_id, sample.owner_id))


def may_give_from_reserve(standing: Standing) -> bool:
    """Tell whether the person decides what the programme's reserve is used for."""
    return Right.PLAN in standing


def is_kept_from(standing: Standing, sample: Sample) -> bool:
    """Tell whether the sample is in the national reserve, and the person is none who gives something out of it."""
    return sample.account == Sample.Account.RESERVE and not may_give_from_reserve(standing)


def refuse_foreign_sample(by: User | None, right: Right, sample: Sample) -> Standing | None:
    """Refuse a deed on a sample that is neither stored nor owned where the person has the right; asked under the lock."""
    if by is None:
        return None
    standing = standing_of(by, sample.programme_id)
    if not may_on_sample(standing, right, sample):
        raise NotTheirSampleError(sample.label)
    return standing


def refuse_reserve_to(standing: Standing | None, sample: Sample, *, remedy: str = ASK) -> None:
    """Refuse to give out what is in the national reserve, unless it is the coordinator who does, or the system."""
    if standing and is_kept_from(standing, sample):
        raise ReserveKeptError(sample, remedy=remedy)


def sample_on_which(
    programme: Programme, standing: Standing, right: Right, arguments: MutableMapping[str, Any]
) -> Sample | None:
    """Return the sample that an address names, where the person has the right on it."""
    found = Sample.objects.whole().filter(programme=programme, pk=arguments.pop("pk")).first()
    return found if found and may_on_sample(standing, right, found) else None
