"""Events and observations in words, for lists of both."""

from studbook.animals.entry.observation_values import amount_of
from studbook.animals.models import Event, Observation

LABELS = {
    Observation.Kind.CONTRACEPTION: dict(Observation.Contraception.choices),
    Observation.Kind.REPRODUCTION: dict(Observation.ReproductiveStatus.choices),
}


def words_of(entry: Event | Observation) -> str:
    """Return what an entry says beside its kind, its date and its animal."""
    return _event_in_words(entry) if isinstance(entry, Event) else _observation_in_words(entry)


def what_of(observation: Observation) -> str:
    """Return what was measured, given, found or marked, as a person says it."""
    return str(LABELS.get(Observation.Kind(observation.kind), {}).get(observation.what, observation.what))


def until_of(observation: Observation) -> str:
    """Return how long what was observed lasts; of a pregnant animal when the birth is expected. Empty where nobody said."""
    if observation.until is None:
        return ""
    expects = (
        observation.kind == Observation.Kind.REPRODUCTION
        and observation.what == Observation.ReproductiveStatus.PREGNANT
    )
    return f"{'birth expected' if expects else 'until'} {observation.until}"


def _event_in_words(event: Event) -> str:
    parts = [
        f"at {event.institution}" if event.institution else "",
        f"as {event.local_id}" if event.local_id else "",
        event.get_terms_display() if event.terms else "",
        f"cause: {event.cause}" if event.cause else "",
        event.note,
    ]
    return ", ".join(part for part in parts if part)


def _observation_in_words(observation: Observation) -> str:
    amount = amount_of(observation)
    parts = [
        what_of(observation),
        observation.product,
        str(amount) if amount else "",
        until_of(observation),
        f"fertile again {observation.expected_return}" if observation.expected_return else "",
        observation.note,
    ]
    return ", ".join(part for part in parts if part)
