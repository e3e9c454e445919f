"""Open data: its page and files, and what makes them anew."""

from wagtail.signals import page_published, page_unpublished

from partybuilding.core.rooms import IndexPage, Listener, Room
from partybuilding.core.services.door import step_taken
from partybuilding.opendata import tasks
from partybuilding.opendata.pages import OpenDataPage
from partybuilding.opendata.selectors import stored_files

ROOM = Room(
    file_names=(stored_files,),
    listeners=(
        Listener(page_published, tasks.follow),
        Listener(page_unpublished, tasks.follow),
        Listener(step_taken, tasks.follow),
    ),
    public_addresses={"data/": "partybuilding.opendata.urls_public"},
    index_pages=(IndexPage(OpenDataPage, "开放数据", "data", order=120, is_in_menus=False),),
)
