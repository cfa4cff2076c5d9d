"""Whether words give a claim away."""

from __future__ import annotations

import pytest

from interviewer.answer_text import leaks

PROMPT = "Why is the daytime sky blue?"
SCATTERS = "Air scatters short wavelengths far more strongly than long wavelengths."


@pytest.mark.parametrize(
    ("text", "statement", "given"),
    [
        ("What happens to light on its way down?", SCATTERS, []),
        ("And the air?", SCATTERS, []),
        ("Does air scatter the short ones?", SCATTERS, ["air", "scatter", "short"]),
        ("And a power of 4?", "The effect falls with the fourth power, about 9 to 1.", []),
        ("About 9 times?", "The effect falls with the fourth power, about 9 to 1.", ["9"]),
        ("What of the two?", "It is the two of them that count.", []),
        # One word is all there is to say.
        ("Is it the violet of the sky?", "The sky is violet.", ["violet"]),
        ("Is the daytime sky blue?", "The daytime sky is blue.", []),
        ("Say why: the daytime sky is blue!", "The daytime sky is blue.", ["the", "daytime", "sky", "is", "blue"]),
        ("∎", "∎", ["∎"]),
    ],
)  # fmt: skip
def test_the_words_that_give_a_statement_away(text: str, statement: str, given: list[str]) -> None:
    assert leaks.given_away(text, statement, [PROMPT]) == given
    assert leaks.gives_away(text, [statement], (), [PROMPT]) is bool(given)


def test_a_run_of_its_words_gives_a_long_statement_away() -> None:
    statement = (
        "Molecules far smaller than a wavelength deflect violet rays sideways, which makes sunsets red,"
        " distant hills pale, shadows bluish and polarised glare strongest at right angles."
    )
    assert len(leaks.given_away("What are smaller than a wavelength?", statement, [])) == leaks.RUN


def test_of_exemplars_it_takes_more() -> None:
    exemplar = "molecules deflect blue rays sideways"
    assert not leaks.gives_away("Do molecules deflect it?", (), [exemplar], [PROMPT])
    assert leaks.gives_away("Do molecules deflect rays?", (), [exemplar], [PROMPT])
