"""Forms that were sent: so that a double tap, or a page sent again, does nothing twice."""

from django.db import models


class SubmittedForm(models.Model):
    """One submitted form and where its sender was led. Kept for a day."""

    form_id = models.CharField(max_length=32, primary_key=True)
    account_id = models.BigIntegerField(default=0, help_text="A plain id: 0 before login.")
    at = models.DateTimeField(db_index=True)
    answer_url = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.form_id
