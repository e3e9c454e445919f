# Findings, visits, notices and bulletins can be corrected; lists have the order of their numbers and readings.

import django.db.models.deletion
import django.db.models.lookups
import partybuilding.core.registers.sorting
from django.conf import settings
from django.db import migrations, models

from partybuilding.core.registers.sorting import sort_key


def write_sort_keys(apps, schema_editor):
    """Write by what the organisations, groups and people that are there already are sorted."""
    alias = schema_editor.connection.alias
    app, label = settings.AUTH_USER_MODEL.split(".")
    organizations = apps.get_model("partybuilding", "Organization").objects.using(alias)
    rows = list(organizations.only("pk", "code", "name"))
    for row in rows:
        row.code_key, row.name_key = sort_key(row.code), sort_key(row.name)
    organizations.bulk_update(rows, ["code_key", "name_key"], batch_size=500)
    groups = apps.get_model("partybuilding", "ExpertGroup").objects.using(alias)
    rows = list(groups.only("pk", "name"))
    for row in rows:
        row.name_key = sort_key(row.name)
    groups.bulk_update(rows, ["name_key"], batch_size=500)
    names = apps.get_model("partybuilding", "Person")
    people = apps.get_model(app, label).objects.using(alias)
    written = (
        names(user_id=pk, key=sort_key(f"{first} {last}".strip() or username, person=True))
        for pk, first, last, username in people.values_list(
            "pk", "first_name", "last_name", "username"
        )
    )
    names.objects.using(alias).bulk_create(written, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('partybuilding', "0010_ways_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', partybuilding.core.registers.sorting.SortKeyField(db_index=True, default='', editable=False, max_length=200, of='name', person=True)),
                ('telephone', models.CharField(blank=True, max_length=40, verbose_name='telephone')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
            },
        ),
        migrations.AlterModelOptions(
            name='expertgroup',
            options={'ordering': ['name_key'], 'verbose_name': 'expert group', 'verbose_name_plural': 'expert groups'},
        ),
        migrations.AlterModelOptions(
            name='membership',
            options={'ordering': ['organization__code_key', 'role', '-since'], 'verbose_name': 'membership', 'verbose_name_plural': 'memberships'},
        ),
        migrations.AlterModelOptions(
            name='organization',
            options={'ordering': ['code_key'], 'verbose_name': 'Party organization', 'verbose_name_plural': 'Party organizations'},
        ),
        migrations.RemoveConstraint(
            model_name='bulletinpage',
            name='one_bulletin_a_quarter',
        ),
        migrations.RemoveConstraint(
            model_name='feedbacknotice',
            name='one_standing_notice',
        ),
        migrations.AddField(
            model_name='bulletinpage',
            name='corrects',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='later', to='partybuilding.bulletinpage', verbose_name='corrects'),
        ),
        migrations.AddField(
            model_name='expertgroup',
            name='name_key',
            field=partybuilding.core.registers.sorting.SortKeyField(db_index=True, default='', editable=False, max_length=200, of='name', person=False),
        ),
        migrations.AddField(
            model_name='feedbacknotice',
            name='correction',
            field=models.TextField(blank=True, editable=False, verbose_name='reason of the correction'),
        ),
        migrations.AddField(
            model_name='feedbacknotice',
            name='corrects',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='partybuilding.feedbacknotice'),
        ),
        migrations.AddField(
            model_name='feedbacknotice',
            name='supplement',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='noticepage',
            name='corrects',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='later', to='partybuilding.noticepage', verbose_name='corrects'),
        ),
        migrations.AddField(
            model_name='organization',
            name='code_key',
            field=partybuilding.core.registers.sorting.SortKeyField(db_index=True, default='', editable=False, max_length=200, of='code', person=False),
        ),
        migrations.AddField(
            model_name='organization',
            name='name_key',
            field=partybuilding.core.registers.sorting.SortKeyField(db_index=True, default='', editable=False, max_length=200, of='name', person=False),
        ),
        migrations.AddField(
            model_name='rectification',
            name='corrections',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name='rectification',
            name='withdrawal',
            field=models.TextField(blank=True, editable=False, verbose_name='reason of the withdrawal'),
        ),
        migrations.AddField(
            model_name='visit',
            name='corrections',
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AlterField(
            model_name='feedbacknotice',
            name='state',
            field=models.CharField(choices=[('draft', 'Being drafted'), ('issued', 'Issued'), ('revoked', 'Revoked'), ('corrected', 'Corrected by a later notice')], default='draft', editable=False, max_length=50, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='rectification',
            name='state',
            field=models.CharField(choices=[('issued', 'To be rectified'), ('reported', 'To be verified'), ('verified', 'Rectified and closed'), ('withdrawn', 'Finding withdrawn')], default='issued', editable=False, max_length=50, verbose_name='state'),
        ),
        migrations.AddConstraint(
            model_name='bulletinpage',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects', None)), fields=('cycle', 'year', 'quarter'), name='one_bulletin_a_quarter'),
        ),
        migrations.AddConstraint(
            model_name='feedbacknotice',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('state', 'revoked'), _negated=True), ('corrects', None)), fields=('activity', 'supplement'), name='one_standing_notice'),
        ),
        migrations.AddConstraint(
            model_name='feedbacknotice',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'revoked'), _negated=True), fields=('corrects',), name='corrected_once'),
        ),
        migrations.AddField(
            model_name='person',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='written', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='activity',
            index=models.Index(django.db.models.lookups.IsNull(models.F('done_on'), False), models.F('due_on'), name='activity_open_first'),
        ),
        migrations.AddIndex(
            model_name='opinion',
            index=models.Index(django.db.models.lookups.IsNull(models.F('due_on'), True), models.F('due_on'), name='opinion_due_first'),
        ),
        migrations.AddIndex(
            model_name='project',
            index=models.Index(django.db.models.lookups.IsNull(models.F('due_on'), True), models.F('due_on'), name='project_due_first'),
        ),
        migrations.RunPython(write_sort_keys, migrations.RunPython.noop),
    ]
