"""Weigh the first view of every public page of a running site: bytes over the wire, requests, cookies, axe.

    make run                                  # in one terminal
    .venv/bin/python benchmarks/pages.py      # in another; --base http://127.0.0.1:8000 --axe

One page of each template is opened in Chromium at 390 px, with an empty cache. Sizes are KB as sent
(compressed when the server compresses; `gz` is what gzip -6 makes of the text). Exits 1 when a page is
over its budget (public.md, "Looks and reading").
"""

import argparse
import gzip
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen
from xml.etree import ElementTree

from playwright.sync_api import Browser, Response, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.browser import ARGUMENTS, WCAG, chromium

#: What a first view may weigh, in KB and requests.
MOST = {"html": 30, "css": 15, "js": 10, "all": 250, "requests": 15}
KINDS = {"document": "html", "stylesheet": "css", "script": "js"}
#: Templates by how an address begins; the deepest address of each is opened.
PARTS = (
    "projects",
    "news",
    "notices",
    "brands",
    "cases",
    "supervision",
    "townships",
    "opinions",
    "results",
    "book",
)
FIXED = (
    *("/search/?q=社区", "/search/?q=没有这样的词", "/projects/?q=社区&sector=urban"),
    *("/opinions/lookup/", "/brands/text/"),
)


@dataclass
class Weight:
    """What one page weighed."""

    path: str
    sizes: dict[str, float] = field(default_factory=lambda: dict.fromkeys(MOST, 0.0))
    cookies: int = 0
    faults: list[str] = field(default_factory=list)

    def over(self) -> list[str]:
        """Name what is over its budget."""
        return [name for name, most in MOST.items() if self.sizes[name] > most]


def addresses(base: str) -> list[str]:
    """Take one address of every template from the site map."""
    with urlopen(urljoin(base, "/sitemap.xml")) as answer:
        tree = ElementTree.parse(answer)
    found = [element.text or "" for element in tree.iter() if element.tag.endswith("loc")]
    paths = [f"/{url.split('/', 3)[3]}" for url in found]
    one_of_each: dict[tuple[str, int], str] = {}
    for path in paths:
        parts = path.strip("/").split("/")
        key = (parts[0] if parts[0] in PARTS else path, len(parts))
        one_of_each.setdefault(key, path)
    return [*one_of_each.values(), *FIXED]


def weigh(browser: Browser, base: str, path: str, *, axe: bool) -> Weight:
    """Open a page with an empty cache and add up what came."""
    weight = Weight(path)
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(urljoin(base, path), wait_until="networkidle")
    for answer in answers:
        body = answer.body()
        kind = KINDS.get(answer.request.resource_type)
        small = len(gzip.compress(body, 6)) if kind or "svg" in answer.url else len(body)
        weight.sizes["all"] += small / 1024
        weight.sizes["requests"] += 1
        if kind:
            weight.sizes[kind] += small / 1024
    weight.cookies = len(context.cookies())
    if axe:
        from axe_playwright_python.sync_playwright import Axe

        options = {"runOnly": WCAG, "resultTypes": ["violations"]}
        weight.faults = [v["id"] for v in Axe().run(page, options=options).response["violations"]]
    context.close()
    return weight


def main() -> int:
    """Print a line for every template."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--axe", action="store_true", help="let axe look at each page too")
    asked = parser.parse_args()
    print(f"{'page':<44}{'html':>7}{'css':>7}{'js':>7}{'all':>8}{'requests':>10}  (KB gz)")
    wrong = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for path in addresses(asked.base):
            weight = weigh(browser, asked.base, path, axe=asked.axe)
            numbers = "".join(
                f"{weight.sizes[n]:>{w}.1f}"
                for n, w in (("html", 7), ("css", 7), ("js", 7), ("all", 8))
            )
            faults = [*weight.over(), *weight.faults, *["cookie"] * weight.cookies]
            wrong += bool(faults)
            print(f"{path:<44}{numbers}{weight.sizes['requests']:>10.0f}  {' '.join(faults)}")
        browser.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
