"""Keys that were pressed before there was a prompt to take them."""

from __future__ import annotations

from prompt_toolkit.input import Input
from prompt_toolkit.input.typeahead import get_typeahead
from prompt_toolkit.key_binding import KeyPress
from prompt_toolkit.keys import Keys

from interviewer.common.text import printable


def typed_ahead(source: Input) -> str:
    """The text of the keys that wait in the input, which are taken out of it.

    Some the library has read already, behind the Enter that ended the prompt before; others came
    while no prompt was there.
    """
    keys = get_typeahead(source)
    with source.raw_mode():  # else the system keeps a line back until its end
        while read := source.read_keys():
            keys += read
        keys += source.flush_keys()
    text = ""
    for press in keys:
        text = text[:-1] if press.key == Keys.ControlH else text + _text(press)
    return printable(text)


def _text(press: KeyPress) -> str:
    match press.key:
        case Keys.ControlM | Keys.ControlJ:
            return "\n"
        case Keys.BracketedPaste:
            return press.data.replace("\r\n", "\n").replace("\r", "\n")
        case Keys():
            return ""
    return press.key
