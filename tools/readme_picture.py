"""The picture of README.md: Anna's start page on a phone beside the same on a desktop, from a running demo.

python -m tools.readme_picture --at URL     of a demo that already runs
python -m tools.readme_picture              makes one first
"""

import argparse
import io
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw, ImageFilter
from playwright.sync_api import Browser

from tools import walking

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "start.png"
MOST_BYTES = 200_000
PHONE, DESKTOP = (390, 844), (1280, 844)
MARGIN, GAP, ROUND = 48, 56, 18
GROUND = (236, 230, 245)


def photograph(browser: Browser, address: str, username: str, size: tuple[int, int]) -> Image.Image:
    """The first screen of somebody's start page."""
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]}, locale="sv-SE", timezone_id="Europe/Stockholm"
    )
    walking.log_in(page, address, username)
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    return picture


def beside(phone: Image.Image, desktop: Image.Image) -> Image.Image:
    """Both on one ground, with rounded corners and a soft shadow."""
    width = phone.width + desktop.width + GAP + 2 * MARGIN
    sheet = Image.new("RGB", (width, desktop.height + 2 * MARGIN), GROUND)
    lay(sheet, phone, MARGIN)
    lay(sheet, desktop, MARGIN + phone.width + GAP)
    return sheet


def lay(sheet: Image.Image, picture: Image.Image, left: int) -> None:
    """A screen on the sheet."""
    corners = Image.new("L", picture.size, 0)
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, picture.width - 1, picture.height - 1), ROUND, fill=255)
    shadow = Image.new("L", sheet.size, 0)
    shadow.paste(corners.point(lambda value: value // 5), (left, MARGIN + 8))
    sheet.paste((60, 40, 100), mask=shadow.filter(ImageFilter.GaussianBlur(14)))
    sheet.paste(picture, (left, MARGIN), corners)


def main() -> None:
    """Takes the picture; fails when it weighs more than a README may."""
    parser = argparse.ArgumentParser(prog="tools.readme_picture", description=__doc__.splitlines()[0])
    parser.add_argument("--at", metavar="URL", help="a demo that already runs; otherwise one is made")
    options = parser.parse_args()
    with ExitStack() as stack:
        address = options.at
        if not address:
            folder = stack.enter_context(TemporaryDirectory(prefix="skolnav-picture-"))
            address = stack.enter_context(walking.served_demo(Path(folder)))
        browser = stack.enter_context(walking.chromium())
        phone, desktop = (photograph(browser, address, "anna", size) for size in (PHONE, DESKTOP))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    # The octree keeps the bell's yellow, which other palettes lose among so much purple.
    made = beside(phone, desktop).quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    made.save(TARGET, optimize=True)
    size = TARGET.stat().st_size
    print(f"{TARGET.name}: {size // 1000} kB")
    if size > MOST_BYTES:
        raise SystemExit(f"More than {MOST_BYTES // 1000} kB; make it smaller.")


if __name__ == "__main__":
    main()
