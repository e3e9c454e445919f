"""A real Chromium for journeys: pages of a phone and of a desk, pictures, and axe."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = "no Chromium on this machine"
# Milliseconds: what a starved machine needs for the heaviest save. Waiting ends with what is waited for.
PATIENCE = 20_000
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]


def chromium() -> str | None:
    """Return the path of the browser: the variable CHROMIUM, or the first one installed."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start one Chromium for the session.

    Playwright's loop runs in this thread. Django then refuses the database to the tests that stand
    beside it, until it is told that this is meant, and hands out another connection, which is
    closed before the suite drops the database.
    """
    path = chromium()
    if path is None:
        pytest.skip(NO_BROWSER)
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()
        connections.close_all()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page with cookies of its own: `open_page(390, 844)`.

    Every page remembers in `page.errors` what the browser complained about.
    """
    contexts = []

    def opened(width: int, height: int, **options: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on(
            "console",
            lambda message: page.errors.append(message.text) if message.type == "error" else None,
        )
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """Open a page of a phone, 390 × 844."""
    return open_page(390, 844, has_touch=True, is_mobile=True)


@pytest.fixture
def desk(open_page: Callable[..., Page]) -> Page:
    """Open a page of a desk, 1280 × 900."""
    return open_page(1280, 900)


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Callable[..., Path]:
    """Return a function that keeps a picture of a page: `picture(page, "received")`.

    The pictures lie in the folder SCREENSHOTS (default: var/screenshots).
    """
    folder = Path(os.environ.get("SCREENSHOTS", ROOT / "var" / "screenshots"))

    def taken(page: Page, name: str, *, full: bool = True) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{request.node.name}-{name}.png"
        page.screenshot(path=path, full_page=full)
        return path

    return taken


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Return a function that names every accessibility fault of a page, one line each."""

    def faults(page: Page) -> list[str]:
        found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
        return [
            f"{fault['id']}: {fault['help']} — {node['html'][:160]}"
            for fault in found.response["violations"]
            for node in fault["nodes"]
        ]

    return faults


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, so that nobody can forget to."""
    for item in items:
        if {"browser", "open_page"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly how many browser tests did not run."""
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if NO_BROWSER in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.section("BROWSER TESTS WERE NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.write_line(
            f"{len(skipped)} browser tests did not run: {NO_BROWSER}. "
            "Install it (Debian: apt-get install chromium fonts-noto-cjk) and run them again.",
            red=True,
        )
