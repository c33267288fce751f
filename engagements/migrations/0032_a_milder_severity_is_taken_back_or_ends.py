from django.db import migrations, models

OVER = ("closed", "unconfirmed", "checked")


def end_what_no_one_can_answer(apps, schema_editor):
    """Asked of issues that were closed before anybody answered."""
    corrections = apps.get_model("engagements", "IssueCorrection").objects
    asked = corrections.filter(state="asked", issue__state__in=OVER)
    asked.update(state="ended")


def forget_how_it_ended(apps, schema_editor):
    """Without these states, nobody is asked any longer."""
    corrections = apps.get_model("engagements", "IssueCorrection").objects
    corrections.filter(state__in=("ended", "withdrawn")).update(state="overtaken")


class Migration(migrations.Migration):

    dependencies = [
        ('engagements', '0031_a_promise_is_noted_or_taken_back'),
    ]

    operations = [
        migrations.AlterField(
            model_name='issuecorrection',
            name='state',
            field=models.CharField(choices=[('kept', 'In force'), ('asked', 'Asked, no answer yet'), ('declined', 'Not agreed'), ('overtaken', 'Overtaken by a more serious reading'), ('withdrawn', 'Taken back'), ('ended', 'Not answered before the issue was closed')], default='kept', max_length=9),
        ),
        migrations.RunPython(end_what_no_one_can_answer, forget_how_it_ended),
    ]
