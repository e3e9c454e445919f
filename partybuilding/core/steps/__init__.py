"""The staff screens on which one step is taken with one record: its form, its view, what it will do."""

from partybuilding.core.file_fields import ManyFilesField
from partybuilding.core.steps.forecast import Forecast, forecast
from partybuilding.core.steps.forms import DayField, StepForm, StepWords, words_field
from partybuilding.core.steps.frame import RecordFrame
from partybuilding.core.steps.plain import PlainForm
from partybuilding.core.steps.record import RecordView, Way
from partybuilding.core.steps.views import StepView

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
