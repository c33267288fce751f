"""A broken rule, worded for the person who broke it."""


class RuleError(Exception):
    """A rule of the business that a person can break; the view shows the words.

    `field` names the form field the words belong to; empty for the whole form.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
