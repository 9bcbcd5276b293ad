"""What disturbs the cameras of the composed streets: all of it is drawn here, on the finished picture.

Every condition has the interface of those of tools/selective/weather.py: `prepare` gets the empty scene once, `under` the
scene before people are painted into it, `over` the finished picture as luma plane and chroma planes."""

import math

import cv2
import numpy

import footage
import weather

HEIGHT, WIDTH = footage.HEIGHT, footage.WIDTH


def spells(random, seconds, least, most, length):
    """[(begin, end)]: something that happens now and then and lasts so long."""
    found, time = [], random.uniform(least, most)
    while time + length < seconds:
        found.append((time, time + length))
        time += length + random.uniform(least, most)
    return found


def shifted(luma, chroma, x, y, border):
    """The picture moved to the right and down by so many pixels."""
    def moved(plane, share):
        way = numpy.float32([[1, 0, share * x], [0, 1, share * y]])
        return cv2.warpAffine(plane, way, plane.shape[::-1], borderMode=border)

    halves = chroma.reshape(2, HEIGHT // 2, WIDTH // 2)
    return moved(luma, 1), numpy.stack([moved(half, 0.5) for half in halves]).reshape(chroma.shape)


class Infrared(weather.Condition):
    """A lamp of its own lights the middle; no colour, much noise."""

    name, noise = "infrared", 5.0

    def __init__(self, random, seconds):
        super().__init__(random, seconds)
        y, x = numpy.mgrid[:HEIGHT, :WIDTH].astype(numpy.float32)
        away = ((x - WIDTH / 2) / WIDTH) ** 2 + ((y - 0.6 * HEIGHT) / HEIGHT) ** 2
        self.lamp = (1.05 * numpy.exp(-1.8 * away)).astype(numpy.float32)

    def over(self, luma, chroma, time):
        return cv2.multiply(luma, self.lamp, dtype=cv2.CV_8U), numpy.full_like(chroma, 128)


class Insects(Infrared):
    """Close to the lens and out of focus, in the light of its lamp; and a thread of a spider that sways in the wind."""

    name = "insects"

    def __init__(self, random, seconds):
        super().__init__(random, seconds)
        self.flights = [(begin, end, random.uniform(0, 1, 4), random.uniform(6, 22))
                        for _ in range(3) for begin, end in spells(random, seconds, 2, 12, random.uniform(0.4, 1.6))]
        self.anchor = random.uniform(0.1, 0.9, 2)

    def over(self, luma, chroma, time):
        luma, chroma = super().over(luma, chroma, time)
        light = numpy.zeros_like(luma)
        for begin, end, (x0, y0, x1, y1), size in self.flights:
            if begin <= time <= end:
                part = (time - begin) / (end - begin)
                wobble = 0.05 * math.sin(31 * part)
                at = int((x0 + (x1 - x0) * part) * WIDTH), int((y0 + (y1 - y0) * part + wobble) * HEIGHT)
                cv2.circle(light, at, int(size), 130, -1)
        sway = 6 * math.sin(2 * math.pi * 0.4 * time) + 3 * math.sin(2 * math.pi * 1.3 * time)
        ends = (int(self.anchor[0] * WIDTH + sway), 0), (int(self.anchor[1] * WIDTH), HEIGHT)
        cv2.line(light, *ends, 90, 4)
        return cv2.add(luma, cv2.blur(light, (13, 13))), chroma


class Snow(weather.Condition):
    """Flakes in three distances; the near ones are large, fast and out of focus."""

    name, noise = "snow", 3.0

    def __init__(self, random, seconds):
        super().__init__(random, seconds)
        self.layers = []
        for count, radius, speed in ((320, 1, 70), (120, 2, 150), (24, 5, 320)):
            flakes = numpy.zeros((HEIGHT, WIDTH), numpy.uint8)
            for x, y in random.uniform(0, 1, (count, 2)):
                cv2.circle(flakes, (int(x * WIDTH), int(y * HEIGHT)), radius, int(random.uniform(60, 140)), -1, cv2.LINE_AA)
            self.layers.append((cv2.blur(flakes, (radius + 1, radius + 1)), speed))

    def over(self, luma, chroma, time):
        luma = cv2.convertScaleAbs(luma, alpha=0.8, beta=40)
        for number, (flakes, speed) in enumerate(self.layers):
            aside = int(25 * (number + 1) * math.sin(time / 3 + number) + 20 * time)
            luma = cv2.add(luma, numpy.roll(flakes, (int(time * speed) % HEIGHT, aside % WIDTH), axis=(0, 1)))
        return luma, chroma


class Fog(weather.Condition):
    """Comes and goes within a minute, and is thicker farther away."""

    name = "fog"

    def prepare(self, scene):
        self.far = numpy.linspace(1.0, 0.35, HEIGHT, dtype=numpy.float32)[:, None] * numpy.ones((1, WIDTH), numpy.float32)
        return scene

    def over(self, luma, chroma, time):
        thick = 0.45 + 0.35 * math.sin(time / 9)
        left = numpy.exp(-2 * thick * self.far)
        luma = (luma * left + 165 * (1 - left)).astype(numpy.uint8)
        return luma, (128 + (chroma.astype(numpy.float32) - 128) * float(left.mean())).astype(numpy.uint8)


class Mast(weather.Condition):
    """The wind shakes what the camera hangs on."""

    name = "mast"

    def over(self, luma, chroma, time):
        gust = 0.5 + 3.5 * max(0.0, math.sin(time / 5.1)) ** 2
        x, y = gust * math.sin(2 * math.pi * 1.7 * time), 0.5 * gust * math.sin(2 * math.pi * 2.3 * time + 1)
        return shifted(luma, chroma, x, y, cv2.BORDER_REPLICATE)


class DirtyLens(weather.Condition):
    """Spots that blur and pale what is behind them."""

    name = "lens"

    def __init__(self, random, seconds):
        super().__init__(random, seconds)
        cover = numpy.zeros((HEIGHT, WIDTH), numpy.float32)
        for x, y, size in random.uniform(0, 1, (14, 3)):
            cv2.circle(cover, (int(x * WIDTH), int(y * HEIGHT)), int(8 + 45 * size), 1.0, -1)
        self.cover = cv2.GaussianBlur(cover, (0, 0), 9)

    def over(self, luma, chroma, time):
        behind = cv2.GaussianBlur(luma, (0, 0), 6).astype(numpy.float32) * 0.7 + 40
        return (luma + (behind - luma) * self.cover).astype(numpy.uint8), chroma


class Turn(weather.Condition):
    """A camera that is turned to the side and back; what lies beyond the scene is the scene's own mirror image."""

    name = "turn"

    def __init__(self, random, seconds):
        super().__init__(random, seconds)
        self.turns = [(*spell, random.uniform(-240, 240)) for spell in spells(random, seconds, 15, 30, 12)]

    def over(self, luma, chroma, time):
        x = 0.0
        for begin, end, way in self.turns:
            if begin <= time <= end:
                x = way * min(1.0, (time - begin) / 2, (end - time) / 2)
        if x == 0.0:
            return luma, chroma
        return shifted(luma, chroma, x, 0, cv2.BORDER_REFLECT)


class Restart(weather.Condition):
    """Black for some seconds, then far too bright until the exposure has settled."""

    name = "restart"

    def __init__(self, random, seconds):
        super().__init__(random, seconds)
        self.restarts = spells(random, seconds, 12, 30, 5)

    def over(self, luma, chroma, time):
        for begin, end in self.restarts:
            if begin <= time < begin + 3:
                return numpy.full_like(luma, 16), numpy.full_like(chroma, 128)
            if begin + 3 <= time <= end:
                return cv2.convertScaleAbs(luma, alpha=1 + 2.5 * math.exp(-(time - begin - 3) / 0.5)), chroma
        return luma, chroma


class Dusk(Infrared):
    """The camera swaps its filter: by day in colour, by night with its lamp, out of focus for a moment."""

    name = "dusk"

    def __init__(self, random, seconds):
        super().__init__(random, seconds)
        self.nights = spells(random, seconds, 12, 25, random.uniform(12, 25))

    def over(self, luma, chroma, time):
        changes = [abs(time - at) for night in self.nights for at in night]
        if changes and min(changes) < 0.5:
            luma = cv2.GaussianBlur(luma, (0, 0), 4)
        is_night = any(begin <= time <= end for begin, end in self.nights)
        return super().over(luma, chroma, time) if is_night else (luma, chroma)


CONDITIONS = {c.name: c for c in (Infrared, Insects, Snow, Fog, Mast, DirtyLens, Turn, Restart, Dusk)}
