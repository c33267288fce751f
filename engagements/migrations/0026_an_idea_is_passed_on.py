import datetime

import django.db.models.deletion
from django.db import migrations, models


def asked_since_given(apps, _schema_editor):
    """Until now whoever was asked first answered."""
    ideas = apps.get_model("engagements", "Idea").objects
    ideas.update(asked_on=models.F("given_on"))


class Migration(migrations.Migration):

    dependencies = [
        ('engagements', '0025_open_issues_are_counted_by_age'),
    ]

    operations = [
        migrations.AddField(
            model_name='idea',
            name='asked_on',
            field=models.DateField(default=datetime.date(2026, 1, 1)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='idea',
            name='passed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='engagements.contact'),
        ),
        migrations.RunPython(asked_since_given, migrations.RunPython.noop),
    ]
