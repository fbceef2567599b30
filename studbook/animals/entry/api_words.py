"""What an entry made, as JSON has it."""

from typing import Any

from django.db.models import Model

from studbook.animals.models import Animal, Event, Observation


def told(made: Any) -> dict[str, Any]:
    """Return what an entry made: the animals, or one event or observation."""
    if isinstance(made, list):
        return {"animals": [_record(each) for each in made]}
    return _record(made)


def _record(made: Model) -> dict[str, Any]:
    if isinstance(made, Animal):
        return {"studbook_number": made.studbook_number, "version": made.version}
    if isinstance(made, (Event, Observation)):
        noun = "event" if isinstance(made, Event) else "observation"
        return {
            "id": made.pk,
            "record": noun,
            "kind": made.kind,
            "date": str(made.date or ""),
            "studbook_number": made.animal.studbook_number,
            "animal_version": made.animal.version,
            "provisional": made.provisional,
            "version": made.version,
        }
    raise TypeError(f"An entry made {made!r}, which the API does not know.")
