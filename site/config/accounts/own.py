"""One's own account in the CMS: name and mail address are shown, and changed by administrators only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import AccountView, BaseSettingsPanel, NameEmailSettingsPanel


class NameShown(forms.Form):
    """Who one is; whatever is sent is not taken."""

    name = forms.CharField(
        label=_("name in full"),
        required=False,
        disabled=True,
        help_text=_("Names and mail addresses are changed by administrators."),
    )
    email = forms.CharField(label=_("Email address"), required=False, disabled=True)

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        initial = {"name": instance.get_full_name(), "email": instance.email}
        super().__init__(*args, **{**kwargs, "initial": initial})

    def save(self) -> None:
        """Write nothing."""


class NamePanel(BaseSettingsPanel):
    """The panel of name and mail address, to be read only."""

    name = "name_email"
    order = 100
    title = _("Name and email")
    form_class = NameShown


class OwnAccountView(AccountView):
    """Wagtail's screen of one's account with that panel."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        """Put the read-only panel in the place of the one that renames."""
        return [
            NamePanel(self.request, self.request.user, panel.profile)
            if isinstance(panel, NameEmailSettingsPanel)
            else panel
            for panel in super().get_panels()
        ]
