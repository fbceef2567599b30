"""Keys as addresses give them."""

import pytest

from studbook.core.keys import key_of, keys_of


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("7", 7),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("", None),
        ("-7", None),
        ("+7", None),
        ("7.0", None),
        (" 7", None),
        ("1_000", None),
        ("٧", None),
        ("²", None),
        ("seven", None),
    ],
)
def test_key_of__is_a_whole_number_that_a_record_can_have(words: str, key: int | None) -> None:
    assert key_of(words) == key


def test_keys_of__leaves_out_what_is_none() -> None:
    assert keys_of(["7", "seven", "3", ""]) == [7, 3]
