"""The two things that can go wrong without being a bug: a rule said no, or the database is away."""


class Refused(Exception):  # noqa: N818 - the field's word; it is an answer, not a fault
    """A rule said no; nothing was changed. The text is for the dispatcher."""

    def __init__(self, because: str, *, by: str | None = None) -> None:
        super().__init__(because)
        self.because = because
        self.by = by


class Unknown(Refused):
    """What was named does not exist, or could be several; nothing was changed."""


class Unavailable(Exception):  # noqa: N818 - as above
    """The database or the network did not answer; whether the act was done may be unknown."""

    def __init__(self, because: str, *, may_be_done: bool = False) -> None:
        super().__init__(because)
        self.because = because
        self.may_be_done = may_be_done
