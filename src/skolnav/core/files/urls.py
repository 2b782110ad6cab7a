from django.urls import path

from . import views

app_name = "files"
urlpatterns = [
    path("<pid:file>/", views.download, name="download"),
    path("<pid:file>/<int:width>/", views.picture, name="picture"),
]
