"""Opinions with their machine, and the appraisals of projects."""

from partybuilding.opinions.models.appraisal import AppraisalPeriod, AppraisalSheet, Tally
from partybuilding.opinions.models.opinion import CONTACT_LENGTH, TEXT_LENGTH, Opinion

__all__ = ["CONTACT_LENGTH", "TEXT_LENGTH", "AppraisalPeriod", "AppraisalSheet", "Opinion", "Tally"]
