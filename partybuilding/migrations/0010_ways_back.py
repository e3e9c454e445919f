import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def take_partners_as_agreed(apps, schema_editor):
    """Who stood on an application that was handed in took part before anybody was asked here."""
    partners = apps.get_model("partybuilding", "Partner").objects
    partners.exclude(project__submitted_at=None).update(consent="agreed")


class Migration(migrations.Migration):

    dependencies = [
        ('partybuilding', "0009_facts_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='partner',
            name='answer_reason',
            field=models.CharField(blank=True, editable=False, max_length=500, verbose_name='reason of the refusal'),
        ),
        migrations.AddField(
            model_name='partner',
            name='answered_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='answered at'),
        ),
        migrations.AddField(
            model_name='partner',
            name='answered_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='partner',
            name='asked_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked at'),
        ),
        migrations.AddField(
            model_name='partner',
            name='consent',
            field=models.CharField(choices=[('asked', "Awaiting the partner's answer"), ('agreed', 'Agreed to take part'), ('refused', 'Does not take part')], default='asked', editable=False, max_length=20, verbose_name='consent'),
        ),
        migrations.AddField(
            model_name='project',
            name='review_opened_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='review opened at'),
        ),
        migrations.AlterField(
            model_name='project',
            name='state',
            field=models.CharField(choices=[('draft', 'Being drafted'), ('submitted', 'Awaiting first review'), ('returned', 'Returned for changes'), ('not_recommended', 'Not recommended by the unit'), ('first_passed', 'Awaiting decision'), ('approved', 'Project approved'), ('commitments_submitted', 'Commitments awaiting publication'), ('implementing', 'Implementing'), ('results_submitted', 'Awaiting evaluation'), ('graded', 'Graded'), ('archived', 'Archived'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn'), ('terminated', 'Terminated')], default='draft', editable=False, max_length=50, verbose_name='state'),
        ),
        migrations.RunPython(take_partners_as_agreed, migrations.RunPython.noop),
    ]
