"""公众号: the article of a page as WeChat shows it, its lines and counters, and the ways in which it leaves."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.machine.refusals import Refusal
from partybuilding.wechat.bundle import bundle
from partybuilding.wechat.client import is_connected
from partybuilding.wechat.forms import ArticleForm, lines_of
from partybuilding.wechat.layout import plain_text
from partybuilding.wechat.limits import counts_of
from partybuilding.wechat.models import WechatExport
from partybuilding.wechat.permissions import user_can_make_articles
from partybuilding.wechat.services import push_draft, record_export
from partybuilding.wechat.sources import (
    ArticleSource,
    on_site,
    source_of_page,
    source_of_results,
)
from partybuilding.wechat.states import Way

#: How many exports the screen lists.
RECENT = 10


class ArticleView(WagtailAdminTemplateMixin, FormView):
    """One article; for all but those who make articles there is no such screen."""

    form_class = ArticleForm
    template_name = "partybuilding/wechat/article.html"
    header_icon = "mobile-alt"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find what is told."""
        super().setup(request, *args, **kwargs)
        if not user_can_make_articles(request.user):
            raise Http404
        try:
            self.source = self.find()
        except LookupError as error:
            raise Http404 from error

    def find(self) -> ArticleSource:
        """Find the page or the results."""
        raise NotImplementedError

    def get_page_title(self) -> str:
        """Name the article."""
        return _("Official account: %(title)s") % {"title": self.source.manuscript.title}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the page, or to what left before."""
        above = {"url": reverse("party_wechat_modeladmin_index"), "label": _("Official account")}
        page = self.source.page
        if page is not None:
            url = reverse("wagtailadmin_pages:edit", args=[page.pk])
            above = {"url": url, "label": page.title}
        return [*self.breadcrumbs_items, above, {"url": "", "label": pgettext("wechat", "Article")}]

    def get_initial(self) -> dict[str, Any]:
        """Begin with the lines of the page."""
        return lines_of(self.source)

    @cached_property
    def html(self) -> str:
        """The content as it is copied."""
        return self.source.html(on_site)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the preview, the counters, and what left before."""
        told = super().get_context_data(**kwargs)
        form = told["form"]
        lines = {name: str(form[name].value() or "") for name in ("title", "author", "digest")}
        counts = counts_of(**lines, html=self.html)
        exports = list(self.source.exports[:RECENT])
        # In the frame pictures come from this very host, whatever the site is called outside.
        shown = self.source.html(lambda cut: cut.url)
        return {
            **told,
            "source": self.source,
            "counts": {one.name: one for one in counts},
            "is_too_long": any(one.is_over for one in counts if one.name == "content"),
            "html": self.html,
            "plain": plain_text(self.html),
            "preview": render_to_string(
                "partybuilding/wechat/preview.html", {"html": shown, **lines}
            ),
            "exports": exports,
            "differs": bool(exports) and not self.source.tells_what(exports[0]),
            "is_connected": is_connected(),
        }

    def form_valid(self, form: ArticleForm) -> HttpResponse:
        """Let the article leave in the way that was chosen, or say why not; nothing typed is lost."""
        leave = {Way.COPY: self.copied, Way.ZIP: self.taken_along, Way.DRAFT: self.drafted}
        way = form.cleaned_data["way"] or Way.ZIP
        try:
            return leave[Way(way)](form.fields_given)
        except Refusal as refusal:
            if way == Way.COPY:
                return JsonResponse({"error": str(refusal)}, status=409)
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.form_invalid(form)

    def form_invalid(self, form: ArticleForm) -> HttpResponse:
        """Show the faults; to the script it is enough to say them."""
        if form.data.get("way") == Way.COPY:
            said = " ".join(str(one) for faults in form.errors.values() for one in faults)
            return JsonResponse({"error": said}, status=409)
        return super().form_invalid(form)

    def copied(self, fields: dict[str, str]) -> HttpResponse:
        """Write down that the browser copied it."""
        export = record_export(self.source, fields, Way.COPY, by=self.request.user)
        return JsonResponse({"row": self._row(export)})

    def _row(self, export: WechatExport) -> str:
        return render_to_string("partybuilding/wechat/export.html", {"export": export})

    def taken_along(self, fields: dict[str, str]) -> HttpResponse:
        """Return the zip."""
        record_export(self.source, fields, Way.ZIP, by=self.request.user)
        response = HttpResponse(bundle(self.source, fields), content_type="application/zip")
        name = f"{fields['title']}.zip"
        response["Content-Disposition"] = content_disposition_header(True, name) or ""
        response["Cache-Control"] = "private, no-store"
        return response

    def drafted(self, fields: dict[str, str]) -> HttpResponse:
        """Put it into the drafts and say where it is now."""
        if not is_connected():
            raise Http404
        push_draft(self.source, fields, by=self.request.user)
        words = _(
            "The article is among the drafts of the account. Look at it there; people send it."
        )
        messages.success(self.request, words)
        return redirect(self.source.screen)


class PageArticleView(ArticleView):
    """The article of a page."""

    def find(self) -> ArticleSource:
        """Find the page."""
        return source_of_page(self.kwargs["pk"])


class ResultsArticleView(ArticleView):
    """The article of the results of a year."""

    def find(self) -> ArticleSource:
        """Find the public results."""
        return source_of_results(self.kwargs["year"])
