"""Every URL of the house. Swedish words, since people see them."""

from django.urls import include, path, register_converter

from skolnav.core.boxes.urls import box_urls
from skolnav.core.tenancy.days import DayConverter
from skolnav.core.tenancy.ids import PublicIdConverter

register_converter(PublicIdConverter, "pid")
register_converter(DayConverter, "day")

urlpatterns = [
    path("", include("skolnav.home.urls")),
    path("", include("skolnav.core.web.urls")),
    path("fil/", include("skolnav.core.files.urls")),
    path("logga-in/", include("skolnav.login.urls")),
    path("konto/", include("skolnav.home.account_urls")),
    path("hjalp/", include("skolnav.login.help_urls")),
    path("personal/", include("skolnav.workplace.urls")),
    path("personal/publicering/", include("skolnav.core.publishing.urls")),
    path("kontoret/", include("skolnav.office.urls")),
    path("personal/schema/fil/", include("skolnav.exchange.urls")),
    path("demo/", include("skolnav.demo.urls")),
    *box_urls(),
]

handler400 = "skolnav.core.web.errors.bad_request"
handler403 = "skolnav.core.web.errors.forbidden"
handler404 = "skolnav.core.web.errors.not_found"
handler500 = "skolnav.core.web.errors.server_error"
