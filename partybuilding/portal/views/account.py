"""Come in, go out, change the password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy

from partybuilding.organizations.security import PASSWORD_DUE
from partybuilding.portal import typed_text
from partybuilding.portal.access import home_of, portal_view
from partybuilding.portal.frame import show


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

    next_page = reverse_lazy("portal:login")  # type: ignore[assignment]


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
