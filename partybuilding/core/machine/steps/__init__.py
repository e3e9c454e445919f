"""The staff screens on which one step is taken with one record: its form, its view, what it will do."""

from partybuilding.core.files.fields import ManyFilesField
from partybuilding.core.machine.steps.forms import (
    DayField,
    PlainForm,
    StepForm,
    StepWords,
    words_field,
)
from partybuilding.core.machine.steps.record import RecordFrame, RecordView, Way
from partybuilding.core.machine.steps.views import Forecast, StepView, forecast

__all__ = [
    "DayField",
    "Forecast",
    "ManyFilesField",
    "PlainForm",
    "RecordFrame",
    "RecordView",
    "StepForm",
    "StepView",
    "StepWords",
    "Way",
    "forecast",
    "words_field",
]
