"""HTML pages out of templates, all in one frame: escaped, and with nothing but one style sheet.

The templates and style sheets are files beside the packages whose pages they are. Every value that
a template shows is made printable and escaped, whoever wrote the template.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from interviewer.common.ranges import in_short
from interviewer.common.text import change, duration, plural, printable, score

if TYPE_CHECKING:
    from jinja2 import Environment

ROOT = Path(__file__).resolve().parent.parent


TABLES = ("tables",)
"""The style of pages that are mostly tables of figures."""


def page(name: str, title: str, *, shared: Sequence[str] = (), **values: Any) -> str:
    """The page of that package: its `templates/NAME.html` in the common frame, with its style.

    shared: common style sheets that its own goes on from. values: what the template shows. The one
    style sheet is allowed by its hash and everything else is forbidden, so that nothing from a session
    could act even if it were not escaped.
    """
    names = [_common(sheet) for sheet in ("base", *shared)]
    sheet = "".join(map(_read, [*names, f"{name}/templates/{name}.css"]))
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    from markupsafe import Markup  # noqa: PLC0415 - only a page needs it

    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    template = _environment().get_template(f"{name}/templates/{name}.html")
    return template.render(title=title, sheet=Markup(sheet), policy=Markup(policy), **values)


def _common(sheet: str) -> str:
    return f"common/templates/{sheet}.css"


@cache
def _read(name: str) -> str:
    return ROOT.joinpath(*name.split("/")).read_text("utf-8")


@cache
def _environment() -> Environment:
    import jinja2  # noqa: PLC0415 - a tenth of a second that only a page needs

    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(_read),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {
        "capital": _capital,
        "change": change,
        "duration": duration,
        "in_short": in_short,
        "plural": plural,
        "score": score,
    }
    return made


def _shown(value: object) -> object:
    """What a template shows of a value: text without what could drive or reorder anything."""
    return printable(value) if type(value) is str else value


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
