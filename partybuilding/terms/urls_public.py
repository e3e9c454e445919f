"""The address of the terms."""

from django.urls import path

from partybuilding.terms.views import glossary

urlpatterns = [path("", glossary, name="glossary")]
