"""News, from a teacher's keyboard to a guardian's phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.mark.requirement("0-staff-1")
@pytest.mark.requirement("11-information-1")
def test_a_teacher_writes_and_a_guardian_says_read(page_of: Callable[..., Page]) -> None:
    writer, title = page_of("sara", phone=False), "Vi behöver äggkartonger"
    writer.goto("/personal/information/ny/")

    writer.get_by_label("Rubrik", exact=True).fill(title)
    text = writer.get_by_label("Text", exact=True)
    text.fill("Ta med på tisdag")
    text.select_text()
    writer.get_by_role("button", name="Fet stil").click()
    expect(text).to_have_value("**Ta med på tisdag**")

    # The count follows the ticks, without a reload.
    reach = writer.locator("#reach")
    expect(reach).to_contain_text("elever och")
    writer.get_by_text("Elever", exact=True).click()
    expect(reach).not_to_contain_text("elever")
    writer.get_by_text("Viktigt: be om").click()

    # The preview opens beside the form, which stays as it is.
    with writer.expect_popup() as opened:
        writer.get_by_role("button", name="Se som vårdnadshavare").click()
    expect(opened.value.get_by_role("heading", name=title)).to_be_visible()
    expect(opened.value.locator("strong", has_text="Ta med på tisdag")).to_be_visible()
    writer.get_by_role("button", name="Publicera", exact=True).click()
    expect(writer.get_by_text("Nyheten är publicerad.")).to_be_visible()

    reader = page_of("anna")
    reader.goto("/information/")
    reader.get_by_role("button", name=f"Jag har läst: {title}").click()
    expect(reader).to_have_url("/information/")
    expect(reader.get_by_role("button", name=f"Jag har läst: {title}")).to_have_count(0)

    pupil = page_of("kim")
    pupil.goto("/information/")
    expect(pupil.get_by_text(title)).to_have_count(0)


def test_what_was_typed_is_there_after_an_accident(page_of: Callable[..., Page]) -> None:
    writer = page_of("sara")
    writer.goto("/personal/information/ny/")
    writer.get_by_label("Rubrik", exact=True).fill("Halvvägs")
    writer.get_by_text("Vid en tid").click()
    expect(writer.get_by_label("Dag och klockslag")).to_be_visible()

    writer.goto("/personal/")
    writer.goto("/personal/information/ny/")

    expect(writer.get_by_text("Det du skrev förra gången är tillbaka.")).to_be_visible()
    expect(writer.get_by_label("Rubrik", exact=True)).to_have_value("Halvvägs")


def test_without_scripts_one_writes_and_reads_all_the_same(page_of: Callable[..., Page]) -> None:
    writer = page_of("sara", scripts=False)
    writer.goto("/personal/information/ny/")
    writer.get_by_label("Rubrik", exact=True).fill("Utan skript")
    writer.get_by_role("button", name="Publicera", exact=True).click()
    expect(writer.get_by_text("Nyheten är publicerad.")).to_be_visible()

    reader = page_of("anna", scripts=False)
    reader.goto("/information/?q=utan+skript")
    reader.get_by_role("link", name="Utan skript").click()
    expect(reader.get_by_role("heading", name="Utan skript")).to_be_visible()
