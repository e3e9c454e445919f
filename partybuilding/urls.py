"""The addresses of the staff screens, below the CMS admin, with the namespace "partybuilding"."""

from django.urls import include, path

from partybuilding.core import rooms

app_name = "partybuilding"

urlpatterns = [path(prefix, include(module)) for prefix, module in rooms.collect("addresses")]
