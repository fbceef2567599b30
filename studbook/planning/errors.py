"""Refusals of a plan."""

from studbook.core.errors import StudbookError


class AlreadyRecommendedError(StudbookError):
    """The pair stands recommended already."""

    status = 409

    def __init__(self, sire: object, dam: object) -> None:
        super().__init__(
            f"{sire} × {dam} is recommended already. Look at the standing recommendation, or withdraw it first."
        )
