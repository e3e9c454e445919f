"""What is done with a person's account: a new password, kept out, let in again."""

from typing import Any

from django.forms import Form
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.organizations import services
from partybuilding.organizations.forms import PasswordForm
from partybuilding.organizations.views.frame import KeeperForm
from partybuilding.organizations.views.people import PersonFrame


class PasswordView(PersonFrame, KeeperForm):
    """A new password."""

    form_class = PasswordForm
    page_title = gettext_lazy("Set a new password")
    done_label = gettext_lazy("The new password holds from now on; please tell the person.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose it is."""
        return {**super().get_form_kwargs(), "person": self.person}

    def write(self, form: PasswordForm) -> None:
        """Set it."""
        password = form.cleaned_data["password"]
        services.set_password(self.person, password, by=self.request.user)


class AccountStepView(PersonFrame, KeeperForm):
    """Keep a person out, or let them in again; asked back first."""

    template_name = "partybuilding/organizations/account_step.html"
    form_class = Form
    STEPS = {
        "deactivate": (gettext_lazy("Deactivate the account"), services.deactivate_account),
        "reactivate": (gettext_lazy("Reactivate the account"), services.reactivate_account),
    }

    def find(self) -> None:
        """Find the person, and whether the step fits how the account stands."""
        super().find()
        self.step = self.kwargs["step"]
        if self.step not in self.STEPS or (self.step == "reactivate") == self.person.is_active:
            raise Http404

    def get_page_title(self) -> str:
        """Name the step."""
        return str(self.STEPS[self.step][0])

    @property
    def submit_label(self) -> str:
        """Repeat the step on its button."""
        return _("Confirm: %(step)s") % {"step": self.get_page_title()}

    @property
    def done_label(self) -> str:
        """Say what was done."""
        return _("“%(step)s” done: %(name)s.") % {"step": self.get_page_title(), "name": self.name}

    def write(self, form: Form) -> Any:
        """Take the step."""
        return self.STEPS[self.step][1](self.person, by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the step."""
        return super().get_context_data(step=self.step, **kwargs)
