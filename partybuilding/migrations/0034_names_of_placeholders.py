"""Three placeholders of texts are called without a term of the installation; stored texts read as before."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Func, Value

RENAMED = {"归口单位": "上级单位", "四个一要求": "人员要求", "四个一名单": "人员名单"}


def rename(apps: Any, _editor: Any, names: dict[str, str] = RENAMED) -> None:
    texts = apps.get_model("partybuilding", "Text").objects
    for old, new in names.items():
        for column in ("body", "delivered"):
            words = Func(
                F(column),
                Value(f"{{{{{old}}}}}"),
                Value(f"{{{{{new}}}}}"),
                function="REPLACE",
            )
            texts.filter(**{f"{column}__contains": f"{{{{{old}}}}}"}).update(**{column: words})


def back(apps: Any, editor: Any) -> None:
    rename(apps, editor, {new: old for old, new in RENAMED.items()})


class Migration(migrations.Migration):
    dependencies = [("partybuilding", "0033_names_of_groups")]

    operations = [
        migrations.RunPython(rename, back),
        migrations.AlterField(
            model_name="issuingbody",
            name="name",
            field=models.CharField(
                help_text="As it signs, in full.", max_length=100, verbose_name="issuing body"
            ),
        ),
    ]
