"""Every error the program raises on purpose.

InterviewerError                 exit 1: something outside went wrong
├── UsageError                   exit 2: the request itself makes no sense
├── InputError                   answers, settings or recorded calls that cannot be read (file, line)
├── BankError                    a question bank that cannot be used (file, line, question)
├── TranscriptError              a session log that cannot be read (file, line)
├── GoldError                    graded answers that cannot be read (file, line)
├── ModelError                   a language model, its server or its weights
│   ├── ModelUnavailable         not there, or refuses
│   │   └── ModelBusy            overloaded, rate-limited, still loading: worth another try
│   ├── ModelTimeout             no reply before the deadline
│   ├── BadReply                 a reply that is not what was asked for
│   │   ├── ReplyCut             one that hit its length before anything could be read
│   │   └── PromptCut            one to a prompt that the server had cut
│   └── BudgetExceeded           the call would cost more than was allowed
├── BrowserError                 a browser for printing that is missing or fails
├── WeightsError                 shipped or cached weights that are missing or altered
└── RequirementMissed            exit 3: a required threshold was not reached

Messages say what is wrong, where, and what to do next. The command line prints them without a
traceback.
"""

from __future__ import annotations

from dataclasses import dataclass

REINSTALL = "Reinstall the package, or rebuild the weights with 'make train'."
"""What to do about weights that are missing or altered."""


@dataclass(frozen=True)
class Where:
    """A place in a file. `line` counts from 1; None when the whole file is meant."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


class InterviewerError(Exception):
    """The root of the tree.

    message: what is wrong. where: the file and line, if any. hint: what to do next, if known.
    """

    exit_code = 1

    def __init__(self, message: str, *, where: Where | None = None, hint: str | None = None):
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def lines(self) -> list[str]:
        """What is wrong and where, then the hint, indented. What the texts quote may hold line
        breaks: those of a hint stay, within its indent, and the rest stay in the first line."""
        head = f"{self.where}: {self.message}" if self.where else self.message
        return [head, *(f"  {line.lstrip()}" for line in (self.hint or "").split("\n") if line)]

    def __str__(self) -> str:
        return "\n".join(self.lines())


class UsageError(InterviewerError):
    """Options or arguments that do not go together."""

    exit_code = 2


class InputError(InterviewerError):
    """A file of answers, settings or recorded calls that cannot be read."""


class BankError(InterviewerError):
    """A question bank that cannot be used."""


class TranscriptError(InterviewerError):
    """A session log that cannot be read or continued."""


class GoldError(InterviewerError):
    """Human-graded answers that cannot be read."""


class ModelError(InterviewerError):
    """A language model, its server or its reply."""


class ModelUnavailable(ModelError):
    """The server is not there, or refuses."""


class ModelBusy(ModelUnavailable):
    """The server is overloaded, limits the rate, is still loading, or dropped the connection.

    after: the seconds it asks to wait before the next try, None if it does not say. begun: whether
    the model may have begun its reply, so that the call may have to be paid for. loading: whether
    the model is still being loaded.
    """

    def __init__(
        self,
        message: str,
        *,
        after: float | None = None,
        begun: bool = False,
        loading: bool = False,
        hint: str | None = None,
    ):
        super().__init__(message, hint=hint)
        self.after = after
        self.begun = begun
        self.loading = loading


class ModelTimeout(ModelError):
    """No reply before the deadline."""


class BadReply(ModelError):
    """The reply is not what was asked for."""


class ReplyCut(BadReply):
    """The reply hit its length before anything could be read: a longer one may do.

    taken: tokens of the prompt and of the reply, 0 where the server does not say.
    """

    def __init__(self, message: str, *, taken: tuple[int, int] = (0, 0), hint: str | None = None):
        super().__init__(message, hint=hint)
        self.taken = taken


class PromptCut(BadReply):
    """The server cut the prompt without a word. tokens: how many were left of it."""

    def __init__(self, message: str, *, tokens: int, hint: str | None = None):
        super().__init__(message, hint=hint)
        self.tokens = tokens


class BudgetExceeded(ModelError):
    """The next call would go over the budget."""


class BrowserError(InterviewerError):
    """A browser for printing that is missing or fails."""


class WeightsError(InterviewerError):
    """Shipped or cached weights that are missing or altered."""


class RequirementMissed(InterviewerError):
    """A measured value is below the threshold that was required."""

    exit_code = 3
