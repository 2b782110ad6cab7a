"""Pictures that the demo draws itself: calm landscapes and things of a school day, in flat colours."""

import io
import math
import random
from collections.abc import Callable

from PIL import Image, ImageDraw

SIZE = (960, 640)
# Drawn larger and made smaller: edges come out smooth.
WIDTH, HEIGHT = 2400, 1600

Colour = tuple[int, int, int]
DAWN, DAY, DUSK, NIGHT = (
    ((250, 214, 188), (253, 242, 224)),
    ((166, 205, 226), (233, 243, 243)),
    ((106, 84, 140), (244, 178, 140)),
    ((24, 30, 66), (78, 84, 138)),
)
GREENS: tuple[Colour, ...] = ((164, 190, 160), (116, 156, 128), (72, 118, 98), (40, 80, 72))
AUTUMN: tuple[Colour, ...] = ((222, 142, 62), (198, 92, 52), (236, 186, 86), (150, 70, 58), (172, 150, 70))
PURPLES: tuple[Colour, ...] = ((190, 170, 214), (150, 122, 186), (108, 78, 150), (70, 46, 110))


def draw(motif: str, *, seed: str) -> bytes:
    """A JPEG of a motif; the same seed gives the same picture. Raises KeyError for an unknown motif."""
    picture = _MOTIFS[motif](random.Random(seed)).resize(SIZE, Image.Resampling.BOX)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=90)
    return written.getvalue()


def hills(rand: random.Random) -> Image.Image:
    """Hills behind hills, with a low sun."""
    picture = _sky(rand.choice((DAWN, DAY, DUSK)))
    _sun(picture, rand)
    for depth, colour in enumerate(rand.choice((GREENS, PURPLES))):
        _ridge(picture, rand, 0.42 + depth * 0.14, 0.07, colour)
    return picture


def forest(rand: random.Random) -> Image.Image:
    """Spruces on a slope, and birches in autumn."""
    picture = _sky(rand.choice((DAWN, DAY)))
    _sun(picture, rand)
    _ridge(picture, rand, 0.48, 0.06, GREENS[0])
    pen = ImageDraw.Draw(picture)
    for depth, colour in enumerate(GREENS[1:]):
        ground = _ridge(picture, rand, 0.62 + depth * 0.13, 0.03, colour)
        for x in range(-60, WIDTH, 210 - depth * 10):
            at_x = x + rand.randrange(120)
            height = rand.randrange(240, 420) + depth * 60
            _spruce(pen, at_x, ground(at_x) + 30, height, _darker(colour, 0.9))
    for _ in range(5):
        x = rand.randrange(100, WIDTH - 100)
        _round_tree(pen, x, HEIGHT - rand.randrange(40, 160), rand.randrange(90, 150), rand.choice(AUTUMN))
    return picture


def lake(rand: random.Random) -> Image.Image:
    """A lake with a shore, and its sky upside down in the water."""
    picture = _sky(rand.choice((DAWN, DUSK)))
    _sun(picture, rand)
    _ridge(picture, rand, 0.44, 0.05, GREENS[1])
    _ridge(picture, rand, 0.5, 0.03, GREENS[2])
    shore = int(HEIGHT * 0.58)
    above = picture.crop((0, 0, WIDTH, shore)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    picture.paste(Image.blend(above, Image.new("RGB", above.size, (96, 130, 160)), 0.35), (0, shore))
    pen = ImageDraw.Draw(picture)
    for _ in range(26):
        x, y = rand.randrange(WIDTH), rand.randrange(shore + 40, HEIGHT)
        pen.line((x, y, x + rand.randrange(120, 420), y), fill=(238, 240, 240), width=5)
    return picture


def leaves(rand: random.Random) -> Image.Image:
    """Fallen leaves."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), (244, 234, 214))
    for _ in range(70):
        length = rand.randrange(150, 300)
        leaf = Image.new("RGBA", (length, length), (0, 0, 0, 0))
        pen = ImageDraw.Draw(leaf)
        colour = rand.choice(AUTUMN)
        edge = [(x, math.sin(x / length * math.pi) ** 0.8 * length * 0.28) for x in range(0, length + 1, 6)]
        middle = length / 2
        pen.polygon([(x, middle - y) for x, y in edge], fill=colour)
        pen.polygon([(x, middle + y) for x, y in edge], fill=_darker(colour, 0.88))
        pen.line((0, middle, length, middle), fill=_darker(colour, 0.7), width=5)
        turned = leaf.rotate(rand.randrange(360), Image.Resampling.BILINEAR, expand=True)
        picture.paste(turned, (rand.randrange(-150, WIDTH), rand.randrange(-150, HEIGHT)), turned)
    return picture


def books(rand: random.Random) -> Image.Image:
    """Shelves of books."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), (247, 240, 228))
    pen = ImageDraw.Draw(picture)
    colours = (*AUTUMN, *PURPLES[1:], *GREENS[1:], (60, 98, 142), (226, 214, 190))
    for board in (520, 1030, 1540):
        x = 80
        while x < WIDTH - 140:
            width, height = rand.randrange(46, 104), rand.randrange(270, 420)
            if rand.random() < 0.09:
                x += width * 2
                continue
            colour = rand.choice(colours)
            pen.rounded_rectangle((x, board - height, x + width - 6, board), 8, fill=colour)
            pen.rectangle(
                (x, board - height + 56, x + width - 6, board - height + 74), fill=_darker(colour, 0.8)
            )
            x += width
        pen.rectangle((40, board, WIDTH - 40, board + 30), fill=(150, 112, 80))
    return picture


def houses(rand: random.Random) -> Image.Image:
    """A street of wooden houses."""
    picture = _sky(rand.choice((DAY, DAWN)))
    _sun(picture, rand)
    _ridge(picture, rand, 0.56, 0.05, GREENS[0])
    pen = ImageDraw.Draw(picture)
    ground, x = int(HEIGHT * 0.84), -60
    while x < WIDTH:
        width, height = rand.randrange(330, 520), rand.randrange(330, 560)
        wall = rand.choice(((166, 62, 50), (224, 178, 88), (232, 224, 206), (110, 140, 150), (176, 110, 84)))
        top = ground - height
        pen.rectangle((x, top, x + width, ground), fill=wall)
        pen.polygon(((x - 24, top), (x + width / 2, top - 190), (x + width + 24, top)), fill=(84, 66, 70))
        for row in range(top + 70, ground - 120, 150):
            for column in range(x + 60, x + width - 90, 130):
                pen.rectangle(
                    (column, row, column + 66, row + 84),
                    fill=(250, 240, 210),
                    outline=(255, 255, 255),
                    width=8,
                )
        x += width + rand.randrange(20, 110)
    pen.rectangle((0, ground, WIDTH, HEIGHT), fill=(120, 150, 110))
    return picture


def candles(rand: random.Random) -> Image.Image:
    """Candles in the dark."""
    picture = _sky(NIGHT)
    # 0 in the middle, 255 from the rim outwards: turned about, and faint.
    glow = Image.radial_gradient("L").point(lambda value: max(0, 150 - value)).resize((840, 840))
    for number in range(7):
        x = 220 + number * 320 + rand.randrange(-40, 40)
        top = HEIGHT - rand.randrange(520, 900)
        picture.paste((255, 206, 120), (x - 420, top - 510), glow)
        pen = ImageDraw.Draw(picture)
        pen.rounded_rectangle((x - 52, top, x + 52, HEIGHT), 16, fill=(244, 236, 222))
        pen.ellipse((x - 30, top - 150, x + 30, top - 16), fill=(255, 190, 80))
        pen.ellipse((x - 14, top - 96, x + 14, top - 22), fill=(255, 244, 206))
    return picture


def plants(rand: random.Random) -> Image.Image:
    """Pots with plants on a window sill."""
    picture = _sky(DAY)
    pen = ImageDraw.Draw(picture)
    sill = int(HEIGHT * 0.8)
    pen.rectangle((0, sill, WIDTH, HEIGHT), fill=(240, 232, 220))
    for number in range(5):
        x, width = 300 + number * 450, rand.randrange(110, 150)
        for _ in range(rand.randrange(6, 10)):
            lean, height = rand.uniform(-0.5, 0.5), rand.randrange(260, 560)
            tip = (x + lean * height, sill - 200 - height)
            green = rand.choice(GREENS[1:])
            pen.line((x, sill - 190, *tip), fill=green, width=14)
            pen.ellipse((tip[0] - 70, tip[1] - 40, tip[0] + 70, tip[1] + 40), fill=green)
        pen.polygon(
            (
                (x - width, sill - 220),
                (x + width, sill - 220),
                (x + width * 0.7, sill),
                (x - width * 0.7, sill),
            ),
            fill=rand.choice(((188, 104, 72), (206, 130, 96), (160, 92, 78))),
        )
    return picture


def paper_boats(rand: random.Random) -> Image.Image:
    """Paper boats on blue waves."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), (214, 232, 238))
    pen = ImageDraw.Draw(picture)
    for row in range(5):
        level = 420 + row * 250
        for half in range(2):
            size = 120 + row * 26
            x = half * WIDTH // 2 + rand.randrange(200, WIDTH // 2 - 200)
            colour = rand.choice(((252, 250, 244), (240, 196, 120), (206, 188, 228), (238, 150, 128)))
            _boat(pen, x, level, size, colour)
        _ridge(picture, rand, level / HEIGHT, 0.02, _darker((120, 176, 204), 1 - row * 0.13), waves=7)
    return picture


_MOTIFS: dict[str, Callable[[random.Random], Image.Image]] = {
    made.__name__: made for made in (hills, forest, lake, leaves, books, houses, candles, plants, paper_boats)
}


def _sky(colours: tuple[Colour, Colour]) -> Image.Image:
    """From one colour at the top to another at the horizon."""
    # Mixed small and stretched: a sky has no details.
    gradient = Image.linear_gradient("L")
    top, bottom = (Image.new("RGB", gradient.size, colour) for colour in colours)
    return Image.composite(bottom, top, gradient).resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)


def _sun(picture: Image.Image, rand: random.Random) -> None:
    x, y = rand.randrange(300, WIDTH - 300), rand.randrange(220, 520)
    ImageDraw.Draw(picture).ellipse(_around(x, y, 110), fill=(255, 244, 214))


def _ridge(
    picture: Image.Image, rand: random.Random, level: float, height: float, colour: Colour, waves: float = 2.2
) -> Callable[[float], float]:
    """A soft ridge from edge to edge; returns how high it lies at an x."""
    phases = [rand.uniform(0, math.tau) for _ in range(3)]

    def line(x: float) -> float:
        turn = x / WIDTH * math.tau
        wave = sum(math.sin(turn * waves * (n + 1) / 2 + phase) / (n + 1) for n, phase in enumerate(phases))
        return HEIGHT * (level - height * wave * 0.6)

    outline = [(x, line(x)) for x in range(0, WIDTH + 24, 24)]
    ImageDraw.Draw(picture).polygon([*outline, (WIDTH, HEIGHT), (0, HEIGHT)], fill=colour)
    return line


def _spruce(pen: ImageDraw.ImageDraw, x: float, foot: float, height: float, colour: Colour) -> None:
    for step in range(4):
        top, half = foot - height + step * height * 0.2, height * (0.12 + step * 0.055)
        pen.polygon(((x, top), (x - half, top + height * 0.36), (x + half, top + height * 0.36)), fill=colour)


def _round_tree(pen: ImageDraw.ImageDraw, x: float, foot: float, size: float, colour: Colour) -> None:
    pen.rectangle((x - 12, foot - size * 2, x + 12, foot), fill=(238, 232, 224))
    pen.ellipse(_around(x, foot - size * 2.2, size), fill=colour)


def _boat(pen: ImageDraw.ImageDraw, x: float, level: float, size: float, colour: Colour) -> None:
    deck, keel = level - size * 0.45, level + size * 0.3
    pen.polygon(
        ((x, level - size * 1.5), (x - size * 0.8, deck + 20), (x + size * 0.8, deck + 20)), fill=colour
    )
    hull = ((x - size * 1.4, deck), (x + size * 1.4, deck), (x + size * 0.8, keel), (x - size * 0.8, keel))
    pen.polygon(hull, fill=_darker(colour, 0.9))


def _around(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return (x - radius, y - radius, x + radius, y + radius)


def _darker(colour: Colour, share: float) -> Colour:
    red, green, blue = (int(part * share) for part in colour)
    return red, green, blue
