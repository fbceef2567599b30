"""Keys of records, as addresses and forms give them."""

from collections.abc import Iterable

LONGEST = 18  # Digits that every database holds as one whole number.


def key_of(words: str) -> int | None:
    """Return the key that words are, None where they are none or one that no record can have."""
    is_key = words.isascii() and words.isdecimal() and len(words) <= LONGEST
    return int(words) if is_key else None


def keys_of(words: Iterable[str]) -> list[int]:
    """Return the keys among some words, in their order."""
    return [key for each in words if (key := key_of(each)) is not None]
