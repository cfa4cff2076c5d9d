"""Keys that leave whatever waits for keys."""

from __future__ import annotations

from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent


def add_leaving(keys: KeyBindings) -> None:
    """Ctrl-C raises KeyboardInterrupt where the keys are read, Ctrl-D EOFError."""

    @keys.add("c-c")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    @keys.add("c-d")
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError)
