"""Opinions with their machine, and the appraisals of projects."""

from partybuilding.opinions.models.appraisal import AppraisalPeriod, AppraisalSheet
from partybuilding.opinions.models.opinion import CONTACT_LENGTH, TEXT_LENGTH, Opinion
from partybuilding.opinions.models.tally import Tally

__all__ = ["CONTACT_LENGTH", "TEXT_LENGTH", "AppraisalPeriod", "AppraisalSheet", "Opinion", "Tally"]
