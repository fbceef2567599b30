"""The settings of a programme: who may, what is refused with a sentence, what is left behind."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from studbook.core.models import AuditChange
from studbook.programmes.models import Programme


def page(client: Client) -> Any:
    return client.get(reverse("programme_settings", args=["leopards"]))


def sent(client: Client, **changes: Any) -> Any:
    """Send the form as it was opened, with changes."""
    form = page(client).context["form"]
    body = {name: form[name].value() for name in form.fields}
    body = {name: "" if value is None else value for name, value in body.items()} | changes
    return client.post(reverse("programme_settings", args=["leopards"]), body)


@pytest.mark.parametrize(("person", "status"), [("olga", 403), ("bo", 403), ("rita", 403), ("cy", 404)])
def test_settings__are_the_coordinator_s(
    programme: Programme, signed_in: Any, request: pytest.FixtureRequest, person: str, status: int
) -> None:
    client = signed_in(request.getfixturevalue(person))
    assert page(client).status_code == status
    assert client.post(reverse("programme_settings", args=["leopards"]), {}).status_code == status


def test_settings__saved_as_they_were_opened_change_nothing_but_the_version(
    programme: Programme, ada: Any, signed_in: Any
) -> None:
    before = Programme.objects.values().get()
    assert sent(signed_in(ada)).status_code == 302
    after = Programme.objects.values().get()
    assert {name for name in after if after[name] != before[name]} == {"version", "revision"}


def test_settings__write_what_was_said_with_its_trail(programme: Programme, ada: Any, signed_in: Any) -> None:
    changes = {"current_to": "2025-12-31", "target_size": "300", "reason": "A year has passed."}
    assert sent(signed_in(ada), **changes).status_code == 302
    programme.refresh_from_db()
    assert (programme.current_to, programme.target_size) == (date(2025, 12, 31), 300)
    change = AuditChange.objects.get(record="programmes.programme")
    assert (change.before["target_size"], change.after["target_size"]) == (None, 300)
    assert (change.entry.verb, change.entry.reason) == ("settle programme", "A year has passed.")
    assert "A year has passed." in page(signed_in(ada)).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"gestation_days_min": "97"}, "The mean gestation is 96 days, less than the shortest gestation of 97 days."),
        ({"gestation_days_mean": "", "gestation_days_max": "89"},
         "The longest gestation is 89 days, less than the shortest gestation of 90 days."),
        ({"male_last_breeding_years": "2"}, "A male would breed last at 2 years, before it breeds first at 771 days."),
        ({"current_to": (timezone.localdate() + timedelta(days=3)).isoformat()}, "The book cannot be current to"),
        ({"current_to": "1799-12-31"}, "The book cannot be current to 1799-12-31"),
        ({"gene_diversity_goal": "1.2"}, "between 0 and 1"),
        ({"gene_diversity_goal": "nan"}, "Enter a number"),
        ({"offspring_inbreeding_limit": "0"}, "above 0, at most 1"),
        ({"name": ""}, "required"),
        ({"longevity_years": "-4"}, "greater than or equal to 0"),
        ({"longevity_years": "99999999999"}, "more than this book can hold"),
    ],
)  # fmt: skip
def test_settings__refuse_what_contradicts_itself_with_a_sentence(
    programme: Programme, ada: Any, signed_in: Any, changes: dict[str, str], sentence: str
) -> None:
    before = Programme.objects.values().get()
    answer = sent(signed_in(ada), **changes)
    assert (answer.status_code, sentence in answer.content.decode()) == (400, True)
    assert Programme.objects.values().get() == before


def test_settings__refuse_a_form_opened_before_another_change(
    programme: Programme, ada: Any, signed_in: Any
) -> None:
    client = signed_in(ada)
    sent(client, target_size="5")
    assert sent(client, opened_version="1", target_size="6").status_code == 409
    assert Programme.objects.get().target_size == 5
