"""Tells what kind of thing was said, with the shipped weights and, where there is a doubt, the encoder."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from interviewer.bank.questions import Question
from interviewer.common import files, system
from interviewer.errors import REINSTALL, InterviewerError, WeightsError, Where
from interviewer.grading.offline.encoders import Embedder
from interviewer.session.events import UtteranceKind

if TYPE_CHECKING:
    from interviewer.interview.talk.utterances import UtteranceModels, Vector


class Listener:
    """Knows an answer from what is said around answers.

    embedder: gives the shipped encoder when it is first needed; without one, or where it cannot be
    loaded, cues alone decide.
    """

    def __init__(self, embedder: Callable[[], Embedder] | None = None):
        self._embedder = embedder

    def kind_of(self, text: str, asked: str, question: Question) -> UtteranceKind:
        """What was said in reply to `asked`, the words of that question or of a probe."""
        # Its patterns take longer to compile than a first question should wait.
        from interviewer.interview.talk import utterances  # noqa: PLC0415

        return utterances.kind_of(text, asked, question, lambda: self._weights, self._vector)

    @cached_property
    def _weights(self) -> UtteranceModels:
        from interviewer.interview.talk.utterances import UtteranceModels  # noqa: PLC0415

        path = system.package_data("interview/talk") / "utterances.json"
        try:
            return UtteranceModels.model_validate_json(
                files.read_bounded(path, 1_000_000, WeightsError)
            )
        except (WeightsError, ValueError) as error:
            raise WeightsError(
                "the weights that tell an answer from other words are missing or damaged",
                where=Where(str(path)),
                hint=REINSTALL,
            ) from error

    def _vector(self, text: str) -> Vector | None:
        if self._embedder is None:
            return None
        try:
            return [float(x) for x in self._embedder().embed([text])[0]]
        except InterviewerError:
            self._embedder = None
            return None
