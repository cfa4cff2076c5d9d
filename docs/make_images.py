"""Takes the pictures in docs/images/: a report page on a desktop and on a phone.

Give a session log to show another one than that in transcripts/examples/. Needs Chromium, Chrome or
Edge.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from interviewer.report import browser, report_data, report_html
from interviewer.session.log_file import read_log

DOCS = Path(__file__).parent
EXAMPLE = DOCS.parent / "transcripts" / "examples" / "session.jsonl"
MOST_BYTES = 300_000
# name: width, height, colours, question to show (0: the top of the page)
PICTURES = {
    "report-desktop.png": (1280, 1800, "light", 0),
    "report-phone.png": (390, 1400, "dark", 5),
}


def main(log: Path) -> None:
    """Take every picture of the page of that session."""
    page = report_html.render(report_data.build(read_log(log).session))
    flags = [*browser.QUIET, *browser.sandbox_flags()]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "report.html"
        file.write_text(page, "utf-8")
        running = playwright.chromium.launch(executable_path=browser.find_browser(), args=flags)
        for name, (width, height, colours, question) in PICTURES.items():
            view = running.new_page(
                viewport={"width": width, "height": height}, color_scheme=colours
            )
            view.goto(file.as_uri())
            if question:
                view.locator(f"#q{question}").evaluate("article => article.scrollIntoView()")
            target = DOCS / "images" / name
            target.parent.mkdir(exist_ok=True)
            view.screenshot(path=target)
            size = target.stat().st_size
            print(f"{target}: {size:,} bytes")
            assert size < MOST_BYTES, "too large for the repository"
        running.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLE)
