from importlib import import_module

from django.db import migrations, models

scale = import_module("partybuilding.migrations.0029_scale")

COUNTED = (
    "CREATE INDEX project_counted ON partybuilding_project "
    "(state) INCLUDE (id, cycle_id, sector, organization_id, grade_class_id{})"
)
DROP = "DROP INDEX IF EXISTS project_counted"


class Migration(migrations.Migration):

    dependencies = [
        ('partybuilding', '0039_register_order'),
    ]

    operations = [
        # SQLite takes no index of a part of the rows for a question whose states are handed over.
        migrations.RemoveIndex(
            model_name='opinion',
            name='opinion_unanswered',
        ),
        migrations.AddIndex(
            model_name='opinion',
            index=models.Index(fields=['state', 'answer_by'], name='opinion_answer_due'),
        ),
        migrations.AddIndex(
            model_name='stepquestion',
            index=models.Index(fields=['asked_as', 'state', 'due_on'], name='question_desk'),
        ),
        migrations.AddIndex(
            model_name='stepreport',
            index=models.Index(fields=['-reported_on', '-id'], name='report_newest'),
        ),
        # With the day by which it is due: desks count what is late along with what waits.
        migrations.RunPython(
            scale.on_postgresql(DROP, COUNTED.format(", due_on")),
            scale.on_postgresql(DROP, COUNTED.format("")),
        ),
    ]
