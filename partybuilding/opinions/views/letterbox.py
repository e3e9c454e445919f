"""The letterbox: write an opinion, note the receipt."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView

from partybuilding.core.access.requests import address_of
from partybuilding.core.machine.registry import Refusal
from partybuilding.core.pages import PageMeta, front_page_entry, open_to_all, own_address, shortened
from partybuilding.opinions.forms import OpinionForm
from partybuilding.opinions.guards import Limit, sending
from partybuilding.opinions.pages import OpinionIndexPage
from partybuilding.opinions.receipts import Target, target_of, written
from partybuilding.opinions.services import Receipt, receive
from partybuilding.opinions.services.receiving import newest_cycle


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
    return check.process_view(request, None, (), {}) is not None


def letterbox_page() -> OpinionIndexPage | None:
    """Return the letterbox's page, when residents can read it."""
    return open_to_all(OpinionIndexPage.objects.all()).first()


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


class LetterboxView(GuardedView):
    """The form of an opinion, about whatever the address says; afterwards the receipt, once."""

    form_class = OpinionForm
    template_name = "partybuilding/opinions/letterbox.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the page whose place this is, and what is written about."""
        super().setup(request, *args, **kwargs)
        self.page = self._page()
        self.target = target_of(request.GET)

    @staticmethod
    def _page() -> OpinionIndexPage:
        page = letterbox_page()
        if page is None:
            raise Http404
        return page

    @cached_property
    def cycle(self) -> Any:
        """The year whose rules say how long it takes."""
        return self.target.project.cycle if self.target.project else newest_cycle()

    def limit(self) -> Limit:
        """Return how many opinions one address may send."""
        return sending()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whether it is known what it is about."""
        return {**super().get_form_kwargs(), "is_aimed": self.target.project is not None}

    def accepted(self, form: OpinionForm) -> HttpResponse:
        """Write it down and show the receipt."""
        given = form.cleaned_data
        target = self.target
        if given.get("about"):
            target = target_of({"project": given["about"]})
        try:
            receipt = receive(
                text=given["text"],
                contact=given["contact"],
                nonce=form.nonce,
                project=target.project,
                commitment=target.commitment,
            )
        except Refusal as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)
        return self.show(receipt, target)

    def show(self, receipt: Receipt, target: Target) -> HttpResponse:
        """Show number and code, and what happens now."""
        self.template_name = "partybuilding/opinions/receipt.html"
        opinion = receipt.opinion
        words = {
            "accept": date_format(opinion.accept_by, "DATE_FORMAT"),
            "answer": date_format(opinion.answer_by, "DATE_FORMAT"),
        }
        back = target.page.get_url(self.request) if target.page else reverse("opinion_replies")
        context = self.get_context_data(
            form=None,
            number=opinion.number,
            code=written(receipt.code),
            next=[
                _("By %(accept)s we tell you whether it is taken up.") % words,
                _("By %(answer)s you get an answer; both count working days only.") % words,
                _("Look it up with both numbers; without them nobody can, not even we."),
            ],
            buttons=[
                {"text": _("Look up my opinion"), "href": reverse("opinion_lookup")},
                {
                    "text": _("Back to the project") if target.page else _("Published answers"),
                    "href": back,
                    "tone": "secondary",
                },
            ],
        )
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page, and what is written about; how long it takes, the form asks of `view.cycle`."""
        return {
            **self.page.get_context(self.request),
            **super().get_context_data(**kwargs),
            "target": self.target,
        }
