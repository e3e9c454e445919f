"""Name, in words that can be translated, the fields and columns that Wagtail labels in bare English."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import choosers
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.workflows import WorkflowContentTypeForm, WorkflowPageForm
from wagtail.sites.views import IndexView
from wagtail.users.views.bulk_actions.assign_role import RoleForm

LINK_TEXT = {"link_text": _("Link text")}
FIELDS = {
    LoginForm: {"password": _("Password")},
    choosers.ExternalLinkChooserForm: LINK_TEXT,
    choosers.AnchorLinkChooserForm: LINK_TEXT,
    choosers.EmailLinkChooserForm: LINK_TEXT
    | {"email_address": _("Email address"), "subject": _("Mail subject"), "body": _("Mail text")},
    choosers.PhoneLinkChooserForm: LINK_TEXT | {"phone_number": _("Phone number")},
    RoleForm: {"role": _("Roles")},
    WorkflowPageForm: {"page": _("Page")},
    WorkflowContentTypeForm: {"content_types": _("Snippets")},
}
SITE_COLUMNS = {"port": _("port"), "site_name": _("site name"), "root_page": _("root page")}


def label_in_chinese() -> None:
    """Give every field and column its label."""
    for form, labels in FIELDS.items():
        for name, label in labels.items():
            form.base_fields[name].label = label
    for column in IndexView.columns:
        column.label = SITE_COLUMNS.get(column.name, column.label)
