"""What the site adds to the rooms of the plugin: its news, and who receives objections to notices."""

from home.news.desk import NEWS
from home.news.index import NewsIndexPage
from home.office import office_of_site
from partybuilding.core.rooms import IndexPage, Room

ROOM = Room(
    office=(office_of_site,),
    columns=(NEWS,),
    index_pages=(IndexPage(NewsIndexPage, "新闻动态", "news", order=60, is_written=True),),
)
