"""The news of the demonstration, oldest first: the year 2022, and the weeks before today."""

from partybuilding.demo.content.column_shapes import NewsItem
from partybuilding.demo.content.news.autumn import AUTUMN
from partybuilding.demo.content.news.recent import RECENT
from partybuilding.demo.content.news.spring import SPRING
from partybuilding.demo.content.news.summer import SUMMER
from partybuilding.demo.content.news.winter import WINTER

NEWS: tuple[NewsItem, ...] = (*SPRING, *SUMMER, *AUTUMN, *WINTER, *RECENT)
