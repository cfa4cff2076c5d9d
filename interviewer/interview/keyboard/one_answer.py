"""An answer at a prompt of its own, outside an interview."""

from __future__ import annotations

from prompt_toolkit import PromptSession
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from interviewer.common.signals import left_at_signals
from interviewer.interview.keyboard.dotted import Dotted
from interviewer.interview.keyboard.leaving import add_leaving
from interviewer.interview.keyboard.word_wrap import WordWrap


def typed_answer(prompt: str) -> str:
    """What is typed until Enter; pasted text keeps its lines. Raises EOFError at Ctrl-D and
    KeyboardInterrupt at Ctrl-C."""
    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    add_leaving(keys)
    session = PromptSession[str](
        multiline=True,
        key_bindings=keys,
        prompt_continuation=lambda width, number, soft: " " * width,
        input_processors=[Dotted(), WordWrap(margin=len(prompt))],
    )
    with left_at_signals(session.app) as begin:
        return session.prompt(prompt, pre_run=begin)
