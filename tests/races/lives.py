"""People who keep a book at random, by its pages and its API: whatever they may try, in any order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from studbook.accounts.models import User
from studbook.animals.models import Animal, Event, Observation
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.transfers.models import Transfer

JSON = "application/json"
ONCE_MORE, ALL_THE_SAME = 0.1, 0.8
UNREAD = (400, 409)
Answer = Any
Request = dict[str, Any] | None
Deed = Callable[["Crowd"], Request]


@dataclass
class Crowd:
    """The people, the zoos, and one random source; `told` is what was sent and answered, for a failure to show."""

    programme: Programme
    zoos: list[Institution]
    people: list[User]
    deeds: Sequence["Deed"]
    random: Random
    told: list[str] = field(default_factory=list)
    resent: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clients: dict[str, Client] = {}

    def step(self) -> Answer:
        """Let somebody do something; a deed sent twice must be answered twice alike and done once."""
        deed = self.random.choice(self.deeds)
        person = self.random.choice([*self.people, *self.people[:1] * 9])
        request = deed(self)
        if request is None:
            return None
        return self.send(person, deed.__name__, **request)

    def send(self, person: User, noun: str, *, path: str, call: str = "post", **sent: Any) -> Answer:
        headers = {"Idempotency-Key": str(uuid4()), **sent.pop("headers", {})}
        is_api, data = path.startswith("/api/"), dict(sent)
        answer = self._sent(person, path, call, data, headers, is_api)
        if (
            answer.status_code in UNREAD
            and self.random.random() < ALL_THE_SAME
            and (codes := _warned(answer))
        ):
            data = {**data, "acknowledged": codes, "reason": "I was there."}
            headers |= {"Idempotency-Key": str(uuid4())}
            answer = self._sent(person, path, call, data, headers, is_api)
        self.told.append(
            f"{person} {noun}: {call} {path} {data} {headers.get('If-Match', '')} -> {answer.status_code} {_words(answer)}"
        )
        if self.random.random() < ONCE_MORE and answer.status_code < 400:
            last = AuditEntry.objects.count()
            again = self._sent(person, path, call, data, headers, is_api)
            if again.status_code != answer.status_code or AuditEntry.objects.count() != last:
                self.resent.append(f"{self.told[-1]} was done again: {again.status_code} {_words(again)}")
        return answer

    def _sent(
        self, person: User, path: str, call: str, data: dict[str, Any], headers: dict[str, str], is_api: bool
    ) -> Answer:
        client = self._client(person)
        if is_api:
            return getattr(client, call)(path, data, content_type=JSON, headers=headers)
        return client.post(
            path, {name: value for name, value in data.items() if value is not None}, headers=headers
        )

    def _client(self, person: User) -> Client:
        if person.username not in self.clients:
            self.clients[person.username] = Client()
            self.clients[person.username].force_login(person)
        return self.clients[person.username]

    # What there is to choose from.

    @property
    def pages(self) -> str:
        return f"/programmes/{self.programme.code}"

    @property
    def api(self) -> str:
        return f"/api{self.pages}"

    def animal(self) -> Animal:
        return self.random.choice(list(Animal.objects.filter(programme=self.programme).order_by("pk")))

    def zoo(self) -> Institution:
        return self.random.choice(self.zoos)

    def event(self) -> Event | None:
        found = list(Event.objects.exclude(animal__status="void").select_related("animal").order_by("pk"))
        return self.random.choice(found) if found else None

    def observation(self) -> Observation | None:
        found = list(
            Observation.objects.exclude(animal__status="void").select_related("animal").order_by("pk")
        )
        return self.random.choice(found) if found else None

    def transfer(self) -> Transfer | None:
        found = list(Transfer.objects.order_by("-pk")[:4])
        return self.random.choice(found) if found else None

    def day(self) -> date:
        today = timezone.localdate()
        return today - timedelta(
            days=int(self.random.choice([0, 1, 5, 40, 400, 1500, 3000]) * self.random.random())
        )

    def when(self) -> str:
        """Return a date as people write it."""
        day = self.day()
        return self.random.choice(
            [
                f"{day}", f"{day}", f"{day}", f"{day:%Y-%m}", f"{day:%Y}", f"about {day:%Y}", f"about {day:%Y-%m}",
                f"before {day:%Y}", f"between {day - timedelta(days=90)} and {day}",
            ]
        )  # fmt: skip

    def parent(self) -> str:
        """Return a parent as people write it."""
        number, other = self.animal().studbook_number, self.animal().studbook_number
        return self.random.choice(
            ["", "unknown", "wild", number, number, f"{number}, {other}", f"{number}: 70 %, {other}: 30 %"]
        )

    def sex(self) -> str:
        return self.random.choice(["M", "F", "U"])


def _warned(answer: Answer) -> str:
    if answer.headers["Content-Type"].startswith(JSON):
        return " ".join(answer.json().get("acknowledge", []))
    form = (answer.context or {}).get("form") if answer.context else None
    return form.codes_to_acknowledge() if hasattr(form, "codes_to_acknowledge") else ""


def _words(answer: Answer) -> str:
    if answer.headers.get("Content-Type", "").startswith(JSON):
        return answer.content.decode()[:300]
    if answer.context is None:
        return answer.headers.get("Location", "")
    form = answer.context.get("form") or answer.context.get("refusal")
    return str(dict(form.errors))[:300] if getattr(form, "is_bound", False) else ""
