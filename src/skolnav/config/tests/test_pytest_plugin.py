"""The test run never meets the data or the settings of an installation."""

import os
import tempfile

from django.conf import settings


def test_tests_have_settings_and_a_data_folder_of_their_own() -> None:
    assert settings.ENVIRONMENT == "test"
    assert str(settings.DATA).startswith(tempfile.gettempdir())
    assert os.environ["SKOLNAV_DATA"] == str(settings.DATA)
