"""The header `If-Match`, read as RFC 9110 (8.8.3, 13.1.1) says it: `*`, or entity tags with commas between them."""

import re
from dataclasses import dataclass

from studbook.core.errors import StaleRecordError, StudbookError

VERSION = re.compile(r"[1-9][0-9]{0,8}")
TAG = re.compile(r'(?P<weak>W/)?"(?P<opaque>[\x21\x23-\x7e\x80-\xff]*)"')
BETWEEN = re.compile(r"[ \t]*(?:,[ \t]*)+")
BLANK = " \t"


class NoVersionError(StudbookError):
    """A program must say which version of the record it read."""

    status = 428


@dataclass(frozen=True, slots=True)
class Match:
    """What a program asks the record to be: `whatever` it is, or one of these tags; weak ones are none of them."""

    whatever: bool = False
    tags: frozenset[str] = frozenset()


def etag(version: int) -> dict[str, str]:
    """Return the headers that tell a record's version."""
    return {"ETag": f'"{version}"'}


def version_matched(words: str | None, current: int) -> int:
    """Return the version of a record that a program read: the one that stands, or a lower or later one it names.

    Raises NoVersionError without the header, StudbookError where it is none, StaleRecordError where it names no version.
    """
    match = parse_if_match(words or "")
    if match.whatever or str(current) in match.tags:
        return current
    versions = [int(each) for each in match.tags if VERSION.fullmatch(each)]
    if not versions:
        raise StaleRecordError(
            f"None of the tags in the header If-Match is that of the record, which is at version {current}; a weak tag never "
            "is. Read the record anew and send its ETag.",
            version=current,
        )
    return max(versions)


def parse_if_match(words: str) -> Match:
    """Read the header; a list may have empty places, a tag has both its quotes."""
    words = words.strip(BLANK)
    if not words:
        raise NoVersionError(
            "Say which version you read: send the ETag of the record in the header If-Match, so that nothing falls on a "
            "change you have not seen."
        )
    if words == "*":
        return Match(whatever=True)
    tags = set()
    place = _after_comma(words, 0)
    while place < len(words):
        found = TAG.match(words, place)
        if found is None:
            raise _nonsense()
        if not found["weak"]:
            tags.add(found["opaque"])
        place = _after_comma(words, found.end())
        if place == found.end() < len(words):
            raise _nonsense()
    if not TAG.search(words):
        raise _nonsense()
    return Match(tags=frozenset(tags))


def _after_comma(words: str, place: int) -> int:
    between = BETWEEN.match(words, place)
    return between.end() if between else place


def _nonsense() -> StudbookError:
    return StudbookError(
        "The header If-Match is no list of entity tags. Send the ETag of the record as you got it, with both its quotes, "
        "several with commas between them, or * for whatever stands."
    )
