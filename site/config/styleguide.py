"""The living style guide: every component with its states, on four pages; beside them the error pages."""

import json
import re
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from partybuilding.projects.states import strip_for

SAMPLES = Path(__file__).with_suffix(".json")
# Where a component lies: with the plugin, or with the site.
PLACES = ("partybuilding/", "")
FRAMES = {"portal": "partybuilding/portal/base.html"}
FAULTS = ("400", "403", "403_csrf", "404", "500", "lockout")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T.+)?")


class _WordedForm(forms.Form):
    """A form whose words come from the samples."""

    words: str
    fields: dict[str, Any]
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, said in _samples()[self.words].items():
            field = self.fields[name]
            field.label, field.help_text = said["label"], said.get("help_text", "")
            field.initial = said.get("initial")
            if "choices" in said:
                field.choices = [(str(code), word) for code, word in enumerate(said["choices"])]


class SampleForm(_WordedForm):
    """One field of each kind that a form of the site may have."""

    words = "form"
    title = forms.CharField(max_length=30)
    sector = forms.ChoiceField()
    way = forms.ChoiceField(widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    problem = forms.CharField(max_length=60, widget=forms.Textarea(attrs={"rows": 5}))
    started_on = forms.DateField()
    plan = forms.FileField(required=False)
    unit = forms.CharField(disabled=True, required=False)
    promise = forms.BooleanField()


class RowForm(_WordedForm):
    """One step of a plan."""

    words = "row"
    goal = forms.CharField(max_length=100, widget=forms.Textarea(attrs={"rows": 2}))
    deadline = forms.DateField()
    person = forms.CharField()


class FilterForm(_WordedForm):
    """The filters of a list."""

    words = "filters"
    q = forms.CharField(required=False, widget=forms.TextInput(attrs={"type": "search"}))
    year = forms.ChoiceField(required=False)
    state = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    unit = forms.ChoiceField(required=False)


Rows = forms.formset_factory(RowForm, extra=1, can_delete=True, max_num=6)
BAD_ROWS = {"bad_rows-TOTAL_FORMS": "1", "bad_rows-INITIAL_FORMS": "1", "bad_rows-0-goal": "…"}


def guide(request: HttpRequest, name: str = "parts") -> HttpResponse:
    """Show a page of the guide, where DEBUG is on or the demonstration is installed."""
    if not (settings.DEBUG or apps.is_installed("demonstration")):
        raise Http404
    if request.method == "POST":  # what autosave.js sends; the guide keeps nothing
        return JsonResponse({})
    if name in FAULTS:
        return render(request, f"{name}.html")
    samples = _samples()
    if name not in samples["pages"]:
        raise Http404
    context = {
        "frame": FRAMES.get(name, "base.html"),
        "page": _drawn(samples["pages"][name], request),
        "chrome": samples["chrome"],
        "trail": [samples["chrome"]["nav"][0], {"text": samples["pages"][name]["title"]}],
    }
    if name in FRAMES:
        context |= {"portal": samples["portal"], "user": SimpleNamespace(**samples["person"])}
    return render(request, "styleguide.html", context)


def _samples() -> dict[str, Any]:
    return json.loads(SAMPLES.read_text("utf-8"), object_hook=_with_dates)


def _with_dates(said: dict[str, Any]) -> dict[str, Any]:
    """Turn ISO dates and times into the objects that the components ask for."""
    for key, value in said.items():
        if isinstance(value, str) and (found := DATE.fullmatch(value)):
            said[key] = datetime.fromisoformat(value) if found[1] else date.fromisoformat(value)
    return said


def _drawn(page: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """Render the examples of a page, each in a context of its own."""
    objects = _objects()
    for section in page["sections"]:
        for example in section["examples"]:
            example["html"] = render_to_string(
                [f"{place}components/{example['template']}.html" for place in PLACES],
                {key: _resolved(value, objects) for key, value in example["with"].items()},
                request,
            )
    return page


def _objects() -> dict[str, Any]:
    """Make what JSON cannot say: forms, a page of a list, the address of the sample picture."""
    return {
        "form": SampleForm(),
        "bad": SampleForm({"bad-problem": "…" * 72, "bad-started_on": "?"}, prefix="bad"),
        "rows": Rows(prefix="rows"),
        "bad_rows": Rows(BAD_ROWS, prefix="bad_rows"),
        "filters": FilterForm(prefix="filters"),
        "page": Paginator(range(240), 20).page(6),
        "sample": static("img/sample.svg"),
        "found": {name: _marked(said) for name, said in _samples()["found"].items()},
        "strip": strip_for(first_review=True),
        "messages": [Message(messages.SUCCESS, _samples()["message"])],
    }


def _marked(said: str) -> SafeString:
    """Return a text as a search shows it: what stands between stars is what was looked for."""
    parts = enumerate(said.split("*"))
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", part) if at % 2 else part,) for at, part in parts),
    )


def _resolved(value: Any, objects: dict[str, Any]) -> Any:
    """Replace every "$name" and "$name.field" by its object."""
    if isinstance(value, dict):
        return {key: _resolved(inner, objects) for key, inner in value.items()}
    if isinstance(value, list):
        return [_resolved(inner, objects) for inner in value]
    if not (isinstance(value, str) and value.startswith("$")):
        return value
    name, _dot, field = value[1:].partition(".")
    return objects[name][field] if field else objects[name]
