"""The page of terms that residents read."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from partybuilding.core.pages import FRESH_SECONDS, PageMeta, front_page_entry, own_address
from partybuilding.terms.selectors import terms_of


@require_safe
@cache_control(public=True, max_age=FRESH_SECONDS, must_revalidate=True)
def glossary(request: HttpRequest) -> HttpResponse:
    """Show every term with what it means."""
    title = _("Terms explained")
    way_back = [front_page_entry(), {"text": title, "href": ""}]
    terms = [
        {"word": word, "plain": plain, "more": more} for word, plain, more in terms_of(request)
    ]
    meta = PageMeta(
        title=title,
        address=own_address(request.path, request),
        description=_("What the words of the offices mean, one line each."),
        column=title,
        column_type="",
        way_back=tuple(way_back),
    )
    context = {"terms": terms, "way_back": way_back, "page_meta": meta}
    return TemplateResponse(request, "partybuilding/terms/glossary.html", context)
