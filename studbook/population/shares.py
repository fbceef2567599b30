"""How sure a share is that was counted: Wilson's interval, for rooms that count other things than animals."""

from pedigree._wilson import wilson

LEVEL = 0.95


def share_interval(counted: int, number: int) -> tuple[float, float] | None:
    """Return the 95 % interval of a share; None of nothing."""
    if number <= 0:
        return None
    low, high = wilson(counted / number, number, LEVEL)
    return float(low), float(high)
