"""What the body of a news item is made of."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from partybuilding.core.pages.blocks import BodyBlock
from partybuilding.projects.blocks import ProjectsBlock


class NewsBodyBlock(BodyBlock):
    """The common parts, and the projects that the item is about."""

    projects = ProjectsBlock(
        blocks.PageChooserBlock(page_type="partybuilding.ProjectPage", label=_("project page")),
        label=_("Related projects"),
        icon="folder-open-inverse",
        min_num=1,
        max_num=8,
        template="home/news/projects.html",
    )

    class Meta:
        block_counts = {"projects": {"max_num": 1}}
