"""The lines of words that are taken over at once."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WordsForm(forms.Form):
    """Words to add, one a line."""

    lines = forms.CharField(
        label=_("Words, one a line"),
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "Word | better word | reason. The last two may be left out; columns copied from a "
            "spreadsheet work too. A word that stands in the list already is written anew."
        ),
        error_messages={"required": _("Write one word a line.")},
    )
