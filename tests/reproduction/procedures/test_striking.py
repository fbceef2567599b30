"""A procedure struck out that used units of a sample: what became of them is asked, said and shown."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.reproduction.bank.stepping import count_sample, use_sample
from studbook.reproduction.models import Procedure, Sample
from studbook.reproduction.procedures.correcting import strike_procedure, units_used
from tests.reproduction.procedures.conftest import DAY, Logged

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("answer", "said", "left"),
    [
        ({"fate": "stay"}, "counts no more. The 2 straws of AL-1 stay used.", 2),
        ({"fate": "back"}, "The 2 straws of AL-1 are back in the tank.", 4),
        ({"fate": "some", "put_back": "1"}, "1 of the 2 straws of AL-1 is back in the tank.", 3),
    ],
)
def test_units__of_a_struck_insemination_stay_used_or_are_back_as_it_is_said(
    answer: dict[str, str], said: str, left: int, logged: Logged, dam: Animal, sample: Sample, rita: User,
    signed_in: Any,
) -> None:  # fmt: skip
    made = logged("insemination", dam, sample=sample, units=2)
    browser, url = signed_in(rita), f"{made.get_absolute_url()}strike/"
    asked = browser.get(url).text
    for words in ("The 2 straws of AL-1", "stay used", "are back in the tank"):
        assert words in asked
    told = {"reason": "Not done.", "opened_version": 1}
    refused = browser.post(url, told)
    assert refused.status_code == 400
    assert "Say what became of the 2 straws of AL-1." in refused.text
    assert "Say how many are back in the tank." in browser.post(url, told | {"fate": "some"}).text
    assert browser.post(url, told | {"fate": "some", "put_back": "3"}).status_code == 400
    assert "(procedure struck out)" not in browser.get(sample.get_absolute_url()).text
    page = browser.post(url, told | answer, follow=True).text
    assert said in page
    assert "all else stays used" in page
    sample.refresh_from_db()
    assert sample.units == left
    assert "(procedure struck out)" in browser.get(sample.get_absolute_url()).text


def test_one_straw__is_asked_for_as_one(
    logged: Logged, dam: Animal, sample: Sample, rita: User, signed_in: Any
) -> None:
    made = logged("insemination", dam, sample=sample, units=1)
    browser, url = signed_in(rita), f"{made.get_absolute_url()}strike/"
    page = browser.get(url).text
    for words in ("The 1 straw of AL-1", "stays used", "is back in the tank"):
        assert words in page
    assert "put_back" not in page
    told = {"reason": "Not done.", "opened_version": 1, "fate": "back"}
    assert "The 1 straw of AL-1 is back in the tank." in browser.post(url, told, follow=True).text


def test_put_back__is_one_line_of_a_sample_used_twice_and_never_more_than_were_stored(
    logged: Logged, dam: Animal, sample: Sample, rita: User
) -> None:
    made = logged("insemination", dam, sample=sample, units=1)
    use_sample(sample, procedure=made, units=2, by=rita)
    assert units_used(made) == [(sample, 3)]
    sample.refresh_from_db()
    counted = count_sample(
        sample, counted=3, on=DAY.earliest, by=rita, opened_version=sample.version, reason="Two were there."
    )
    told: dict[str, Any] = {"by": rita, "opened_version": 1, "reason": "Not done."}
    with pytest.raises(StudbookError, match="was stored as 4 straws, so 6 cannot be left") as refused:
        strike_procedure(made, put_back=3, **told)
    assert refused.value.field == "put_back"
    strike_procedure(made, put_back=1, **told)
    counted.refresh_from_db()
    assert (counted.units, counted.steps.count()) == (4, 5)
    assert Procedure.objects.get().is_struck
