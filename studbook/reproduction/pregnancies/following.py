"""Pregnancies that stay true to the book: a young whose record is void is none, and one struck out has no young."""

from collections import defaultdict

from studbook.animals.models import Animal
from studbook.core.columns import columns_of
from studbook.programmes.changes import ANIMAL_RECORD, Trail, save_unless_stale
from studbook.programmes.models import Programme
from studbook.reproduction.models import Pregnancy, PregnancyYoung
from studbook.reproduction.pregnancies.actions import open_again, untie

PREGNANCY = Pregnancy._meta.label_lower


def follow_litters(programme: Programme, trail: Trail) -> None:
    """Open the pregnancies again whose litter a deed made void, in its transaction; no query where it did neither."""
    struck = [
        pk
        for pk, (before, after) in trail.touched(PREGNANCY).items()
        if before and after and after["struck_at"] and not before["struck_at"]
    ]
    if struck:
        untie(trail, PregnancyYoung.objects.filter(pregnancy__in=struck))
    void = [
        pk
        for pk, (_, after) in trail.touched(ANIMAL_RECORD).items()
        if after and after["status"] == Animal.Status.VOID
    ]
    if void:
        _leave(trail, void)


def _leave(trail: Trail, void: list[int]) -> None:
    left: defaultdict[Pregnancy, list[PregnancyYoung]] = defaultdict(list)
    for each in PregnancyYoung.objects.filter(animal__in=void).select_related("pregnancy"):
        left[each.pregnancy].append(each)
    for pregnancy, young in left.items():
        untie(trail, young)
        if not PregnancyYoung.objects.filter(pregnancy=pregnancy).exists():
            open_again(trail, pregnancy, pregnancy.version)
            continue
        before = columns_of(pregnancy)
        pregnancy.litter_size = max((pregnancy.litter_size or 0) - len(young), 1)
        save_unless_stale(pregnancy, opened_version=pregnancy.version, fields=["litter_size"])
        trail.changed(pregnancy, before)
