"""Words that wrap at blanks while they are typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.screen import Char
from prompt_toolkit.layout.utils import explode_text_fragments

_UNIT = re.compile(r"\s|\S+")
_JOINER = "\u200d"
_NARROWEST = 8
"""Columns of a row below which words are broken anywhere."""

Filling = tuple[tuple[int, int], ...]
"""Before which character how many blanks are shown that are not typed."""


class WordWrap(Processor):
    """Moves a word that does not fit into the rest of a row to the next one.

    The library breaks a row where it is full, within a word too. So the row before such a word is
    filled up with blanks, which are shown and are no part of the text. margin: the columns before
    every row.
    """

    def __init__(self, margin: int):
        self._margin = margin

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """The line with its rows filled up."""
        fragments = transformation_input.fragments
        filling = fill(fragment_list_to_text(fragments), transformation_input.width - self._margin)
        if not filling:
            return Transformation(fragments)

        def shown_at(at: int) -> int:
            return at + sum(blanks for before, blanks in filling if before <= at)

        def typed_at(shown: int) -> int:
            for before, blanks in filling:
                if shown >= before + blanks:
                    shown -= blanks
                else:
                    return min(shown, before)
            return shown

        return Transformation(_filled(fragments, filling), shown_at, typed_at)


def _filled(fragments: StyleAndTextTuples, filling: Filling) -> StyleAndTextTuples:
    filled: StyleAndTextTuples = []
    done = 0
    characters = explode_text_fragments(fragments)
    for before, blanks in filling:
        filled += [*characters[done:before], ("", " " * blanks)]
        done = before
    return [*filled, *characters[done:]]


@lru_cache(maxsize=8)  # the library asks several times for each key
def fill(text: str, row: int) -> Filling:
    """Where a line of text is to be filled up so that no word of it breaks in rows that wide.

    The last column of a row is left to the blank after a word. A word longer than a row begins on
    one of its own and is broken. Characters of two columns, of which some scripts make sentences
    without blanks, may stand apart.
    """
    if row < _NARROWEST:
        return ()
    filling: list[tuple[int, int]] = []
    column = 0
    for at, unit in _units(text):
        width = sum(map(_columns, unit))
        column = 0 if column >= row else column
        if column and not unit.isspace() and column + width >= row:
            filling.append((at, row - column))
            column = 0
        for char in unit if width >= row else (unit,):
            columns = sum(map(_columns, char))
            column = columns if column + columns > row else column + columns
    return tuple(filling)


def _units(text: str) -> Iterator[tuple[int, str]]:
    """What must not be broken, with where it begins: blanks, words, and wide characters."""
    for found in _UNIT.finditer(text):
        if found[0].isascii():
            yield found.start(), found[0]
            continue
        word, begun = found[0], 0
        before = _columns(word[0])
        for at in range(1, len(word)):
            columns = _columns(word[at])
            apart = columns > 1 or (columns and before > 1)
            if apart and word[at - 1] != _JOINER:
                yield found.start() + begun, word[begun:at]
                begun = at
            before = columns or before
        yield found.start() + begun, word[begun:]


@lru_cache(maxsize=4096)
def _columns(char: str) -> int:
    """How many columns the library gives to a character."""
    return Char(char).width
