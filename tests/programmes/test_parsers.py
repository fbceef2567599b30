"""What programs send: what cannot be read or kept is refused in words, at every door that takes JSON."""

from typing import Any

import pytest
from django.test import Client

from studbook.accounts.models import User
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories

DOORS = [
    ("POST", "animals/7/log/note/"),
    ("POST", "log/capture/"),
    ("PATCH", "animals/7/"),
    ("POST", "transfers/"),
]
BODIES = {
    "deep list": b"[" * 100_000,
    "deep object": b'{"a":' * 2000 + b"1" + b"}" * 2000,
    "half a character": b'{"note": "\\ud800", "on": "2026-01-01", "reason": "\\ud800", "animals": "7"}',
    "half a name": b'{"\\udfff": "x"}',
    "endless number": b'{"on": ' + b"9" * 5000 + b"}",
    "no text": b"\xff\xfe",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize(("method", "door"), DOORS)
def test_body__that_cannot_be_read_is_refused_in_words(
    programme: Programme, zoo: Institution, ada: User, client: Client, method: str, door: str, body: bytes
) -> None:
    factories.animal_at(zoo, programme=programme, studbook_number="7")
    client.force_login(ada)
    told: dict[str, Any] = {"content_type": "application/json", "headers": {"If-Match": '"1"'}}
    answer = client.generic(method, f"/api/programmes/leopards/{door}", body, **told)
    assert (answer.status_code, AuditEntry.objects.count()) == (400, 0), answer.content
    assert answer.json()["detail"].endswith((".", ")")) or "parse error" in answer.json()["detail"]
