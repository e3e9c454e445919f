"""Write organisations, the people in them and their accounts; each is noted in the journal."""

from partybuilding.organizations.services.accounts import (
    add_person,
    deactivate_account,
    reactivate_account,
    rename_person,
    set_password,
)
from partybuilding.organizations.services.groups import form_expert_group, save_expert_group
from partybuilding.organizations.services.memberships import (
    appoint,
    end_membership,
    group_name,
    refresh_groups,
)
from partybuilding.organizations.services.organizations import (
    deactivate_organization,
    reactivate_organization,
    remove_organization,
    save_organization,
)

__all__ = [
    "add_person",
    "appoint",
    "deactivate_account",
    "deactivate_organization",
    "end_membership",
    "form_expert_group",
    "group_name",
    "reactivate_account",
    "reactivate_organization",
    "refresh_groups",
    "remove_organization",
    "rename_person",
    "save_expert_group",
    "save_organization",
    "set_password",
]
