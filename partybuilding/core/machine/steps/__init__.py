"""The staff screens on which one step is taken with one record: its form, its view, what it will do."""

from partybuilding.core.files.fields import ManyFilesField
from partybuilding.core.machine.steps.forecast import Forecast, forecast
from partybuilding.core.machine.steps.forms import DayField, StepForm, StepWords, words_field
from partybuilding.core.machine.steps.frame import RecordFrame
from partybuilding.core.machine.steps.plain import PlainForm
from partybuilding.core.machine.steps.record import RecordView, Way
from partybuilding.core.machine.steps.views import StepView

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
