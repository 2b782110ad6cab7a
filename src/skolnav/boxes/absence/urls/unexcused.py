"""Unexcused absence, thresholds and investigations."""

from django.urls import path

from skolnav.boxes.absence.views import cases, followups, investigations, unexcused

family_urls = [
    path("ogiltig/<pid:case>/", cases.case, name="case"),
    path("ogiltig/<pid:case>/forklara/", cases.explain, name="case_explain"),
]
_INVESTIGATION = "utredning/<pid:investigation>/"
staff_urls = [
    path("ogiltig/", unexcused.cases, name="cases"),
    path("ogiltig/rapport/", unexcused.report, name="cases_report"),
    path("ogiltig/<pid:case>/", unexcused.case, name="case"),
    path("ogiltig/<pid:case>/kontakt/", unexcused.contact, name="case_contact"),
    path("ogiltig/<pid:case>/giltig/", unexcused.excuse, name="case_excuse"),
    path("ogiltig/<pid:case>/angra/", unexcused.unexcuse, name="case_unexcuse"),
    path("ogiltig/<pid:case>/svar/", unexcused.answer, name="case_answer"),
    path("uppfoljning/", followups.followups, name="followups"),
    path("uppfoljning/<pid:followup>/", followups.followup, name="followup"),
    path("uppfoljning/<pid:followup>/avsluta/", followups.close, name="followup_close"),
    path("uppfoljning/<pid:followup>/oppna/", followups.reopen, name="followup_reopen"),
    path("utredning/", investigations.index, name="investigations"),
    path("utredning/ny/<pid:pupil>/", investigations.new, name="new_investigation"),
    path(_INVESTIGATION, investigations.show, name="investigation"),
    path(f"{_INVESTIGATION}anteckning/", investigations.note, name="investigation_note"),
    path(f"{_INVESTIGATION}atgard/", investigations.measure, name="investigation_measure"),
    path(
        f"{_INVESTIGATION}atgard/<pid:measure>/klar/",
        investigations.measure_done,
        name="investigation_measure_done",
    ),
    path(f"{_INVESTIGATION}medlem/", investigations.member, name="investigation_member"),
    path(
        f"{_INVESTIGATION}medlem/<pid:person>/bort/",
        investigations.member_leaves,
        name="investigation_member_leaves",
    ),
    path(f"{_INVESTIGATION}huvudman/", investigations.reported, name="investigation_reported"),
    path(f"{_INVESTIGATION}avsluta/", investigations.end, name="investigation_end"),
]
