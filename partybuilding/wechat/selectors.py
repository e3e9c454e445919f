"""How many articles tell something else than the site."""

from partybuilding.wechat.models import WechatExport


def how_many_differ() -> int:
    """Count the exports that are marked as differing."""
    return WechatExport.objects.differing().count()
