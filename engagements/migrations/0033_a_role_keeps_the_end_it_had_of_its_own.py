from django.db import migrations, models
from django.db.models import F


def say_what_a_last_day_ended(apps, schema_editor):
    """Roles that end on the day their person leaves, of whom that is known."""
    roles = apps.get_model("engagements", "TeamRole").objects
    ended = roles.filter(to_on=F("contact__left_on"))
    # A list: an update takes no condition on another table's column.
    found = list(ended.values_list("pk", flat=True))
    roles.filter(pk__in=found).update(ends_with_person=True)


class Migration(migrations.Migration):

    dependencies = [
        ('engagements', '0032_a_milder_severity_is_taken_back_or_ends'),
    ]

    operations = [
        migrations.AddField(
            model_name='teamrole',
            name='ends_with_person',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='teamrole',
            name='own_end_on',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.RunPython(say_what_a_last_day_ended, migrations.RunPython.noop),
    ]
