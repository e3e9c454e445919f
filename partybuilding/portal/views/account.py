"""Come in, go out, change the password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from partybuilding.core.models import Notice
from partybuilding.core.services import mark_read
from partybuilding.organizations.security import PASSWORD_DUE
from partybuilding.portal import typed_text
from partybuilding.portal.frame import MESSAGES, home_of, portal_view, show
from partybuilding.portal.services import mark_all_read
from partybuilding.portal.views.application import page_of


class Login(LoginView):
    """Sign in (django-axes counts failures), and go where the person belongs."""

    template_name = "partybuilding/portal/login.html"
    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        """Lead applicants and experts to the portal, other staff to the admin."""
        return home_of(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Carry along what was typed when the session ran out."""
        sealed = self.request.POST.get("kept", "")
        return super().get_context_data(**kwargs) | {"kept": sealed, "expired": bool(sealed)}

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in, and put by what was typed for the page it belongs to."""
        response = super().form_valid(form)
        if sealed := self.request.POST.get("kept", ""):
            typed_text.put_by(self.request, sealed)
        return response


class Logout(LogoutView):
    """Sign out, by POST alone."""

    next_page = reverse_lazy("portal:login")


class NewPasswordForm(PasswordChangeForm):
    """Another password than the present one."""

    def clean(self) -> dict[str, Any]:
        """Refuse the old one: whoever set it still knows it."""
        cleaned = super().clean() or {}
        new = cleaned.get("new_password1")
        if new and new == cleaned.get("old_password"):
            self.add_error(
                "new_password1", gettext_lazy("Choose another password than the present one.")
            )
        return cleaned


class PasswordChange(PasswordChangeView):
    """Change one's own password."""

    form_class = NewPasswordForm
    template_name = "partybuilding/portal/password.html"
    success_url = reverse_lazy("portal:home")

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it, and say so."""
        messages.success(self.request, gettext_lazy("Your password has been changed."))
        return super().form_valid(form)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Draw the form inside the portal's frame."""
        is_due = PASSWORD_DUE in self.request.session
        return show(self.request, "password.html", {"form": context["form"], "is_due": is_due})


password_change = portal_view(everybody=True)(PasswordChange.as_view())


PER_PAGE = 20


@portal_view(everybody=True)
def inbox(request: HttpRequest) -> HttpResponse:
    """List the notices; mark all as read by POST."""
    told = Notice.objects.to(request.user)
    if request.method == "POST":
        mark_all_read(request.user)
        messages.success(request, _("All messages are marked as read."))
        return redirect("portal:messages")
    unread_first = told.order_by(F("read_at").asc(nulls_first=True), "-created_at", "-pk")
    ordered = told.order_by("-created_at", "-pk") if not told.unread().exists() else unread_first
    page = Paginator(ordered, PER_PAGE).get_page(page_of(request))
    context = {"page": page}
    return show(request, "messages.html", context, part=MESSAGES)


@require_safe
@portal_view(everybody=True)
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one notice with the way to what it tells of; it counts as read from now on."""
    notice = mark_read(get_object_or_404(Notice.objects.to(request.user), pk=pk))
    words = pgettext("portal", "Messages")
    way = [{"text": words, "href": reverse("portal:messages")}, {"text": notice.subject}]
    context = {"notice": notice, "trail": way}
    return show(request, "message.html", context, part=MESSAGES)
