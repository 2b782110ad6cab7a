"""Min sida: what somebody decides about their own account."""

from django.urls import path

from .account import views
from .bell import views as bell

app_name = "account"
urlpatterns = [
    path("", views.index, name="index"),
    path("anvandarnamn/", views.username, name="username"),
    path("losenord/", views.password, name="password"),
    path("kontakt/", views.contact, name="contact"),
    path("sprak/", views.language, name="language"),
    path("notiser/", bell.choose_notices, name="notices"),
    path("enheter/logga-ut/", views.log_out_there, name="log_out_there"),
    path("enheter/logga-ut-andra/", views.log_out_elsewhere, name="log_out_elsewhere"),
]
