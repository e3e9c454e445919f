"""Articles for the WeChat official account: set from pages and results, taken there by people."""

from wagtail.signals import page_published, page_unpublished

from partybuilding.core.rooms import Listener, Room
from partybuilding.core.services.door import step_taken
from partybuilding.wechat.admin import WechatAdmin
from partybuilding.wechat.desk import article_button, article_lines, article_remarks
from partybuilding.wechat.services import compare_page, compare_project

ROOM = Room(
    listeners=(
        Listener(page_published, compare_page),
        Listener(page_unpublished, compare_page),
        Listener(step_taken, compare_project),
    ),
    desk=(article_lines,),
    remarks=(article_remarks,),
    menu={"spreading": (WechatAdmin,)},
    addresses={"": "partybuilding.wechat.urls"},
    hooks=(("register_page_header_buttons", article_button),),
)
