"""Books as they may really be: every page of genetics answers for each, with no half number."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from studbook.animals.models import Animal
from studbook.programmes.models import Programme
from tests.hostile.test_states import HALF_NUMBER, STATES

OF_THE_BOOK = (
    *("genetics", "mean_kinships", "mean_kinships_csv", "founders", "founders_csv", "lineages"),
    *("genetic_history", "genetic_history_csv", "kinship_map", "kinship_csv", "kinship_json", "overlays"),
)
OF_AN_ANIMAL = ("animal_genetics", "parent_what_if")


@pytest.mark.parametrize("fill", STATES, ids=lambda fill: fill.__name__.strip("<>"))
def test_book__answers_on_every_page_of_genetics(
    ada: Any, signed_in: Any, programme: Programme, fill: Callable[[Programme], None]
) -> None:
    fill(programme)
    browser = signed_in(ada)
    numbers = Animal.objects.values_list("studbook_number", flat=True)
    urls = [reverse(name, args=["leopards"]) for name in OF_THE_BOOK]
    urls += [reverse(name, args=["leopards", number]) for name in OF_AN_ANIMAL for number in numbers]
    for url in urls:
        answer = browser.get(url)
        assert answer.status_code == 200, url
        text = re.sub("<[^>]*>", " ", b"".join(answer).decode("latin-1"))
        assert not HALF_NUMBER.search(text), url
