"""Lov and study days that stood in the calendar before it closed schools close them too."""

from django.db import migrations


def close_schools(apps, schema_editor):
    rows = apps.get_model("calendar", "EntryAudience").objects
    breaks = apps.get_model("schools", "SchoolBreak").objects
    whole_days = rows.filter(
        key__startswith="s:",
        item__kind__in=["study_day", "holiday"],
        item__starts=None,
        item__cancellation=None,
        item__removal=None,
    )
    for row in whole_days.select_related("item"):
        breaks.get_or_create(
            source=f"calendar:{row.item_id}",
            school_id=row.school_id,
            defaults={
                "organiser_id": row.item.organiser_id,
                "kind": row.item.kind,
                "name": row.item.title,
                "first_day": row.item.first_day,
                "last_day": row.item.last_day,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("calendar", "0001_initial"), ("schools", "0003_schoolbreak")]
    operations = [migrations.RunPython(close_schools, migrations.RunPython.noop)]
