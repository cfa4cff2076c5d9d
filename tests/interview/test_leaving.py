"""A signal ends what waits for keys, wherever it strikes."""

from __future__ import annotations

import signal

import pytest
from prompt_toolkit.application import Application
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from interviewer.common import signals
from interviewer.common.signals import left_at_signals


async def _strike() -> None:
    signal.raise_signal(signal.SIGTERM)


def test_a_signal_in_a_background_task_ends_the_application() -> None:
    with create_pipe_input() as keys, signals.heeded():
        app = Application[None](input=keys, output=DummyOutput())
        app.after_render += lambda sender: sender.create_background_task(_strike())
        with pytest.raises(signals.Stopped), left_at_signals(app) as begin:
            app.run(pre_run=begin)


def test_a_signal_before_the_application_runs_lets_it_not_wait() -> None:
    def run(app: Application[None]) -> None:
        with left_at_signals(app) as begin:
            signal.raise_signal(signal.SIGTERM)
            assert signals.is_waiting()
            app.run(pre_run=begin)

    with create_pipe_input() as keys, signals.heeded():
        with pytest.raises(signals.Stopped):
            run(Application[None](input=keys, output=DummyOutput()))
        assert not signals.is_waiting()
