"""The digest of the week in the CMS, for those who make articles."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from partybuilding.core.desk.menu import StaffMenuItem
from partybuilding.following.digest import digest_source
from partybuilding.wechat.permissions import user_can_make_articles
from partybuilding.wechat.sources import ArticleSource
from partybuilding.wechat.views import ArticleView


class DigestView(ArticleView):
    """The article of the week."""

    def find(self) -> ArticleSource:
        """Read the week; of a quiet one `dispatch` says so."""
        self.is_quiet = False
        try:
            return digest_source()
        except LookupError:
            self.is_quiet = True
            return None  # type: ignore[return-value]  # nothing is shown of it

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say of a week without anything new that there is nothing to tell."""
        if self.is_quiet:
            messages.info(request, _("Nothing became public in the last seven days."))
            return redirect(reverse("party_wechat_modeladmin_index"))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]


DIGEST = StaffMenuItem(
    gettext_lazy("Digest of the week"),
    reverse_lazy("partybuilding:wechat_digest"),
    name="wechat-digest",
    icon_name="calendar",
    order=75,
    may=user_can_make_articles,
)
