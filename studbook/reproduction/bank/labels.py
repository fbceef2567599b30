"""The label of a sample: unique in the programme, proposed as the donor's number, the day and a running letter."""

from collections.abc import Iterator
from itertools import count, product
from string import ascii_uppercase

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.programmes.models import Programme
from studbook.reproduction.models import Sample

LONGEST_LABEL = 40


def proposed_label(programme: Programme, donor: Animal, collected: DateInterval) -> str:
    """Return the first free label of a donor's day: 12-20250601-A; a day not known exactly is its year."""
    day = f"{collected.earliest:%Y%m%d}" if collected.is_exact else f"{collected.middle:%Y}"
    stem = f"{donor.studbook_number}-{day}-"
    taken = Sample.objects.filter(programme=programme, label__istartswith=stem).values_list(
        "label", flat=True
    )
    used = {label.upper() for label in taken}
    return next(label for letters in _running() if (label := f"{stem}{letters}").upper() not in used)


def refuse_used_label(programme: Programme, label: str, *, but: Sample | None = None) -> None:
    """Refuse a label that another sample has in capitals or not; also of one that was struck out, or is used up."""
    others = Sample.objects.filter(programme=programme, label__iexact=label).select_related("donor")
    if but and but.pk:
        others = others.exclude(pk=but.pk)
    other = others.first()
    if other:
        struck = ", which was struck out" if other.is_struck else ""
        raise StudbookError(
            f"{other.label} is the label of {other.get_kind_display()} of {other.donor}{struck}. Give this sample another "
            "label, or leave it empty for the next free one.",
            field="label",
        )


def _running() -> Iterator[str]:
    for length in count(1):
        yield from ("".join(letters) for letters in product(ascii_uppercase, repeat=length))
