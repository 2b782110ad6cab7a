"""The office: /kontoret/."""

from django.urls import path

from .views import adding, custody, logins, person, protection, schools, start, ties

app_name = "office"
PERSON = "personer/<pid:person>/"
CUSTODY = f"{PERSON}vardnad/<pid:guardian>/"
PLACE = f"{PERSON}skolgang/<pid:school>/"
DUTY = f"{PERSON}uppdrag/<pid:school>/"
SCHOOL = "skolor/<pid:school>/"

urlpatterns = [
    path("", start.start, name="start"),
    path("ny/elev/", adding.choose_school, {"what": "pupil"}, name="choose_for_pupil"),
    path("ny/personal/", adding.choose_school, {"what": "staff"}, name="choose_for_staff"),
    path(f"{SCHOOL}ny-elev/", adding.pupil, name="new_pupil"),
    path(f"{SCHOOL}ny-personal/", adding.staff, name="new_staff"),
    path(PERSON, person.person, name="person"),
    path(f"{PERSON}visa/", person.show, name="show"),
    path(f"{PERSON}andra/", person.change, name="change"),
    path(f"{PERSON}historik/", person.history, name="history"),
    path(f"{PERSON}skydd/", protection.protect, name="protect"),
    path(f"{PERSON}skydd/ta-bort/", protection.ask, name="ask_to_lower"),
    path(f"{PERSON}skydd/behall/", protection.keep, name="keep_protection"),
    path(f"{PERSON}skydd/bekrafta/", protection.confirm, name="confirm_lowering"),
    path(f"{PERSON}ny-vardnadshavare/", adding.guardian, name="new_guardian"),
    path(f"{CUSTODY}koppla/", adding.link_guardian, name="link_guardian"),
    path(f"{CUSTODY}avsluta/", custody.end, name="end_custody"),
    path(f"{CUSTODY}aterstall/", custody.restore, name="restore_custody"),
    path(f"{CUSTODY}begransa/", custody.restrict, name="restrict_custody"),
    path(f"{CUSTODY}ge-tillgang/", custody.lift, name="lift_restriction"),
    path(f"{PERSON}skolgang/ny/", ties.add_place, name="add_place"),
    path(PLACE, ties.place, name="place"),
    path(f"{PLACE}sluta/", ties.leave, name="leave"),
    path(f"{PERSON}uppdrag/nytt/", ties.add_duty, name="add_duty"),
    path(f"{DUTY}grupper/", ties.assignments, name="assignments"),
    path(f"{DUTY}avsluta/<slug:role>/", ties.end_duty, name="end_duty"),
    path(f"{PERSON}uppdrag/huvudman/avsluta/<slug:role>/", ties.end_duty, name="end_wide_duty"),
    path(f"{PERSON}inloggning/", logins.one, name="one_login"),
    path("inloggningar/", logins.index, name="logins"),
    path("inloggningar/<pid:run>/", logins.run, name="run"),
    path("inloggningar/<pid:run>/brev/", logins.letters, name="letters"),
    path("inloggningar/<pid:run>/radera/", logins.forget, name="forget_letters"),
    path(f"{SCHOOL}inloggningar/", logins.school, name="school_logins"),
    path(f"{SCHOOL}inloggningar/personal/", logins.staff, name="staff_logins"),
    path("grupper/<pid:group>/inloggningar/", logins.group, name="group_logins"),
    path("skolor/", schools.index, name="schools"),
    path(SCHOOL, schools.change, name="school"),
    path(f"{SCHOOL}boxar/", schools.boxes, name="boxes"),
    path("lasar/", schools.years, name="years"),
    path("lasar/nytt/", schools.year, name="new_year"),
    path("lasar/<int:start>/", schools.year, name="year"),
]
