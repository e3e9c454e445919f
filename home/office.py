"""Tell the notices of the column what the site's settings say of objections to them."""

from wagtail.models import Site

from home.site_settings import ColumnSettings
from partybuilding.column.notices.office import Office


def settings_of_site() -> ColumnSettings:
    """Return the settings of the default site."""
    site = Site.objects.filter(is_default_site=True).first()
    return ColumnSettings.for_site(site) if site else ColumnSettings()


def office_of_site() -> Office:
    """Return the office that the settings of the default site name."""
    said = settings_of_site()
    return Office(
        name=said.objection_office,
        phone=said.objection_phone,
        address=said.objection_address,
        email=said.objection_email,
        form=said.objection_form,
        working_days=said.notice_days,
    )
