"""What the screens of the registers share: who may come in, the links above, refusals in the form."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from partybuilding.core.machine.refusals import Refusal
from partybuilding.organizations.permissions import user_can_keep_registers

Crumb = tuple[str, Any]


class Screen(WagtailAdminTemplateMixin):
    """A screen of the registers; for whom it is not, it does not exist."""

    def allowed(self) -> bool:
        """Tell whether this user may come in; asked once what is shown was found."""
        return user_can_keep_registers(self.request.user)

    def find(self) -> None:
        """Find what is shown, in the scope of the user."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let in whom it is for."""
        self.find()
        if not self.allowed():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def crumbs(self) -> list[Crumb]:
        """Return the screens that lead here, as addresses with their names."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the register."""
        above = [{"url": url, "label": str(label)} for url, label in self.crumbs()]
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell the template where "back" leads, and whether the user keeps the registers."""
        back = self.crumbs()[-1][0] if self.crumbs() else ""
        keeper = user_can_keep_registers(self.request.user)
        return super().get_context_data(back=back, keeper=keeper, **kwargs)


class KeeperForm(Screen, FormView):
    """A form that calls one service; what the service refuses is said in the form."""

    template_name = "partybuilding/organizations/form.html"
    submit_label: Any = ""
    done_label: Any = ""

    def write(self, form: Any) -> Any:
        """Call the service; what it returns is handed to `done_url`."""
        raise NotImplementedError

    def done_url(self, written: Any) -> str:
        """Return where it goes on."""
        return self.crumbs()[-1][0]

    def form_valid(self, form: Any) -> HttpResponse:
        """Write, or say why not; nothing typed is lost."""
        written = attempt(form, lambda: self.write(form))
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, self.done_label)
        return redirect(self.done_url(written))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the button."""
        label = self.submit_label or _("Save entry")
        return super().get_context_data(submit_label=label, **kwargs)


def attempt(form: Any, write: Callable[[], Any]) -> Any:
    """Call a service and put what it refuses into a form."""
    try:
        return write()
    except Refusal as refusal:
        for sentence in refusal.sentences:
            form.add_error(None, sentence)
    return None
