"""The news of the demonstration, oldest first: the year 2022, and the weeks before today."""

from demonstration.content.column_shapes import NewsItem
from demonstration.content.news.autumn import AUTUMN
from demonstration.content.news.recent import RECENT
from demonstration.content.news.spring import SPRING
from demonstration.content.news.summer import SUMMER
from demonstration.content.news.winter import WINTER

NEWS: tuple[NewsItem, ...] = (*SPRING, *SUMMER, *AUTUMN, *WINTER, *RECENT)
