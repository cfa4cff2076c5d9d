"""The report page in a real browser."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from report_parts import full_story, page_of
from samples import Story, bank, question

from interviewer.errors import BrowserError
from interviewer.report import browser
from interviewer.session.events import Closed
from interviewer.session.record import Session

ATTACKS = [
    "<script>window.ran = 1</script>",
    "</style></title><img src=x onerror='window.ran = 1'>",
    '" autofocus onfocus="window.ran = 1" x="',
    "</p></main><a href='javascript:window.ran=1'>click</a><svg onload='window.ran=1'>",
    "<iframe srcdoc='<script>parent.ran = 1</script>'></iframe><base href='http://127.0.0.1:9/'>",
    "<link rel=stylesheet href=http://127.0.0.1:9/x.css><style>@import 'http://127.0.0.1:9/'</style>",
]


def browser_path() -> Path:
    """An installed browser; without one the tests are skipped, but never where they must run."""
    try:
        return browser.find_browser()
    except BrowserError:
        if os.environ.get("CI") or os.environ.get("INTERVIEWER_NEED_BROWSER"):
            raise
        pytest.skip("needs Chromium, Chrome or Edge (apt-get install chromium)")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = browser_path()
    flags = [*browser.QUIET, *browser.sandbox_flags()]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=flags)
        page = running.new_page()
        page.set_content("<p>x</p>")
        assert page.inner_text("p") == "x"
        page.close()
        yield running
        running.close()


Open = Callable[..., Page]


@pytest.fixture
def show(chromium: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens the page of a session; fails afterwards on any message, error or request of its own."""
    noise: list[str] = []
    contexts = []

    def opened(session: Session, scheme: str = "light") -> Page:
        file = tmp_path / "report.html"
        file.write_text(page_of(session), "utf-8")
        context = chromium.new_context(
            viewport={"width": 1280, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: noise.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: noise.append(f"error: {error}"))
        page.on("dialog", lambda dialog: noise.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: noise.append(f"request: {request.url}"))
        page.goto(file.as_uri())
        assert noise.pop(0) == f"request: {file.as_uri()}"
        return page

    opened.noise = noise  # type: ignore[attr-defined]
    yield opened
    for context in contexts:
        context.close()
    assert noise == []


LONG = "unbroken" * 60
EVERYTHING = full_story(f"An answer of {LONG} words.").session


def rich() -> Session:
    """Each result, a misconception, a borderline grade, follow-ups, hints."""
    items = [question(n, misconceptions=[("wrong", 0.5)]) for n in range(1, 7)]
    story = Story(bank(items, tiers=[(1, 2, 3), (4, 5, 6)]))
    story.ask(1).answer("It is this.").graded({"big": "met", "small": 0.5}, passing=0.5)
    story.play(2, {"small": "met"}).probe("big").answer("so").graded({"big": "met"})
    story.play(3, {"wrong": "met"}).play(4, {"big": "timeout"}).ask(5).hint("big").skip()
    return story.add(Closed).session


def test_the_watch_would_notice_noise(show: Open) -> None:
    page = show(EVERYTHING)
    page.evaluate("console.warn('here')")
    with page.expect_console_message(lambda m: "Content Security Policy" in m.text):
        page.evaluate("new Image().src = 'http://127.0.0.1:9/x.png'")
    noise = show.noise  # type: ignore[attr-defined]
    assert any("here" in line for line in noise)
    assert any("Content Security Policy" in line for line in noise)
    noise.clear()


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_words_do_nothing(show: Open, attack: str) -> None:
    page = show(full_story(attack).session)
    assert page.evaluate("window.ran") is None
    assert page.locator("script, iframe, img, base, link, [onerror], [onfocus]").count() == 0
    links = page.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert all(re.fullmatch(r"#[\w-]+", link) for link in links)
    assert page.locator(".answer").first.inner_text().startswith(attack[:20])
    assert page.title().startswith(attack.strip())


# Wider than most fonts are: the text spacing that a page must bear (WCAG 2.2, 1.4.12).
SPACING = """* { letter-spacing: .12em !important; word-spacing: .16em !important;
  line-height: 1.5 !important }"""


@pytest.mark.parametrize("style", ["", SPACING], ids=["as-it-is", "spaced"])
@pytest.mark.parametrize("session", [EVERYTHING, rich()], ids=["everything", "rich"])
def test_nothing_sticks_out(show: Open, session: Session, style: str) -> None:
    page = show(session)
    for width in (320, 360, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("innerWidth") == width
        if style:
            page.evaluate(
                """style => { const sheet = new CSSStyleSheet(); sheet.replaceSync(style);
                document.adoptedStyleSheets = [sheet] }""",
                style,
            )
            assert page.evaluate("getComputedStyle(document.body).letterSpacing") != "normal"
        sticking = page.evaluate(
            """() => [...document.querySelectorAll('main *')].filter(e => {
                const box = e.getBoundingClientRect();
                return box.width > 1 && box.right > innerWidth + 1 && !e.closest('.wide')
            }).map(e => e.outerHTML.slice(0, 80))"""
        )
        assert sticking == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_everything_is_reached_by_keyboard(show: Open) -> None:
    page = show(rich())
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the questions"
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    page.wait_for_url("**#interview")
    page = show(rich())
    wanted = page.locator("a[href], summary").count()
    seen = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.outerHTML"))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", seen[-1]
    assert wanted == len(seen) > 10
    assert seen.count(seen[3]) == 1, "the focus is stuck"


def test_enter_opens_what_is_folded_and_follows_links(show: Open) -> None:
    page = show(rich())
    details = page.locator("#q1 details")
    reference = details.locator("blockquote").first
    assert not reference.is_visible()
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    assert reference.is_visible()
    page.locator(".strip a[href='#q3']").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#q3")
    assert page.evaluate("document.querySelector('#q3').getBoundingClientRect().top < innerHeight")


# The ratio of each run of text to what lies behind it, as WCAG 2.2 reckons it.
CONTRAST = """() => {
  const numbers = c => c.match(/[\\d.]+/g).map(Number);
  const light = c => { const [r, g, b] = numbers(c).map(v => v / 255).map(v =>
    v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b };
  const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e)
    .backgroundColor; if ((numbers(c)[3] ?? 1) > 0) return c } return 'rgb(255,255,255)' };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, e = node.parentElement, box = e.getBoundingClientRect();
    if (!node.data.trim() || box.width <= 1 || e.closest('defs, title')) continue;
    const svg = e.closest('svg'), style = getComputedStyle(e);
    const rect = svg && svg.querySelector('rect');
    let back = behind(svg || e);
    if (rect && svg.parentElement.closest('svg')) {
      const fill = getComputedStyle(rect).fill;
      const probe = document.createElement('i');
      const pattern = rect.classList.contains('ungraded') ? 'var(--fill)' : 'var(--prompted)';
      probe.style.color = fill.startsWith('url') ? pattern : fill;
      document.body.append(probe); back = getComputedStyle(probe).color; probe.remove();
    }
    const [a, b] = [light(svg ? style.fill : style.color), light(back)];
    const what = `${e.className.baseVal ?? e.className}: ${node.data.slice(0, 40)}`;
    found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), what]);
  }
  return found }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_contrast_is_enough(show: Open, scheme: str) -> None:
    for session in (rich(), EVERYTHING):
        found = show(session, scheme=scheme).evaluate(CONTRAST)
        assert len(found) > 50
        assert [words for ratio, words in found if ratio < 4.5] == []


def test_light_and_dark_differ(show: Open) -> None:
    colour = "getComputedStyle(document.body).backgroundColor"
    assert show(rich(), scheme="light").evaluate(colour) == "rgb(255, 255, 255)"
    red, green, blue = map(int, re.findall(r"\d+", show(rich(), scheme="dark").evaluate(colour)))
    assert max(red, green, blue) < 60


def test_headings_do_not_skip_a_level_and_parts_have_names(show: Open) -> None:
    page = show(rich())
    levels = page.locator("h1,h2,h3,h4").evaluate_all("all => all.map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.locator("html").get_attribute("lang") == "en"
    for role in ("main", "navigation", "banner", "contentinfo"):
        assert page.get_by_role(role).count() == 1, role  # type: ignore[arg-type]
    assert page.get_by_role("navigation", name="All questions").count() == 1
    charts = page.locator("svg[role=img]").evaluate_all("all => all.map(s => s.ariaLabel)")
    assert charts
    assert all(charts)
    assert page.get_by_role("article", name="Question 1 Prompt number 1?").count() == 1
    assert page.get_by_role("row", name="1 The big statement of 1.").count() >= 1


def test_results_differ_without_colour(show: Open) -> None:
    """In grey the cells still differ: each result has a shape of its own."""
    page = show(rich())
    shapes = page.locator(".strip .cell").evaluate_all(
        "all => all.map(c => [c.className, c.querySelector('use').getAttribute('href')])"
    )
    by_result = {name.removeprefix("cell "): shape for name, shape in shapes}
    assert set(by_result) == {"cold", "prompted", "missed", "ungraded", "not-asked"}
    assert len(set(by_result.values())) == 5


def test_print_shows_what_is_folded(show: Open) -> None:
    page = show(rich())
    page.emulate_media(media="print")
    assert page.locator("#q1 details").get_attribute("open") is None
    box = page.locator("#q1 details blockquote").first.bounding_box()
    assert box is not None
    assert box["height"] > 10
    assert not page.locator(".skip").is_visible()


def test_it_prints_to_pdf() -> None:
    data = browser.print_pdf(page_of(rich()), browser_path())
    assert data.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) >= 2
