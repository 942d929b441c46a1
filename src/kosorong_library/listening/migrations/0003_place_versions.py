from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("listening", "0002_bookmarks")]

    operations = [
        migrations.AddField(
            model_name="position",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
