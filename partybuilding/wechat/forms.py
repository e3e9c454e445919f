"""The lines of an article that the platform asks for beside its content; they may be shorter than on the site."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.wechat import limits
from partybuilding.wechat.sources import ArticleSource
from partybuilding.wechat.states import Way


class ArticleForm(forms.Form):
    """Title, author and digest, and what is to be done with the article."""

    title = forms.CharField(
        label=pgettext_lazy("wechat", "title of the article"),
        max_length=200,
        error_messages={"required": _("Give the article a title.")},
    )
    author = forms.CharField(
        label=pgettext_lazy("wechat", "author of the article"), max_length=100, required=False
    )
    digest = forms.CharField(
        label=pgettext_lazy("wechat", "digest of the article"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    way = forms.ChoiceField(choices=Way.choices, widget=forms.HiddenInput, required=False)

    @property
    def fields_given(self) -> dict[str, str]:
        """The lines as they were given."""
        return {name: self.cleaned_data[name] for name in ("title", "author", "digest")}


def lines_of(source: ArticleSource) -> dict[str, Any]:
    """Return the lines to begin with: those of the last article of an unchanged page, else the page's own.

    An author that the platform would refuse is left out; a digest is cut.
    """
    last = source.exports.first()
    if last is not None and source.tells_what(last):
        return {"title": last.title, "author": last.author, "digest": last.digest}
    told = source.manuscript
    digest = told.digest
    if len(digest) > limits.DIGEST:
        digest = f"{digest[: limits.DIGEST - 1]}…"
    author = told.author if len(told.author) <= limits.AUTHOR else ""
    return {"title": told.title, "author": author, "digest": digest}
