"""The letterbox: write an opinion, note the receipt."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import Refusal
from partybuilding.opinions.forms import OpinionForm
from partybuilding.opinions.guards import Limit, sending
from partybuilding.opinions.pages import OpinionIndexPage
from partybuilding.opinions.receipts import written
from partybuilding.opinions.services import Receipt, receive
from partybuilding.opinions.services.receiving import newest_cycle
from partybuilding.opinions.targets import Target, target_of
from partybuilding.opinions.texts import RECEIPT
from partybuilding.opinions.views.guarded import GuardedView, letterbox_page
from partybuilding.texts.selectors import message_in_use


def _about(target: Target, text: str) -> str:
    """Return what somebody wrote; of a page that is no project's, its address stands above."""
    if not target.at:
        return text
    page = _("On the page %(address)s") % {"address": target.at}
    return f"{page}\n{text}"


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
        return {**super().get_form_kwargs(), "is_aimed": self.is_aimed}

    @property
    def is_aimed(self) -> bool:
        """Whether the way here says what is written about."""
        return bool(self.target.project or self.target.at)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the opinion, or show the projects that were asked for, with everything that was typed."""
        if "look" not in request.POST:
            return super().post(request, *args, **kwargs)
        typed = request.POST.dict()
        form = OpinionForm(initial=typed, is_aimed=self.is_aimed)
        form.initial["stamp"] = typed.get("stamp", "")
        return self.render_to_response(self.get_context_data(form=form))

    def accepted(self, form: OpinionForm) -> HttpResponse:
        """Write it down and show the receipt."""
        given = form.cleaned_data
        target = self.target
        if given.get("about"):
            target = target_of({"project": given["about"]})
        try:
            receipt = receive(
                text=_about(target, given["text"]),
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
        days = {
            "受理告知日": date_format(opinion.accept_by, "DATE_FORMAT"),
            "答复日": date_format(opinion.answer_by, "DATE_FORMAT"),
        }
        message = message_in_use(RECEIPT, days)
        keep, *following = message.body.split("\n")
        back = target.page.get_url(self.request) if target.page else reverse("opinion_replies")
        context = self.get_context_data(
            form=None,
            number=opinion.number,
            code=written(receipt.code),
            title=message.subject,
            text=keep,
            next=following,
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
