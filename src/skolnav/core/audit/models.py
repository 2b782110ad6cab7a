"""The log of who did what: appended to, never changed. Plain ids, so that it outlives what it is about."""

from typing import Any

from django.db import models


class AuditRecord(models.Model):
    organiser_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)
    actor_person_id = models.BigIntegerField(null=True, help_text="Null: the operator's command or a job.")
    act = models.CharField(max_length=60, help_text="A verb and a noun: end_guardianship.")
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    # Names of fields and plain ids; never names of people, texts or identity numbers.
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["organiser_id", "subject_type", "subject_id", "at"]),
            models.Index(fields=["organiser_id", "at"]),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("An audit record is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("An audit record is never deleted, except by the retention job.")
