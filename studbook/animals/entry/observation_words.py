"""Events and observations in words, for lists of both."""

from studbook.animals.entry.observation_values import amount_of
from studbook.animals.models import Event, Observation

LABELS = {
    Observation.Kind.CONTRACEPTION: dict(Observation.Contraception.choices),
    Observation.Kind.REPRODUCTION: dict(Observation.ReproductiveStatus.choices),
}
UNTIL = {Observation.Kind.CONTRACEPTION: "until", Observation.Kind.REPRODUCTION: "birth expected"}


def words_of(entry: Event | Observation) -> str:
    """Return what an entry says beside its kind, its date and its animal."""
    return _event_in_words(entry) if isinstance(entry, Event) else _observation_in_words(entry)


def what_of(observation: Observation) -> str:
    """Return what was measured, given, found or marked, as a person says it."""
    return str(LABELS.get(Observation.Kind(observation.kind), {}).get(observation.what, observation.what))


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
    until = f"{UNTIL.get(Observation.Kind(observation.kind), 'until')} {observation.until}"
    parts = [
        what_of(observation),
        str(amount) if amount else "",
        until if observation.until else "",
        observation.note,
    ]
    return ", ".join(part for part in parts if part)
