"""Refusals: an action that a rule forbids raises one of these; pages show the sentence, never a trace."""


class StudbookError(Exception):
    """An action was refused; `sentence` tells animal, fact and remedy, `field` the form field it belongs to."""

    status = 400

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class StaleRecordError(StudbookError):
    """Somebody else changed the record since it was opened."""

    status = 409
