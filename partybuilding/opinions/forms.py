"""The forms of the public: an opinion, a look-up, an appraisal."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from partybuilding.core.pages.widgets import Picker
from partybuilding.core.pages.words import QUERY_LENGTH
from partybuilding.core.text.validators import has_words
from partybuilding.opinions.guards import Age, new_stamp, read_stamp
from partybuilding.opinions.models import CONTACT_LENGTH, TEXT_LENGTH
from partybuilding.opinions.questions import QUESTIONS
from partybuilding.opinions.receipts import CODE_DIGITS, as_code, as_number
from partybuilding.opinions.targets import offered, target_of

SAID_OF_AGE = {
    Age.TOO_YOUNG: _("That was very quick. Please wait a moment and press the button once more."),
    Age.TOO_OLD: _("The page was open for a long time. Please press the button once more."),
    Age.FORGED: _("The page was open for a long time. Please press the button once more."),
}


class GuardedForm(forms.Form):
    """A form of the public: stamped when it was opened, with a field that only machines fill in.

    Whoever stumbles over a guard reads what to do, and nothing that was typed is lost.
    """

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    homepage = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, is_forged: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_forged = is_forged
        self.nonce = ""
        if not self.is_bound:
            self.initial["stamp"] = new_stamp()

    @property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return [field for field in self.visible_fields() if field.name != "homepage"]

    def clean(self) -> dict[str, Any]:
        """Ask the guards; a form that they hold back is stamped anew, so that sending it again works."""
        given = super().clean() or {}
        stamp = read_stamp(self.data.get("stamp", ""))
        self.nonce = stamp.nonce
        if self.errors:
            return given
        if given.get("homepage"):
            self._renew(homepage="")
            self.add_error(None, _("Please press the button once more."))
        elif stamp.age != Age.FIT or self.is_forged:
            if stamp.age != Age.TOO_YOUNG:
                self._renew(stamp=new_stamp())
            self.add_error(None, SAID_OF_AGE.get(stamp.age, SAID_OF_AGE[Age.FORGED]))
        return given

    def _renew(self, **values: str) -> None:
        data: Any = self.data
        self.data = data = data.copy()
        for name, value in values.items():
            data[name] = value


class OpinionForm(GuardedForm):
    """What a resident writes; asks what it is about only when the way here did not say it.

    Which projects there are is read when they are shown: most of a flood never comes to that.
    """

    find = forms.CharField(
        label=_("Which project is it about?"),
        required=False,
        max_length=QUERY_LENGTH,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search"}),
        help_text=_(
            "Part of its title, its number or who carries it out; then press the button. Leave it "
            "empty when you mean the programme as a whole."
        ),
    )
    about = forms.CharField(
        label=_("Which project is it about?"), required=False, widget=forms.Select
    )
    text = forms.CharField(
        label=_("Your opinion"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Say what it is about, where and when. No name is needed; please leave out numbers of "
            "identity cards and telephones."
        ),
        error_messages={
            "required": _("Please write your opinion."),
            "max_length": _("At most %(limit_value)d characters; you wrote %(show_value)d."),
        },
    )
    contact = forms.CharField(
        label=_("How can we reach you?"),
        required=False,
        max_length=CONTACT_LENGTH,
        help_text=_(
            "Only if you want to be called back. Only those who handle your opinion see it, and it is "
            "deleted after the answer."
        ),
        error_messages={"max_length": _("At most %(limit_value)d characters.")},
    )

    def __init__(self, *args: Any, is_aimed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_aimed:
            del self.fields["find"], self.fields["about"]
        for name in ("text", "contact"):
            self.fields[name].widget.attrs.pop("maxlength", None)

    @cached_property
    def shown_fields(self) -> list[forms.BoundField]:
        """The fields that people see: one list of all projects, or a search where there are too many."""
        fields = super().shown_fields
        if "about" not in self.fields:
            return fields
        find, about = self["find"], self["about"]
        typed = str(find.value() or "").strip()
        offer = offered(typed, str(about.value() or ""))
        rows = [("", _("None in particular: the programme as a whole")), *offer.rows]
        if offer.is_whole:
            about.field.widget = Picker(choices=rows)
            return [field for field in fields if field.name != "find"]
        about.field.widget = forms.RadioSelect(choices=rows)
        about.label = str(_("Projects found"))
        if offer.is_cut:
            more = _("There are more; one more word in the line above narrows them.")
            about.help_text = str(more)
        if typed and not offer.rows:
            nothing = _(
                "No project that takes opinions is called that. Try a shorter part of its title, or the "
                "name of the village, community or organization."
            )
            find.help_text = str(nothing)
        is_asked = offer.rows or about.errors
        return [field for field in fields if field.name != "about" or is_asked]

    def clean_about(self) -> str:
        """Ask for a project that takes opinions."""
        code = self.cleaned_data["about"]
        if code and target_of({"project": code}).project is None:
            raise forms.ValidationError(_("Please choose one of the list."))
        return code

    def clean_text(self) -> str:
        """Ask for words."""
        text = self.cleaned_data["text"].strip()
        if not has_words(text):
            raise forms.ValidationError(_("That is too short. Please say what it is about."))
        return text


class LookupForm(forms.Form):
    """The receipt: number and code, typed in whatever way."""

    number = forms.CharField(
        label=_("Receipt number"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("14 digits, e.g. 20220513-482731"),
        error_messages={"required": _("Please type the receipt number.")},
    )
    code = forms.CharField(
        label=_("Lookup code"),
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("8 digits"),
        error_messages={"required": _("Please type the lookup code.")},
    )

    def clean_number(self) -> str:
        """Return the number as it is kept."""
        number = as_number(self.cleaned_data["number"])
        if not number:
            raise forms.ValidationError(_("A receipt number has 14 digits."))
        return number

    def clean_code(self) -> str:
        """Return the code as it is kept."""
        code = as_code(self.cleaned_data["code"])
        if len(code) != CODE_DIGITS:
            raise forms.ValidationError(_("A lookup code has 8 digits."))
        return code


class AppraisalForm(GuardedForm):
    """The three questions of the public appraisal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=str(question.text),
                choices=question.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("Please choose an answer.")},
            )

    def answers(self) -> dict[str, str]:
        """Return what was chosen."""
        return {name: self.cleaned_data[name] for name in QUESTIONS}
