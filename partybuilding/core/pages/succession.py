"""A page leads to another document than before: the old one's address leads on to the new one."""

from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from partybuilding.core.pages.texts import documents_by_part


def lead_on(before: Page, after: Page) -> None:
    """Write the redirects for the publication of `after` in the place of `before`.

    A document follows another when a part of the page that led to the one alone of those it lost now
    leads to the other alone of those it won. The redirect is looked up only once the old address
    answers 404, that is: when no other public page leads to the old document.
    """
    now = documents_by_part(after)
    for part, old in documents_by_part(before).items():
        lost, won = old - now.get(part, set()), now.get(part, set()) - old
        if len(lost) == len(won) == 1:
            _redirect(lost.pop(), won.pop())


def _redirect(old: Any, new: Any) -> None:
    facts = {"redirect_link": new.url, "is_permanent": True, "automatically_created": True}
    path = Redirect.normalise_path(old.url)
    Redirect.objects.update_or_create(old_path=path, site=None, defaults=facts)
    # The new one may have been an old one before; nothing leads in a circle.
    Redirect.objects.filter(old_path=Redirect.normalise_path(new.url), site=None).delete()
