"""A form field that names one project by number or title, among those that its user may see."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from partybuilding.organizations.forms.fields import SEPARATOR, SuggestedInput
from partybuilding.projects.models import Project


class ProjectField(forms.CharField):
    """One project, named by number, by title, or by both as suggested; offers nothing until told."""

    widget = SuggestedInput
    default_error_messages = {
        "unknown": _("There is no project of this number or title; choose one of the suggestions."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.queryset: QuerySet[Project] = Project.objects.none()

    def offer(self, user: Any, states: Iterable[str]) -> None:
        """Offer the projects in these states that a user may see, and no other."""
        self.queryset = Project.objects.visible_to(user).filter(state__in=list(states))
        rows = self.queryset.order_by("-cycle__year", "code").values_list("code", "title")
        self.widget.suggestions = [SEPARATOR.join(row) for row in rows]

    def prepare_value(self, value: Any) -> Any:
        """Write a project as it is suggested."""
        if isinstance(value, int):
            value = Project.objects.filter(pk=value).first()
        return SEPARATOR.join((value.code, value.title)) if isinstance(value, Project) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was suggested with what was sent."""
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Project | None:
        """Return the project that is meant."""
        text = super().clean(value).strip()
        if not text:
            return None
        code = text.split(SEPARATOR)[0]
        found = list(self.queryset.filter(Q(code=code) | Q(title=text))[:2])
        if len(found) != 1:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return found[0]
