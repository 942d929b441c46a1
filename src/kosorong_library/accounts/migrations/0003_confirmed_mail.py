from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_accounts"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="confirmed_mail",
            field=models.CharField(blank=True, db_default="", max_length=254),
        ),
    ]
