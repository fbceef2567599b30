"""The ways to a pair and to a mating that the pages of an animal offer."""

from urllib.parse import urlencode

from django.urls import reverse

from studbook.animals.entry.entry_kind import REPRODUCTION, Entry
from studbook.animals.models import Animal


def _entry(slug: str, label: str, route: str, role: str, sex: str) -> Entry:
    def url(code: str, number: str) -> str:
        return f"{reverse(route, args=[code])}?{urlencode({role: number})}"

    def fits(animal: Animal) -> bool:
        return animal.sex == sex and animal.is_living

    return Entry(slug, label, REPRODUCTION, url, fits)


PAIRING_ENTRIES = [
    _entry(slug, label, route, role, sex)
    for slug, label, route in (("pair", "pair", "pairing_new"), ("mating", "mating", "mating_new"))
    for role, sex in (("sire", Animal.Sex.MALE), ("dam", Animal.Sex.FEMALE))
]
