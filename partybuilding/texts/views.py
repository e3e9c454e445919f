"""The screens of the texts: the list, and the editor with its preview, its versions and the delivered text."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from partybuilding.core.desk.showing import part_asked
from partybuilding.core.files.uploads import Kind
from partybuilding.core.files.uploads.names import CONTENT_TYPES
from partybuilding.core.text.differences import pieces
from partybuilding.organizations.views.frame import KeeperForm, Screen
from partybuilding.texts.models import Text
from partybuilding.texts.permissions import user_can_edit_texts
from partybuilding.texts.register import GROUPS, texts
from partybuilding.texts.selectors import (
    BROKEN,
    Standing,
    body_of,
    standing_of,
    standing_of_all,
    versions_of,
)
from partybuilding.texts.services import faults_of, reset_text, save_text, tidied
from partybuilding.texts.surfaces import surface_of

#: The records that the editor offers to see a text with.
MOST_EXAMPLES = 50


class TextFrame(Screen):
    """A screen for those who word the texts."""

    request: HttpRequest
    header_icon = "edit"

    def allowed(self) -> bool:
        """Let in who words them."""
        return user_can_edit_texts(self.request.user)


class TextList(TextFrame, TemplateView):
    """The texts by group, with what is to be said of each: all, or those that are looked for."""

    template_name = "partybuilding/texts/list.html"
    page_title = gettext_lazy("Letters and messages")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the groups of what is looked for."""
        query, own = self.request.GET.get("q", "").strip(), self.request.GET.get("own") == "1"
        broken = part_asked(self.request, {BROKEN: ""}) == BROKEN
        found = [
            one
            for one in standing_of_all()
            if one.says(query.split()) and (one.is_kept or not own) and (one.faults or not broken)
        ]
        groups = [
            (label, [one for one in found if one.text.group == code])
            for code, label in GROUPS.items()
        ]
        return super().get_context_data(
            groups=groups, query=query, own=own, broken=broken, count=len(found), **kwargs
        )


class TextForm(forms.Form):
    """The words of a text, the record to see it with, and the version that was seen."""

    body = forms.CharField(
        label=gettext_lazy("Wording"),
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "data-text-body": ""}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class OneText(TextFrame):
    """A screen of one text."""

    def find(self) -> None:
        """Find it among those of the rooms."""
        found = texts().get(self.kwargs["code"])
        if found is None:
            raise Http404
        self.text = found

    @cached_property
    def examples(self) -> list[Any]:
        """The records that this user may see it with."""
        return list(self.text.examples(self.request.user)[:MOST_EXAMPLES])

    def drawn(self, body: str, key: str) -> Any:
        """Draw a body with the record that was chosen; with samples when there is none, or none of theirs."""
        chosen = next((one for one in self.examples if str(one.pk) == key), None)
        return self.text.drawn(body, chosen)

    def shown(self, body: str, key: str) -> str:
        """Return what a body looks like, as markup, below what is wrong with it."""
        drawn = self.drawn(tidied(body), key)
        context = {"drawn": drawn, "faults": faults_of(self.text.wording, tidied(body))}
        return render_to_string(surface_of(drawn).template, context)


class TextView(OneText, KeeperForm):
    """Word a text."""

    template_name = "partybuilding/texts/edit.html"
    form_class = TextForm
    submit_label = gettext_lazy("Save the text")

    def crumbs(self) -> list[tuple[str, Any]]:
        """Lead back to the list."""
        return [(reverse("partybuilding:texts"), _("Letters and messages"))]

    def get_page_title(self) -> str:
        """Return the text's name."""
        return str(self.text.name)

    @cached_property
    def standing(self) -> Standing:
        """The text as it stands."""
        return standing_of(self.text)

    @property
    def is_reset(self) -> bool:
        """Whether the button was pressed that goes back to the delivered text."""
        return self.request.POST.get("act") == "reset"

    @property
    def done_label(self) -> str:
        """Say what was done."""
        return (
            _("The delivered text is in use again.") if self.is_reset else _("The text is in use.")
        )

    def get_initial(self) -> dict[str, Any]:
        """Begin with the words in use; with those that are stored where they cannot be used."""
        newest = self.standing.newest
        body = newest.body if newest and self.standing.faults else body_of(self.text.wording)
        return {"body": body, "seen": newest.version if newest else 0}

    def write(self, form: TextForm) -> Text:
        """Save it, or go back to the delivered text."""
        given, by = form.cleaned_data, self.request.user
        if self.is_reset:
            return reset_text(self.text, by=by, seen=given["seen"])
        return save_text(self.text, given["body"], by=by, seen=given["seen"])

    def done_url(self, written: Text) -> str:
        """Stay with the text."""
        return reverse("partybuilding:text", args=[written.code])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Put the preview, the placeholders and the versions beside the editor."""
        context = super().get_context_data(**kwargs)
        form, key = context["form"], self.request.POST.get("example", "")
        if not key and self.examples:
            key = str(self.examples[0].pk)
        body = form["body"].value() or ""
        wording = self.text.wording
        return {
            **context,
            "text": self.text,
            "standing": self.standing,
            "delivered_change": self._delivered_change(),
            "examples": self.examples,
            "chosen": key,
            "shown": self.shown(body, key),
            "editions": [
                (edition.upper() if edition == Kind.PDF else "Word", edition)
                for edition in surface_of(self.drawn("", "")).editions
            ],
            "placeholders": wording.placeholders,
            "versions": list(with_changes(versions_of(wording.code))),
        }

    def _delivered_change(self) -> Any:
        """Compare the delivered text with that of the day when one's own was written."""
        standing = self.standing
        if not standing.is_behind or standing.newest is None:
            return None
        return pieces(standing.newest.delivered, self.text.wording.delivered)


def with_changes(versions: Iterable[Text]) -> Iterable[dict[str, Any]]:
    """Return versions, the newest first, each with what it changed of the one before."""
    rows = list(versions)
    for row, before in zip(rows, [*rows[1:], None], strict=False):
        old, new = pieces(before.body if before else row.delivered, row.body)
        yield {"row": row, "before": old, "after": new, "changed": old != new}


class TextPreview(OneText, View):
    """What is being typed, as it will look."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Draw it."""
        given = request.POST
        return HttpResponse(self.shown(given.get("body", ""), given.get("example", "")))


class TextEdition(OneText, View):
    """What is being typed, as a file."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, code: str, edition: str) -> HttpResponse:
        """Make the file; a body that cannot be saved has none."""
        body = tidied(request.POST.get("body", ""))
        drawn = self.drawn(body, request.POST.get("example", ""))
        make = surface_of(drawn).editions.get(edition)
        if make is None or self.text.wording.faults(body):
            raise Http404
        response = HttpResponse(make(drawn), content_type=CONTENT_TYPES[Kind(edition)])
        response["Content-Disposition"] = (
            content_disposition_header(False, f"{code}.{edition}") or ""
        )
        response["Cache-Control"] = "private, no-store"
        return response
