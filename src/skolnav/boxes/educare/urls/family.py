from django.urls import path

from skolnav.boxes.educare.views import (
    family,
    family_collectors,
    family_day,
    family_homes,
    family_patterns,
    family_rounds,
    family_week,
)

family_urls = [
    path("", family.index, name="index"),
    path("som-forra/", family.same, name="same"),
    path("vecka/<day:day>/", family_week.edit, name="edit"),
    path("dag/<day:day>/", family_day.index, name="day"),
    path("dag/<day:day>/onska/", family_day.ask, name="ask"),
    path("dag/<day:day>/kommentar/", family_day.comment, name="comment"),
    path("onskemal/<pid:change>/ta-tillbaka/", family_day.withdraw, name="withdraw"),
    path("hamtar/", family_collectors.index, name="collectors"),
    path("hamtar/<pid:collector>/oftast/", family_collectors.usual, name="usual"),
    path("hamtar/<pid:collector>/ta-bort/", family_collectors.remove, name="remove_collector"),
    path("schema/", family_patterns.index, name="patterns"),
    path("schema/nytt/", family_patterns.new, name="new_pattern"),
    path("schema/<pid:pattern>/", family_patterns.change, name="pattern"),
    path("schema/<pid:pattern>/avsluta/", family_patterns.end, name="end_pattern"),
    path("tva-hem/", family_homes.index, name="homes"),
    path("tva-hem/<pid:agreement>/ja/", family_homes.agree, name="agree"),
    path("tva-hem/<pid:agreement>/nej/", family_homes.end, name="end_homes"),
    path("lov/<pid:holiday>/", family_rounds.index, name="holiday"),
    path("lov/<pid:holiday>/behovs-inte/", family_rounds.not_needed, name="holiday_off"),
]
