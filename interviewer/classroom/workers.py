"""What grades a piece of work, wherever that is: in this process, in another, or on another machine.

The graders of a process are made on first use and kept by the name of their job.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import wait

from interviewer.bank.questions import Bank
from interviewer.errors import InterviewerError, ModelError
from interviewer.grading.grader import Grader, GradeRequest
from interviewer.grading.grades import AnswerGrade
from interviewer.grading.outcomes import cause_of, grade_of, ungraded


@dataclass(frozen=True)
class Job:
    """Who grades answers to which bank. make: loads the grader; for other processes it must be
    something that can be pickled, such as a partial of a function of a module."""

    name: str
    bank: Bank
    make: Callable[[], Grader]


Work = Sequence[tuple[int, str]]
"""Questions by number, each with an answer."""

WorkResult = AnswerGrade | str
"""The grade, or why there is none."""

_jobs: dict[str, Job] = {}
_graders: dict[str, Grader] = {}
_one = threading.Lock()


def know(job: Job) -> None:
    """Take note of a job; nothing is loaded yet."""
    _jobs[job.name] = job


def forget(name: str) -> None:
    """Let go of a job and its grader."""
    _jobs.pop(name, None)
    _graders.pop(name, None)


def begin(job: Job) -> None:
    """Begin a process that works for another: it ends with it, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        sentinel = parent.sentinel

        def follow() -> None:
            wait([sentinel])
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()
    know(job)


def grade_work(name: str, work: Work) -> list[WorkResult]:
    """What comes of that work, in its order, by the grader of the job of that name.

    One piece at a time: graders hold what threads must not share.
    """
    with _one:
        job = _jobs[name]
        if name not in _graders:
            _graders[name] = job.make()
        return grade_by(_graders[name], job.bank, work)


def grade_by(grader: Grader, bank: Bank, work: Work) -> list[WorkResult]:
    """What that grader makes of the work."""
    return [_grade(grader, bank, question, answer) for question, answer in work]


def _grade(grader: Grader, bank: Bank, number: int, answer: str) -> WorkResult:
    question = bank.question(number)
    request = GradeRequest(question, answer, question.prompt)
    try:
        return grader.grade(request)
    except ModelError as error:
        return grade_of(question, ungraded(question, cause_of(error), error.message))
    except (InterviewerError, MemoryError):
        raise
    except Exception as error:  # one answer that a grader cannot take must not stop a class
        return f"the grader failed on it: {type(error).__name__}: {error}"
