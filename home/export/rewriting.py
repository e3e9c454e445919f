"""Pages and style sheets with other links: every byte stays as it was but for links, forms and what is added."""

import re
from collections.abc import Callable
from html import escape
from html.parser import HTMLParser

Link = Callable[[str], str]
Attributes = list[tuple[str, str | None]]
ADDRESSES = ("href", "src", "poster", "xlink:href", "data")
_STEP = re.compile(r"\s*([^\s,]+)([^,]*)")
_IN_STYLE = re.compile(r"""(url\(\s*["']?|@import\s+["'])([^"')\s]+)""")


def css(text: str, link: Link) -> str:
    """Return a style sheet with its links led through `link`."""
    return _IN_STYLE.sub(lambda found: f"{found[1]}{link(found[2])}", text)


def srcset(value: str, link: Link) -> str:
    """Return the sources of a picture, led through `link`."""
    steps = (_STEP.match(step) for step in value.split(","))
    return ", ".join(f"{link(found[1])}{found[2].rstrip()}" for found in steps if found)


class Page(HTMLParser):
    """A page as it is written into the folder.

    Args:
        link: leads a link on; what it returns is written.
        form: what stands in the place of a form with that action and method.
        policy: the content security policy, for a meta element.
        note: stands first in the main part.
    """

    def __init__(
        self, link: Link, form: Callable[[str, str], str], policy: str = "", note: str = ""
    ) -> None:
        super().__init__(convert_charrefs=False)
        self._link, self._form, self._policy, self._note = link, form, policy, note
        self._written: list[str] = []
        self._in_form = False

    @classmethod
    def rewritten(cls, text: str, *told: object) -> str:
        """Return a page with everything led on."""
        page = cls(*told)  # type: ignore[arg-type]
        page.feed(text)
        page.close()
        return "".join(page._written)

    def _write(self, text: str) -> None:
        if not self._in_form:
            self._written.append(text)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Write an element's beginning; a form is left out up to its end."""
        if tag == "form":
            told = dict(attrs)
            self._write(self._form(told.get("action") or "", (told.get("method") or "get").lower()))
            self._in_form = True
            return
        self._write(self._tag(tag, attrs))
        if tag == "meta" and self._policy and any(name == "charset" for name, _value in attrs):
            policy = escape(self._policy)
            self._write(f'\n        <meta http-equiv="Content-Security-Policy" content="{policy}">')
        if tag == "main":
            self._write(self._note)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """Write an element that ends where it begins."""
        self._write(self._tag(tag, attrs))

    def _tag(self, tag: str, attrs: Attributes) -> str:
        raw = self.get_starttag_text() or ""
        changed = [(name, self._led(tag, name, value, attrs)) for name, value in attrs]
        if changed == attrs:
            return raw
        end = "/>" if raw.endswith("/>") else ">"
        told = (name if value is None else f'{name}="{escape(value)}"' for name, value in changed)
        return f"<{' '.join([tag, *told])}{end}"

    def _led(self, tag: str, name: str, value: str | None, attrs: Attributes) -> str | None:
        """Return the value of an attribute; the one address of a page stays what it is."""
        if not value or (tag == "link" and ("rel", "canonical") in attrs):
            return value
        if name in ADDRESSES:
            return self._link(value)
        if name in ("srcset", "imagesrcset"):
            return srcset(value, self._link)
        return css(value, self._link) if name == "style" else value

    def handle_endtag(self, tag: str) -> None:
        """Write an element's end; the end of a form ends what is left out."""
        if tag == "form":
            self._in_form = False
        else:
            self._write(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Write text."""
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        """Write a named character."""
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Write a numbered character."""
        self._write(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Write a comment."""
        self._write(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """Write the kind of document."""
        self._write(f"<!{decl}>")
