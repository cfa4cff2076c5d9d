"""What a model that words things has failed at, and whether it is still asked."""

from __future__ import annotations

from interviewer.errors import BudgetExceeded, ModelError, ModelTimeout

FAILURES = 3
"""After so many failures in a row a model is not asked any more."""


class Misses:
    """Counts failures in a row, and says each thing about them once.

    off: whether the model is not to be asked any more in this session.
    """

    def __init__(self) -> None:
        self.off = False
        self._in_a_row = 0
        self._told = False
        self._unfit = 0
        self._notices: list[str] = []

    def take(self) -> list[str]:
        """What the candidate should be told and was not told yet."""
        new, self._notices = self._notices, []
        return new

    def replied(self) -> None:
        """The model gave a reply, fit or not."""
        self._in_a_row = 0

    def fit(self) -> None:
        """A wording of the model can be said."""
        self._unfit = 0

    def unfit(self) -> None:
        """No wording of the model could be said, of all that it tried for one thing."""
        self._unfit += 1
        if self._unfit == FAILURES:
            self._notices.append(
                f"Nothing that the model worded could be said {FAILURES} times in a row; written words"
                " take its place."
            )

    def stopped(self) -> None:
        """The candidate would not wait."""
        self._notices.append("Stopped waiting for the model.")

    def failed(self, error: ModelError) -> None:
        """The model gave none."""
        self._in_a_row += 1
        if isinstance(error, BudgetExceeded):
            self.off = True
            self._notices.append(
                f"The budget is used up ({error.message}); the written words go on."
            )
        elif self._in_a_row >= FAILURES:
            self.off = True
            self._notices.append(
                f"The model has failed {FAILURES} times in a row and is not asked any more in this"
                " session; the written follow-ups go on."
            )
        elif not self._told:
            self._told = True
            late = isinstance(error, ModelTimeout)
            why = "took too long" if late else f"did not reply: {error.message}"
            self._notices.append(f"The model {why}; written words take its place.")
