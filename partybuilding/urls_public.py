"""What residents read beside the pages: feeds, lists as data, pictures, the letterbox."""

from django.urls import include, path

from partybuilding.core import rooms

urlpatterns = [
    path(prefix, include(module)) for prefix, module in rooms.collect("public_addresses")
]
