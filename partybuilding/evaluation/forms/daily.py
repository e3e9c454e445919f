"""The form of the day-to-day rating."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput


class DailyForm(forms.Form):
    """Points of 100 in steps of a half, and remarks."""

    points = forms.DecimalField(
        label=_("points"),
        min_value=0,
        max_value=100,
        step_size=Decimal("0.5"),
        decimal_places=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "party-points"}),
        help_text=_("From 0 to 100 points, in steps of 0.5."),
        error_messages={
            "invalid": _("Give from 0 to 100 points, in steps of 0.5."),
            "min_value": _("Give from 0 to 100 points, in steps of 0.5."),
            "max_value": _("Give from 0 to 100 points, in steps of 0.5."),
            "step_size": _("Give from 0 to 100 points, in steps of 0.5."),
            "max_decimal_places": _("Give from 0 to 100 points, in steps of 0.5."),
        },
    )
    remark = forms.CharField(
        label=_("remarks"),
        required=False,
        max_length=1000,
        widget=AdminAutoHeightTextInput(attrs={"rows": 4}),
        help_text=_(
            "May be left empty. Only your own side and the Organization Department read it."
        ),
    )
