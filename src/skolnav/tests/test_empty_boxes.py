"""A box with nothing in it says so, and who will fill it."""

import pytest

from skolnav.core.boxes.registry import all_boxes


@pytest.mark.parametrize("box", all_boxes(), ids=lambda box: box.key)
@pytest.mark.requirement("10-empty-1")
def test_an_empty_box_says_who_will_fill_it(box, gun, client_of):
    page = client_of(gun).get(f"/{box.prefix}/").content.decode()

    assert 'class="empty"' in page
