"""The groups of the CMS are called by what they do: who the departments are is a term of the installation."""

from typing import Any

from django.db import migrations

RENAMED = {
    "归口单位初审员": "初审员",
    "组织部": "主管部门",
    "工作专班": "督导人员",
    "包抓领导": "联系领导",
}


def rename(apps: Any, _editor: Any, names: dict[str, str] = RENAMED) -> None:
    groups = apps.get_model("auth", "Group").objects
    for old, new in names.items():
        if not groups.filter(name=new).exists():
            groups.filter(name=old).update(name=new)


def back(apps: Any, editor: Any) -> None:
    rename(apps, editor, {new: old for old, new in RENAMED.items()})


class Migration(migrations.Migration):
    dependencies = [
        ("partybuilding", "0032_process_of_a_year"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(rename, back)]
