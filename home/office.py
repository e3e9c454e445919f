"""Tell the notices of the column what the site's settings say of their issuer and of objections."""

from wagtail.models import Site

from home.models import ColumnSettings
from partybuilding.column.notices.office import Office


def office_of_site() -> Office:
    """Return the office that the settings of the default site name."""
    site = Site.objects.filter(is_default_site=True).first()
    said = ColumnSettings.for_site(site) if site else ColumnSettings()
    return Office(
        issuer=said.organizer or said.host,
        name=said.objection_office,
        phone=said.objection_phone,
        address=said.objection_address,
        email=said.objection_email,
        form=said.objection_form,
        working_days=said.notice_days,
    )
