from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_sent_once_and_trail_by_animal'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='sentonce',
            name='content',
        ),
        migrations.RemoveField(
            model_name='sentonce',
            name='content_type',
        ),
        migrations.RemoveField(
            model_name='sentonce',
            name='location',
        ),
        migrations.AddField(
            model_name='sentonce',
            name='content',
            field=models.BinaryField(blank=True),
        ),
        migrations.AddField(
            model_name='sentonce',
            name='headers',
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
