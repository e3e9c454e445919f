"""How an article leaves the site for the official account."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Way(TextChoices):
    """What was done with the article; sending it to readers always stays with people."""

    COPY = "copy", pgettext_lazy("wechat", "Copied")
    ZIP = "zip", _("Taken along as a zip")
    DRAFT = "draft", _("Put into the drafts of the account")
