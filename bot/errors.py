"""The one family of errors whose text is a sentence for the person at the desk."""


class PortingError(Exception):
    """A request that the desk refuses, with a sentence that says what to do next.

    `field` is the intake field (and Slack block_id) under which the sentence belongs, if any.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
