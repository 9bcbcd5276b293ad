"""Rubbish that smoulders and then burns: puffs of smoke; flames from noise that streams upwards, and their light on the ground."""

import cv2
import numpy

from staged import figures

SMOKES, CLEARS = 14.0, 44.0  # from when to when smoke leaves the pile
BEGIN, FULL, DYING, END = 44.0, 49.0, 69.0, 74.0  # flames
X, Y = 590, 330  # middle of the foot of the fire
WIDTH, HEIGHT = 84, 112
LIFT = 150  # pixels a second
LIT = (slice(Y - 150, Y + 110), slice(X - 240, 768))  # rows and columns that its light reaches
# Heat 0..1 and its colour (blue, green, red).
HEAT = numpy.array([0.0, 0.25, 0.5, 0.75, 1.0])
COLOURS = numpy.array([[10, 10, 60], [10, 50, 200], [15, 120, 250], [60, 190, 255], [190, 245, 255]], numpy.float32)

PUFFS, LASTS, RIPE = 6.0, 10.0, 4.0  # puffs a second; seconds until one is gone; until the pile gives all it has
RISE, WIND, SPREAD, RADIUS = 42.0, 10.0, 9.0, 22.0  # pixels a second; the last one pixels
SHADE, DENSITY = (84, 86, 88), 0.8
VEILED = (slice(Y - 300, Y), slice(X - 160, X + 178))  # rows and columns that smoke reaches
BLOCK = 2  # pixels: smoke is soft


def noise(random, width, height, cells):
    """Smooth, 0..1, and without a seam from bottom to top."""
    coarse = random.random((cells * height // width, cells)).astype(numpy.float32)
    tall = cv2.resize(numpy.vstack([coarse] * 3), (width, 3 * height), interpolation=cv2.INTER_CUBIC)
    return tall[height:2 * height]


def rubbish(random, shades, count, rows):
    """Bags and planks, dark and charred, with transparency."""
    pile = numpy.zeros((44, WIDTH + 24, 4), numpy.uint8)
    for _ in range(count):
        x, y = random.uniform(18, WIDTH + 6), random.uniform(*rows)
        size = (int(random.uniform(6, 14)), int(random.uniform(4, 7)))
        shade = int(random.uniform(*shades))
        cv2.ellipse(pile, (int(x), int(y)), size, random.uniform(0, 180), 0, 360, (shade, shade + 2, shade + 6, 255), -1)
    return cv2.GaussianBlur(pile, (3, 3), 0)


class Fire:
    def __init__(self, cast):
        self.cast = cast
        random = numpy.random.default_rng(7)
        self.layers = [(noise(random, WIDTH, 4 * HEIGHT, cells), weight, speed)
                       for cells, weight, speed in ((3, 0.5, 0.8), (6, 0.32, 1.2), (13, 0.18, 1.7))]
        self.sway = random.random(3) * 6
        y, x = numpy.mgrid[:HEIGHT, :WIDTH].astype(numpy.float32)
        self.up = 1 - y / HEIGHT  # 0 at the foot
        self.across = (x - WIDTH / 2) / (WIDTH / 2)
        rows, columns = numpy.mgrid[LIT].astype(numpy.float32)
        light = numpy.exp(-(((columns - X) / 110) ** 2 + ((rows - Y + 10) / 55) ** 2))
        self.light = light[..., None] * numpy.array([8, 26, 52], numpy.float32)
        y, x = numpy.mgrid[VEILED][:, ::BLOCK, ::BLOCK].astype(numpy.float32)
        self.veiled = x - X, y - Y + 14
        self.swirls = numpy.tile(noise(random, 512, 1024, 24), (3, 2))
        self.puffs = [(SMOKES + i / PUFFS, *random.uniform((-1, 0.85), (1, 1.15))) for i in range(int((CLEARS - SMOKES) * PUFFS))]
        self.behind = rubbish(random, (20, 60), 22, (14, 30))
        self.before = rubbish(random, (12, 40), 12, (26, 36))

    def heat(self, time, strength):
        fuel = numpy.zeros_like(self.up)
        for layer, weight, speed in self.layers:
            top = int(time * LIFT * speed) % (4 * HEIGHT)
            fuel += weight * numpy.roll(layer, -top, axis=0)[:HEIGHT]
        lean = 0.25 * numpy.sin(1.9 * time + self.sway[0]) + 0.15 * numpy.sin(4.3 * time + self.sway[1])
        across = self.across - lean * self.up
        reach = strength * (0.95 + 0.12 * numpy.sin(6.1 * time + self.sway[2]))
        body = 1 - (numpy.abs(across) / (0.95 - 0.75 * self.up)) ** 2 - self.up / reach
        heat = numpy.clip(1.15 * body + 1.9 * (fuel - 0.52), 0, 1)
        # Flames come out of the pile, not out of a line on the ground.
        return heat * numpy.clip(self.up * 10, 0, 1)

    def put(self, picture, pile):
        figures.paste(picture, pile, X - pile.shape[1] // 2, Y - 32)

    def burn(self, picture, time):
        strength = float(numpy.clip(min((time - BEGIN) / (FULL - BEGIN), (END - time) / (END - DYING)), 0.25, 1))
        heat = self.heat(time, strength)
        lit = picture[LIT]
        lit[:] = numpy.clip(lit + strength * (0.75 + 0.5 * float(heat.mean())) * self.light, 0, 255).astype(numpy.uint8)
        self.put(picture, self.behind)
        colour = numpy.dstack([numpy.interp(heat, HEAT, COLOURS[:, i]) for i in range(3)])
        flames = numpy.dstack([colour, 255 * numpy.clip(heat * 3.2, 0, 1)]).astype(numpy.uint8)
        figures.paste(picture, cv2.GaussianBlur(flames, (3, 3), 0), X - WIDTH // 2, Y - HEIGHT)
        self.put(picture, self.before)

    def smoke(self, picture, time):
        x, y = self.veiled
        depth = numpy.zeros_like(x)
        for born, sway, lift in self.puffs:
            age = time - born
            if 0 <= age < LASTS:
                radius = RADIUS + SPREAD * age
                far = ((x - WIND * age - 0.5 * sway * radius) ** 2 + (y + RISE * lift * age) ** 2) / radius ** 2
                depth += (1 - age / LASTS) * min(1.0, 0.25 + (born - SMOKES) / RIPE) * numpy.exp(-far)
        # Swirls go with the smoke and change on their way.
        column, row = int(7 * time) % 512, int(RISE * time * 2) % 1024
        swirls = self.swirls[row:row + 2 * len(x):2, column:column + 2 * len(x[0]):2]
        alpha = DENSITY * (1 - numpy.exp(-depth * (0.3 + 1.4 * swirls)))
        part = picture[VEILED]
        alpha = cv2.resize(alpha.astype(numpy.float32), part.shape[1::-1], interpolation=cv2.INTER_LINEAR)[..., None]
        part[:] = (part + (numpy.array(SHADE, numpy.float32) - part) * alpha).astype(numpy.uint8)

    def picture(self, time):
        picture = self.cast.empty.copy()
        if BEGIN <= time <= END:
            self.burn(picture, time)
        else:
            self.put(picture, self.behind)
            self.put(picture, self.before)
        if SMOKES <= time <= CLEARS + LASTS:
            self.smoke(picture, time)
        return picture
