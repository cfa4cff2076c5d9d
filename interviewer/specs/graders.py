"""Specs of graders to graders: the one dispatch over those that ask a model and those that do not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from interviewer.bank.questions import Bank
from interviewer.grading.answer_bound import BoundedGrader
from interviewer.grading.grader import Grader
from interviewer.grading.grades import GraderIdentity
from interviewer.specs.plain_specs import GRADERS, make_plain, plain_identity

if TYPE_CHECKING:
    from interviewer.grading.offline.layer import Layer
    from interviewer.specs.judge_specs import Judging


def asks_model(spec: str) -> bool:
    """Whether a grader of that spec asks a language model; `judge_specs` lists those specs."""
    return ":" in spec and spec not in GRADERS


def grader_identity(
    spec: str,
    embedder: str = "onnx",
    *,
    judging: Judging | None = None,
    layer: Layer | None = None,
) -> GraderIdentity:
    """What that grader will call itself, without loading it. layer: what was learned for its bank."""
    if not asks_model(spec):
        return plain_identity(spec, embedder, layer)
    from interviewer.specs import judge_specs

    return judge_specs.judge_identity(spec, judging or judge_specs.Judging(), embedder)


def make_grader(
    spec: str,
    bank: Bank,
    *,
    embedder: str = "onnx",
    judging: Judging | None = None,
    layer: Layer | None = None,
) -> Grader:
    """The grader of that spec, loaded and ready. judging: how a language model is asked. layer: what was
    learned for that bank, which the offline grader uses where it grades by itself.

    Whatever it is, it reads no more of an answer than `answer_bound` says.
    """
    if not asks_model(spec):
        return BoundedGrader(make_plain(spec, bank, embedder, layer))
    from interviewer.specs import judge_specs

    judging = judging or judge_specs.Judging()
    return BoundedGrader(judge_specs.make_judge(spec, bank, judging, embedder))


HEAD_START = 0.2
"""Seconds by which loading comes after what is on the way to the first prompt: both want the
interpreter, and the candidate waits for the prompt only."""


class LoadingGrader:
    """A grader that loads in another thread while the first question is being read."""

    def __init__(self, make: Callable[[], Grader]):
        self._make = make
        self._grader: Grader | None = None
        self._error: BaseException | None = None
        self._wanted = threading.Event()
        self._thread = threading.Thread(target=self._load, daemon=True)

    def start(self) -> None:
        """Begin to load, in a moment or as soon as it is asked for."""
        self._thread.start()

    def _load(self) -> None:
        self._wanted.wait(HEAD_START)
        try:
            self._grader = self._make()
        except BaseException as error:
            self._error = error

    def __call__(self) -> Grader:
        """The grader; waits for it, and raises what went wrong while loading."""
        self._wanted.set()
        if not self._thread.ident:
            self.start()
        self._thread.join()
        if self._error is not None:
            raise self._error
        assert self._grader is not None
        return self._grader
