"""Characters that are not seen, shown while they are typed."""

from __future__ import annotations

from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput

from interviewer.common.text import shown_of


class Dotted(Processor):
    """Shows a dot for each character typed or pasted that shows nothing or turns the text around;
    the answer keeps it."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        return Transformation(
            [
                (style, "".join(shown or "·" for shown in shown_of(text)), *rest)  # type: ignore[misc]
                for style, text, *rest in transformation_input.fragments
            ]
        )
