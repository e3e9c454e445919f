"""Take a picture of every kind of public page of a running site, to be looked at.

    make run                                     # in one terminal
    .venv/bin/python benchmarks/pictures.py      # in another; --base http://127.0.0.1:8000 --to var/pictures

One page of each template is opened in Chromium: on a phone (390 px) and at a desk (1280 px), as it is, in the dark,
in 关怀版, and as paper. A name says what is seen: `390-dark-cases-2022-001.png`. With addresses behind the
options only these are; `--look print --look large` takes some looks alone. What is wider than its window is named.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.pages import addresses
from tests.browser import ARGUMENTS, ROOT, chromium

WIDTHS = {390: 844, 1280: 900}
LOOKS = ("plain", "dark", "large", "print")
#: A4 without its margins, in the browser's pixels.
PAPER = {"width": 660, "height": 950}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


ALL_PICTURES = """Promise.all([...document.images].map(one => {
    one.loading = 'eager';
    return one.decode().catch(() => null);
}))"""


def named(path: str) -> str:
    """Return an address as part of a file's name."""
    return re.sub(r"[^\w一-鿿]+", "-", unquote(path)).strip("-") or "front"


def opened(browser: Browser, width: int, look: str) -> Page:
    """Open a window of a width in a look; paper has a width of its own."""
    size = PAPER if look == "print" else {"width": width, "height": WIDTHS[width]}
    dark = "dark" if look == "dark" else "light"
    page = browser.new_context(viewport=size, locale="zh-CN", color_scheme=dark).new_page()
    if look == "print":
        page.emulate_media(media="print")
    return page


def taken(
    browser: Browser, base: str, paths: list[str], looks: Iterable[str], to: Path
) -> Iterator[str]:
    """Take the pictures; yield what is wrong with a page."""
    for look in looks:
        for width in [1280] if look == "print" else WIDTHS:
            page = opened(browser, width, look)
            for path in paths:
                glue = "&" if "?" in path else "?"
                asked = f"{path}{glue}view=large" if look == "large" else path
                answer = page.goto(urljoin(base, asked), wait_until="networkidle")
                if answer is None or answer.status != 200:
                    yield f"{asked}: {answer and answer.status}"
                if (over := page.evaluate(TOO_WIDE)) > 0:
                    yield f"{asked}: {over} px too wide at {width} px ({look})"
                page.evaluate(ALL_PICTURES)  # those below the first view, too
                page.screenshot(path=to / f"{width}-{look}-{named(path)}.png", full_page=True)
            page.context.close()


def main() -> int:
    """Take the pictures and print what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--to", type=Path, default=ROOT / "var" / "pictures")
    parser.add_argument("--look", action="append", choices=LOOKS)
    parser.add_argument("paths", nargs="*")
    asked = parser.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        paths = asked.paths or addresses(asked.base)
        wrong = list(taken(browser, asked.base, paths, asked.look or LOOKS, asked.to))
        browser.close()
    print("\n".join(wrong) or f"{len(paths)} pages, nothing too wide: {asked.to}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
