from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SubmittedForm",
            fields=[
                ("form_id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                (
                    "account_id",
                    models.BigIntegerField(default=0, help_text="A plain id: 0 before login."),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("answer_url", models.CharField(blank=True, max_length=500)),
            ],
        ),
    ]
