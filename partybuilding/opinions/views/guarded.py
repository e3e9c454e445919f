"""What the forms of the public share: no account, a token that is asked for in words, a limit per address."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView

from partybuilding.core.access.requests import address_of
from partybuilding.core.answers.wording import worded
from partybuilding.core.pages import PageMeta, front_page_entry, open_to_all, own_address, shortened
from partybuilding.opinions.guards import Limit
from partybuilding.opinions.pages import OpinionIndexPage


class _TokenCheck(CsrfViewMiddleware):
    """The framework's check of a form's token, which says what is wrong instead of answering."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def is_forged(request: HttpRequest) -> bool:
    """Tell whether a form did not come from a page of ours that this browser opened."""
    if request.method != "POST":
        return False
    check = _TokenCheck(lambda _request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, None, (), {}) is not None  # type: ignore[arg-type]


def letterbox_page() -> OpinionIndexPage | None:
    """Return the letterbox's page, when residents can read it."""
    return next(iter(_letterbox()), None)


@worded
def _letterbox() -> QuerySet[OpinionIndexPage]:
    return open_to_all(OpinionIndexPage.objects.order_by("pk"))[:1]


def way_to(title: str, request: HttpRequest) -> list[dict[str, str]]:
    """Return the way back of a screen below the letterbox."""
    page = letterbox_page()
    above = [{"text": page.title, "href": page.get_url(request) or ""}] if page else []
    return [front_page_entry(), *above, {"text": title, "href": ""}]


def meta_of(
    way_back: list[dict[str, str]], request: HttpRequest, description: str, **said: Any
) -> PageMeta:
    """Return what a screen below the letterbox says of itself: it belongs to the letterbox's part."""
    part = way_back[1]["text"] if len(way_back) > 2 else ""
    return PageMeta(
        title=way_back[-1]["text"],
        address=own_address(request.path, request),
        description=shortened(description),
        column=part,
        column_type=str(OpinionIndexPage.column_type) if part else "",
        way_back=tuple(way_back),
        **said,
    )


@method_decorator([csrf_exempt, never_cache], name="dispatch")
class GuardedView(FormView):
    """A form that anybody may send.

    The token is checked here and not by the middleware, so that who comes back to an old page reads a
    sentence above the words that they typed.
    """

    def limit(self) -> Limit:
        """Return how often one address may send it."""
        raise NotImplementedError

    def limit_key(self) -> str:
        """Return what is counted: the address."""
        return address_of(self.request)

    def accepted(self, form: Any) -> HttpResponse:
        """Write what was sent, and answer."""
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whether it came from us."""
        return {**super().get_form_kwargs(), "is_forged": is_forged(self.request)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Accept it, unless too many came from here."""
        wait = self.limit().spend(self.limit_key())
        if not wait:
            return self.accepted(form)
        minutes = -(-wait // 60)
        sentence = _(
            "Many forms have come from your network just now. What you wrote is still here; please "
            "press the button once more in %(minutes)s minutes."
        )
        form.add_error(None, sentence % {"minutes": minutes})
        response = self.render_to_response(self.get_context_data(form=form), status=429)
        response["Retry-After"] = str(wait)
        return response
