"""The header If-Match: what RFC 9110 allows, and what is none."""

import pytest

from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.etags import Match, NoVersionError, etag, parse_if_match, version_matched


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        ('"1"', {"1"}),
        (' \t"1" ', {"1"}),
        ('"1","2" , "3"', {"1", "2", "3"}),
        (',, "1",', {"1"}),
        ('""', {""}),
        ('"a,b", W/"2"', {"a,b"}),
        ('W/"1"', set()),
    ],
)
def test_parse_if_match__reads_a_list_of_tags(words: str, tags: set[str]) -> None:
    assert parse_if_match(words) == Match(tags=frozenset(tags))


@pytest.mark.parametrize(
    "words",
    ["1", '"', '"1', '1"', '"1" "2"', '"1"2', '*, "1"', '"1", *', "**", 'w/"1"', 'W/ "1"', '"a b"', ","],
)
def test_parse_if_match__refuses_nonsense_with_a_sentence(words: str) -> None:
    with pytest.raises(StudbookError, match="no list of entity tags") as refused:
        parse_if_match(words)
    assert refused.value.status == 400


def test_parse_if_match__takes_anything_for_a_star() -> None:
    assert parse_if_match(" * ") == Match(whatever=True)


@pytest.mark.parametrize("words", [None, "", " \t"])
def test_version_matched__asks_for_a_version(words: str | None) -> None:
    with pytest.raises(NoVersionError) as refused:
        version_matched(words, 3)
    assert refused.value.status == 428


@pytest.mark.parametrize(
    ("words", "version"),
    [('"3"', 3), ("*", 3), ('"1", "3"', 3), ('"1", "2"', 2), ('"9"', 9), ('"03", "2"', 2)],
)
def test_version_matched__is_the_one_that_stands_or_the_latest_named(words: str, version: int) -> None:
    assert version_matched(words, 3) == version


@pytest.mark.parametrize("words", ['W/"3"', '"abc"', '"03"', '"0"', '"9999999999"'])
def test_version_matched__names_none_of_this_record(words: str) -> None:
    with pytest.raises(StaleRecordError, match="version 3"):
        version_matched(words, 3)


def test_etag__is_matched_by_itself() -> None:
    assert version_matched(etag(7)["ETag"], 7) == 7
