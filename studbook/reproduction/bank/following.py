"""What a deed on animals may not do to the samples of the bank."""

from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.programmes.changes import Trail
from studbook.programmes.models import Programme
from studbook.reproduction.bank.rules import SEX_OF
from studbook.reproduction.models import Sample


def keep_donors_sexes(programme: Programme, trail: Trail) -> None:
    """Refuse a sex that the samples of the animal contradict; no query where no sex was changed."""
    changed = trail.altered_animals("sex")
    if not changed:
        return
    found = Sample.objects.standing().filter(programme=programme, donor__in=changed, kind__in=SEX_OF)
    for sample in found.select_related("donor"):
        donor = sample.donor
        if donor.sex not in (SEX_OF[sample.kind], Animal.Sex.UNKNOWN):
            raise StudbookError(
                f"{sample.label} is {sample.get_kind_display()} of {donor}, so it cannot be {donor.get_sex_display()}. Strike "
                "out the sample or correct its kind first, or leave the sex as it is.",
                field="sex",
            )
