"""What the site adds to the rooms of the plugin: its news, and who receives objections to notices."""

from home.news.desk import NEWS
from home.news.index import NewsIndexPage
from home.office import office_of_site
from home.pack_items import items_of_looks
from home.pack_pages import items_of_pages
from home.tree import follow_names
from partybuilding.core.rooms import IndexPage, Listener, Room
from partybuilding.core.words.actors import ACTORS
from partybuilding.cycles.words.services import words_saved

ROOM = Room(
    office=(office_of_site,),
    columns=(NEWS,),
    pack_items=(items_of_looks, items_of_pages),
    listeners=(Listener(words_saved, follow_names, ACTORS),),
    index_pages=(IndexPage(NewsIndexPage, "新闻动态", "news", order=60, is_written=True),),
)
