"""The box's pages: the families', over all children and over one, and the staff's."""

from django.urls import path

from .views import family, news, preview, readers, shelf

family_urls = [
    path("", family.index, name="index"),
    path("filer/", family.files, name="files"),
    path("lankar/", family.links, name="links"),
    path("<pid:item>/", family.news, name="news"),
    path("<pid:item>/last/", family.confirm, name="confirm"),
]
staff_urls = [
    path("", news.index, name="index"),
    path("ny/", news.new, name="new"),
    path("forhandsvisning/", preview.preview, name="preview"),
    path("filer/", shelf.documents, name="documents"),
    path("filer/<pid:row>/", shelf.document, name="document"),
    path("filer/<pid:row>/bort/", shelf.take_document_away, name="document_away"),
    path("lankar/", shelf.links, name="links"),
    path("lankar/<pid:row>/", shelf.link, name="link"),
    path("lankar/<pid:row>/bort/", shelf.take_link_away, name="link_away"),
    path("<pid:item>/", news.change, name="change"),
    path("<pid:item>/se/", preview.look, name="look"),
    path("<pid:item>/kopia/", news.copy, name="copy"),
    path("<pid:item>/aterkalla/", news.withdraw, name="withdraw"),
    path("<pid:item>/publicera/", news.publish_again, name="publish_again"),
    path("<pid:item>/ta-bort/", news.delete, name="delete"),
    path("<pid:item>/lasare/", readers.readers, name="readers"),
    path("<pid:item>/paminn/", readers.remind, name="remind"),
]
