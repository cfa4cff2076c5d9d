"""Tells what kind of thing was said, with the shipped weights and, where there is a doubt, the encoder."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.bank.questions import Question
from interviewer.common import files, system
from interviewer.errors import InterviewerError, WeightsError
from interviewer.grading.offline.encoders import Embedder
from interviewer.session.events import UtteranceKind

if TYPE_CHECKING:
    from interviewer.interview.talk.utterances import UtteranceModels, Vector

MAX_BYTES = 2_000_000


class Listener:
    """Knows an answer from what is said around answers.

    embedder: gives the shipped encoder when it is first needed. What was said is not on record yet, so
    nothing that is missing may stop it: without the encoder cues and pieces of words decide, and
    without the weights in `folder` what is in doubt is an answer.
    """

    def __init__(self, embedder: Callable[[], Embedder] | None = None, folder: Path | None = None):
        self._embedder = embedder
        self._folder = folder or system.package_data("interview/talk")

    def kind_of(self, text: str, asked: str, question: Question) -> UtteranceKind:
        """What was said in reply to `asked`, the words of that question or of a probe."""
        # Its patterns take longer to compile than a first question should wait.
        from interviewer.interview.talk import utterances  # noqa: PLC0415

        return utterances.kind_of(text, asked, question, lambda: self._models, self._vector)

    @cached_property
    def _models(self) -> UtteranceModels | None:
        from interviewer.interview.talk.utterances import UtteranceModels  # noqa: PLC0415

        path = self._folder / "utterances.json"
        try:
            return UtteranceModels.model_validate_json(
                files.read_bounded(path, MAX_BYTES, WeightsError)
            )
        except (WeightsError, ValueError):
            return None

    def _vector(self, text: str) -> Vector | None:
        if self._embedder is None:
            return None
        try:
            return [float(x) for x in self._embedder().embed([text])[0]]
        except InterviewerError:
            self._embedder = None
            return None
