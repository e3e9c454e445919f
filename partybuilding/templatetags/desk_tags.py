"""Words and small parts that the staff screens share."""

from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone

from partybuilding.core.machine.wording import bare_label, due_words, holder_words, waiting_words
from partybuilding.organizations.permissions import user_works_on_pages
from partybuilding.projects.models import Partner

register = template.Library()

register.filter("bare_label", bare_label)
register.filter("due_words", due_words)
register.filter("holder_words", holder_words)
register.filter("waiting_words", waiting_words)


@register.filter
def partner_words(partner: Partner) -> str:
    """Name an organization that applies jointly, with its answer, the day and the reason."""
    told = str(partner.get_consent_display())
    if partner.answered_at:
        told += f" {timezone.localdate(partner.answered_at):%Y-%m-%d}"
    if partner.answer_reason:
        told += f"：{partner.answer_reason}"
    return f"{partner}（{told}）"


@register.simple_tag(takes_context=True)
def works_on_pages(context: dict[str, Any]) -> bool:
    """Tell whether pages are part of the user's work."""
    return user_works_on_pages(context["request"].user)


@register.simple_tag
def site_name() -> str:
    """Return the name that the administration bears."""
    return getattr(settings, "WAGTAIL_SITE_NAME", "")
