"""What of the site's own pages a programme pack takes along: the lead of the front page, and its plain texts.

They travel as words alone: headings, paragraphs and points. A text is taken over as a draft of its page, which
editors look through and hand in as any other; pictures, tables and files stay at home.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import groupby
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.front_page import HomePage
from home.pages import TextPage
from home.starting_texts import TEXTS, StartingText
from home.tree import LEAD
from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.text.characters import clean_line
from partybuilding.core.text.personal_data import findings
from partybuilding.core.types import AnyUser
from partybuilding.core.words.actors import said
from partybuilding.packs.item import Item, of_installation
from partybuilding.planting import add_below

#: A page of a pack that no site begins with: what residents and organisations need to know of the programme.
GUIDE = "guide"
#: The pages that a pack may have, with the texts that they begin with.
PAGES: dict[str, StartingText | None] = {**{text.slug: text for text in TEXTS}, GUIDE: None}
LABELS = {
    **{text.slug: text.title for text in TEXTS},
    GUIDE: gettext_lazy("Guide to the programme"),
}
#: The kinds of rows of a text, by the elements that they are read from.
KINDS = {"h3": "subheading", "p": "paragraph", "ul": "point", "ol": "number"}
LISTS = {"point": "ul", "number": "ol"}
HEADING = "heading"
MOST_ROWS, LONGEST = 200, 2000

#: The front page among the pages that are read.
FRONT = "home"

Pages = dict[str, Any]
Read = Callable[[], Pages]
#: Title, lead, and rows of kind and words.
Said = list[Any]


def items_of_pages() -> Iterator[Item]:
    """Yield an item for the lead of the front page, and one for each plain text.

    The pages are read once for all of them.
    """

    @cache
    def pages() -> Pages:
        texts = TextPage.objects.filter(slug__in=PAGES).select_related("latest_revision")
        front = HomePage.objects.select_related("latest_revision").get()
        return {FRONT: front, **{page.slug: page for page in texts}}

    yield of_installation(
        "pages.home",
        gettext_lazy("Lead sentence of the front page"),
        stands=partial(_lead, pages),
        checked=_checked_lead,
        write=partial(_write_lead, pages),
        words=lambda value: value or _("as it was delivered"),
        may=partial(_may, pages, FRONT),
    )
    for slug in PAGES:
        yield of_installation(
            f"pages.{slug}",
            _("Page: %(title)s") % {"title": LABELS[slug]},
            stands=partial(_stands, pages, slug),
            checked=partial(_checked, pages, slug),
            write=partial(_write, pages, slug),
            words=partial(_words, slug),
            may=partial(_may, pages, slug),
        )


def _newest(page: Any) -> Any:
    """Return a page as its editors have it: what is not published yet counts, too."""
    return page.get_latest_revision_as_object() if page.latest_revision_id else page


# The front page


def _lead(pages: Read) -> str | None:
    lead = _newest(pages()[FRONT]).lead
    return None if lead == said(LEAD) else lead


def _checked_lead(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValidationError(_("This is no text."))
    lead = HomePage._meta.get_field("lead").clean(clean_line(value), None)
    _refuse_persons([lead])
    return None if lead == said(LEAD) else lead


def _write_lead(pages: Read, value: str | None, by: AnyUser) -> None:
    _draft(pages()[FRONT], by, lead=said(LEAD) if value is None else value)


# The plain texts


def _stands(pages: Read, slug: str) -> Said | None:
    page = pages().get(slug)
    if page is None:
        return None
    newest = _newest(page)
    told = [newest.title, newest.lead, [list(row) for row in _rows_of(newest.body)]]
    return None if told == _delivered(slug) else told


def _delivered(slug: str) -> Said | None:
    """Return what a page begins with, with the names of the actors in their places."""
    text = PAGES[slug]
    if text is None:
        return None
    rows: list[list[str]] = []
    for heading, parts in text.parts:
        rows.append([HEADING, heading])
        for part in parts:
            points = [["point", one] for one in part]
            rows.extend([["paragraph", part]] if isinstance(part, str) else points)
    return [text.title, text.lead, [[kind, said(words)] for kind, words in rows]]


def _rows_of(body: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield the words of a body row by row."""
    for block in body:
        if block.block_type == HEADING:
            yield HEADING, clean_line(str(block.value))
        elif block.block_type == "text":
            yield from _rows_in(block.value.source)


def _rows_in(html: str) -> Iterator[tuple[str, str]]:
    for element in BeautifulSoup(html, "html.parser").find_all(KINDS, recursive=False):
        kind = KINDS[element.name]
        for one in element.find_all("li") if kind in LISTS else [element]:
            if words := clean_line(one.get_text()):
                yield kind, words


def _body_of(rows: Iterable[Any]) -> list[dict[str, str]]:
    """Return rows as the blocks of a body; words are words, whatever stands in them."""
    blocks = []
    for is_heading, some in groupby(rows, key=lambda row: row[0] == HEADING):
        if is_heading:
            blocks += [{"type": HEADING, "value": words} for _kind, words in some]
        else:
            blocks.append({"type": "text", "value": "".join(_html(some))})
    return blocks


def _html(rows: Iterable[Any]) -> Iterator[str]:
    tags = {kind: tag for tag, kind in KINDS.items()}
    for kind, some in groupby(rows, key=lambda row: row[0]):
        words = [escape(row[1]) for row in some]
        if kind in LISTS:
            points = "".join(f"<li>{one}</li>" for one in words)
            yield f"<{LISTS[kind]}>{points}</{LISTS[kind]}>"
        else:
            yield from (f"<{tags[kind]}>{one}</{tags[kind]}>" for one in words)


def _checked(pages: Read, slug: str, value: Any) -> Said | None:
    if value is None:
        # A page that no site begins with stays where there is one.
        return None if PAGES[slug] else _stands(pages, slug)
    if not isinstance(value, list) or list(map(type, value)) != [str, str, list]:
        raise ValidationError(_("This is no text."))
    title, lead, rows = value
    known = {HEADING, *KINDS.values()}
    if len(rows) > MOST_ROWS or not rows:
        raise ValidationError(_("This is no list."))
    for row in rows:
        fits = isinstance(row, list) and list(map(type, row)) == [str, str] and row[0] in known
        if not fits or not clean_line(row[1]).strip() or len(row[1]) > LONGEST:
            raise ValidationError(_("A row of this list is not whole."))
    told = [
        TextPage._meta.get_field("title").clean(clean_line(title), None),
        TextPage._meta.get_field("lead").clean(clean_line(lead), None),
        [[kind, clean_line(words)] for kind, words in rows],
    ]
    _refuse_persons([told[0], told[1], *(words for _kind, words in told[2])])
    return None if told == _delivered(slug) else told


def _refuse_persons(texts: Iterable[str]) -> None:
    for found in findings("\n".join(texts)):
        words = _("%(kind)s does not belong into a text for everybody: %(excerpt)s")
        raise ValidationError(words % {"kind": found.kind.label, "excerpt": found.excerpt})


def _write(pages: Read, slug: str, value: Said | None, by: AnyUser) -> None:
    told = _delivered(slug) if value is None else value
    if told is None:
        return
    title, lead, rows = told
    page = pages().get(slug)
    if page is None:
        page = TextPage(title=title, slug=slug, lead=lead, body=_body_of(rows), live=False)
        page = add_below(pages()[FRONT], page)
    _draft(page, by, title=title, lead=lead, body=_body_of(rows))


def _draft(page: Any, by: AnyUser, **texts: Any) -> None:
    """Save a draft of a page in other words; it is published by nobody but its publishers.

    Raises:
        ConditionUnmet: the page is with its reviewers, or locked.
    """
    page.take_turn()
    page = type(page).objects.get(pk=page.pk)
    lock = page.get_lock()
    if lock is not None and lock.for_user(by):
        words = _("“%(title)s” is being reviewed or locked; do not tick it, or take it up later.")
        raise ConditionUnmet([words % {"title": page.title}])
    draft = _newest(page)
    for name, text in texts.items():
        setattr(draft, name, text)
    draft.save_revision(user=by, log_action=True)


def _may(pages: Read, slug: str, user: AnyUser) -> bool:
    page = pages().get(slug)
    if page is None:
        return bool(pages()[FRONT].permissions_for_user(user).can_add_subpage())
    return bool(page.permissions_for_user(user).can_edit())


def _words(slug: str, value: Said | None) -> str:
    if value is None:
        return _("as it was delivered") if PAGES[slug] else _("There is no such page yet.")
    title, lead, rows = value
    return "\n".join([title, lead, *(words for _kind, words in rows)])
