"""The success rates of former plans, from what was frozen of them: the very rates of the page."""

from studbook.planning.outcomes.rates import Rate
from studbook.planning.paper.plain import Plain, PlainDict

COUNTS = ("fulfilled", "attempted", "untried", "replaced", "open")


def frozen_rate(rate: Rate) -> PlainDict:
    """Return a rate as plain values, as a version keeps it."""
    counts = {name: getattr(rate, name) for name in COUNTS}
    return {"kind": rate.label, "running": rate.running, **counts}


def rates_in(former: Plain) -> tuple[Rate, ...]:
    """Return the rates of a frozen former plan, one for each kind of which it recommended anything; no query."""
    rates = map(_rate, former["outcomes"])
    return tuple(each for each in rates if each.number or each.replaced or each.open)


def plan_words(title: str, rate: Rate) -> str:
    """Name the plan of a rate, with a word where it is still running."""
    return f"{title} (still running)" if rate.running else title


def _rate(told: Plain) -> Rate:
    # Versions frozen before these were the rates of the page say less.
    known = {"running": False, "untried": told.get("not_done"), **told}
    return Rate(known["kind"], "", running=known["running"], **{name: known[name] for name in COUNTS})
