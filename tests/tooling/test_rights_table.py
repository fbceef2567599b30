"""The page on rights shows what the table of rights says."""

import tomllib

from scripts.rights_table import PAGE, TABLE, page_with, table_of_roles

SMALL = {
    "rights": {"see": "read", "log": "write"},
    "roles": {
        "head": {"programme": ["see", "log"]},
        "zoo": {"programme": ["see"], "held": ["log"], "institution": ["log"]},
    },
}


def test_table_of_roles__says_each_right_and_where() -> None:
    assert table_of_roles(SMALL).splitlines() == [
        "| right | head | zoo |",
        "|---|---|---|",
        "| **see**: read | everywhere | everywhere |",
        "| **log**: write | everywhere | animals it holds, for itself |",
    ]


def test_page__shows_the_present_table() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = table_of_roles(tomllib.loads(TABLE.read_text(encoding="utf-8")))
    assert page_with(table, page) == page, "run `python -m scripts.rights_table`"


def test_page__tells_the_limits_that_are_kept() -> None:
    from studbook.accounts.attempts import BY_ADDRESS, BY_CODE, BY_LINK, BY_NAME, MINUTES
    from studbook.accounts.sessions import LONGEST, LONGEST_IDLE

    page = PAGE.read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith(("| passwords", "| codes", "| links"))]
    assert [int(row.split("|")[2]) for row in rows] == [
        limit.most for limit in (BY_NAME, BY_ADDRESS, BY_CODE, BY_LINK)
    ]
    assert f"wrong attempts in {MINUTES} minutes" in page
    assert (LONGEST_IDLE.total_seconds(), LONGEST.total_seconds()) == (3 * 3600, 12 * 3600)
