"""Which animal of a book the words of a form name."""

from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.programmes.models import Programme

MOST_GUESSES = 3
NO_NAME = "Name the animal by its studbook number."


def animal_of_book(programme: Programme, words: str, *, field: str, nor: str) -> Animal:
    """Return the animal that words name, or refuse with the nearest ones; at most two queries.

    `nor` tells what else of that name was looked for, as "a newcomer of Cubs".
    """
    words = words.strip()
    if not words:
        raise StudbookError(NO_NAME, field=field)
    animals = programme.animals.select_related("programme", "sire", "dam").order_by("id")
    found: Animal | None = animals.filter(studbook_number__iexact=words).first()
    if found is None:
        raise StudbookError(
            f"No animal “{words[:40]}” is in {programme}, nor {nor}. {_guess(programme, words)}", field=field
        )
    return found


def _guess(programme: Programme, words: str) -> str:
    near = [str(animal) for animal in programme.animals.matching(words)[:MOST_GUESSES]]
    if not near:
        return "Look for it in the list of animals."
    return f"Did you mean {' or '.join(near)}? Write its studbook number."
