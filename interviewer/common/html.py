"""What every HTML page of the program has in common: escaping, the policy, the basic style."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from interviewer.common.text import printable

BASE = """
:root{color-scheme:light dark;--fg:#1b1f24;--bg:#fff;--soft:#5b6570;--line:#d5dae0;--mark:#0b63c5;
--fill:#f3f5f8}
@media (prefers-color-scheme:dark){:root{--fg:#e4e8ec;--bg:#14171a;--soft:#9aa4af;--line:#363d45;
--mark:#6cb2ff;--fill:#1e2328}}
body{font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;
color:var(--fg);background:var(--bg);margin:2rem auto;max-width:70rem;padding:0 1rem}
a{color:var(--mark)}
:focus-visible{outline:3px solid var(--mark);outline-offset:2px}
.soft{color:var(--soft)}.wide{overflow-x:auto}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
"""
"""Colours, text and tables. Against --bg and --fill, --fg, --soft and --mark reach 4.5:1."""


def text(value: str) -> str:
    """The text escaped for element content and for quoted attributes."""
    return escape(printable(value), quote=True)


def page(title: str, style: str, body: str) -> str:
    """A whole page. body: HTML that is already escaped; style: what comes after `BASE`.

    Its one style sheet is allowed by its hash and everything else is forbidden, so that nothing
    from a session could act even if it were not escaped.
    """
    sheet = BASE + style
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{text(title)}</title><style>{sheet}</style></head><body>{body}</body></html>\n"
    )
