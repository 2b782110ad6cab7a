"""make screenshots: a picture of every page, for each role that has it, and one sheet with them all.

    python -m tools.screenshots                 all roles
    python -m tools.screenshots anna visitor    those alone
    python -m tools.screenshots --at URL anna   of a demo that already runs

Phone (390x844) and desktop (1440x900), light and dark, in build/screenshots/ROLE/PAGE-phone-light.png.
"""

import argparse
import itertools
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import django
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, ViewportSize
from rich.progress import Progress

from tools import walking

TARGET = Path(__file__).resolve().parent.parent / "build" / "screenshots"
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1440, "height": 900},
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
THUMBNAIL = 320
LONGEST = 6000  # a page of forty rows is looked at to here


def photograph(page: Page, folder: Path, name: str) -> None:
    """The page as it stands, in both sizes and schemes."""
    for (size, viewport), scheme in itertools.product(SIZES.items(), SCHEMES):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        height = min(page.evaluate("document.documentElement.scrollHeight"), LONGEST)
        clip = {"x": 0, "y": 0, "width": viewport["width"], "height": max(height, viewport["height"])}
        page.screenshot(path=folder / f"{name}-{size}-{scheme}.png", full_page=True, clip=clip)  # type: ignore[arg-type]


def photograph_role(browser: Browser, address: str, role: str, bars: Progress) -> None:
    """Walks as one of the cast and photographs every stop."""
    folder = TARGET / role
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    context = browser.new_context(locale="sv-SE", timezone_id="Europe/Stockholm")
    page = context.new_page()
    if role != "visitor":
        walking.log_in(page, address, role)
    bar = bars.add_task(role, total=None)
    for stop in walking.walk(page, address, walking.ROLES.get(role, "/")):
        photograph(page, folder, stop.route.replace(":", "."))
        bars.advance(bar)
    bars.update(bar, total=bars.tasks[bar].completed)
    context.close()


def sheet(pictures: list[Path], columns: int = 8) -> Image.Image:
    """All pictures small on one, each with its name; only the top of a long page."""
    cell = (THUMBNAIL, THUMBNAIL + 20)
    rows = -(-len(pictures) // columns)
    made = Image.new("RGB", (columns * cell[0], rows * cell[1]), "#ddd")
    draw = ImageDraw.Draw(made)
    for number, picture in enumerate(pictures):
        left, top = number % columns * cell[0], number // columns * cell[1]
        with Image.open(picture) as image:
            wide = image.width > image.height
            image.thumbnail((THUMBNAIL - 8, 4000 if not wide else THUMBNAIL))
            made.paste(image.crop((0, 0, image.width, min(image.height, THUMBNAIL))), (left + 4, top + 18))
        draw.text((left + 4, top + 4), f"{picture.parent.name} {picture.stem}"[:52], fill="#000")
    return made


def main() -> None:
    """Takes the pictures and tells where they are."""
    parser = argparse.ArgumentParser(prog="tools.screenshots", description=__doc__.splitlines()[0])
    parser.add_argument("roles", nargs="*", help=f"any of the cast; usually {', '.join(walking.ROLES)}")
    parser.add_argument("--at", metavar="URL", help="a demo that already runs; otherwise one is made")
    options = parser.parse_args()
    os.environ.update(SKOLNAV_ENVIRONMENT="test", DJANGO_SETTINGS_MODULE="skolnav.config.settings")
    django.setup()
    roles = options.roles or list(walking.ROLES)
    with walking.chromium() as browser, Progress() as bars:
        if options.at:
            for role in roles:
                photograph_role(browser, options.at.rstrip("/"), role, bars)
        else:
            with (
                TemporaryDirectory(prefix="skolnav-") as folder,
                walking.served_demo(Path(folder)) as address,
            ):
                for role in roles:
                    photograph_role(browser, address, role, bars)
    pictures = sorted(TARGET.glob("*/*.png"))
    if pictures:
        sheet(pictures).save(TARGET / "sheet.png")
    print(f"{len(pictures)} pictures in {TARGET.relative_to(Path.cwd())}/, all on sheet.png")


if __name__ == "__main__":
    main()
