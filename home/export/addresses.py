"""From addresses to files: where an address of the site lies in the folder, and how one file leads to another. Pure."""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

#: What only changes the look of a page; the script of the page sees to it.
LOOK = "view"


@dataclass(frozen=True)
class Inner:
    """An address of the site, below the path under which the site lives.

    Args:
        path: as a browser writes it, from the site's own root.
        query: without what only changes the look.
        look: what does.
    """

    path: str
    query: str = ""
    look: str = ""
    fragment: str = ""

    @property
    def address(self) -> str:
        """What is asked of the site."""
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def page(self) -> int:
        """The number of the page of a list that it asks for; 1 where it does not."""
        number = dict(parse_qsl(self.query)).get("page", "")
        return int(number) if number.isascii() and number.isdigit() else 1

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for some of a list, which only the site online can answer."""
        return self.is_folder and any(name != "page" for name, _value in parse_qsl(self.query))

    @property
    def is_folder(self) -> bool:
        """Whether it is a page rather than a file."""
        return self.path.endswith("/")

    @property
    def file(self) -> str:
        """Where it lies in the folder."""
        path = unquote(self.path).lstrip("/")
        if self.is_folder:
            return f"{path}page/{self.page}/index.html" if self.page > 1 else f"{path}index.html"
        if not self.query:
            return path
        stem, ending = posixpath.splitext(path)
        return f"{stem}.{re.sub(r'[^0-9A-Za-z]+', '-', unquote(self.query)).strip('-')}{ending}"


@dataclass(frozen=True)
class Site:
    """Where the site is found.

    Args:
        origin: scheme and host, without a path.
        prefixes: the paths below which its addresses may begin, the folder's own first.
    """

    origin: str
    prefixes: tuple[str, ...] = ("",)

    def inner(self, href: str, base: str = "/") -> Inner | None:
        """Return the address that a link on a page leads to; None for what lies elsewhere.

        Args:
            base: the address of the page, below the prefix.
        """
        parts = urlsplit(urljoin(f"{self.origin}{self.prefixes[0]}{base}", href.strip()))
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            return None
        for prefix in self.prefixes:
            if parts.path.startswith(f"{prefix}/"):
                said = parse_qsl(parts.query, keep_blank_values=True)
                kept = [pair for pair in said if pair[0] != LOOK and pair != ("page", "1")]
                look = [pair for pair in said if pair[0] == LOOK]
                path = parts.path.removeprefix(prefix)
                return Inner(path, urlencode(kept), urlencode(look), parts.fragment)
        return None

    def online(self, inner: Inner) -> str:
        """Return where an address of the site is found online."""
        fragment = f"#{inner.fragment}" if inner.fragment else ""
        return f"{self.origin}{self.prefixes[-1]}{inner.address}{fragment}"


def relative(source: str, target: Inner) -> str:
    """Return the link from one file of the folder to another."""
    path = quote(posixpath.relpath(target.file, posixpath.dirname(source) or "."))
    look = f"?{target.look}" if target.look else ""
    fragment = f"#{target.fragment}" if target.fragment else ""
    return f"{path}{look}{fragment}"
