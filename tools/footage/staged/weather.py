"""A cloudburst, and the water that it leaves standing on the road."""

import cv2
import numpy

RAIN = (26.0, 28.0, 48.0, 51.0)  # begins, is heavy, until, is over
WATER = (36.0, 46.0, 74.0, 77.0)  # rises, stands, until, is gone
# What is under water at the highest level: the road and its kerb, in pixels of the film.
ROAD = ((0, 220), (250, 206), (480, 196), (620, 172), (688, 196), (706, 240), (734, 262), (768, 290), (768, 530), (640, 500),
        (470, 432), (300, 362), (150, 312), (0, 285))
SEEN = (slice(150, 438), slice(256, 768))  # rows and columns that the camera sees; nothing else is painted
MUD = (88, 104, 112)


def ramp(times, time):
    begin, full, until, end = times
    return float(numpy.clip(min((time - begin) / (full - begin), (end - time) / (end - until)), 0, 1))


class Weather:
    def __init__(self, cast):
        self.cast = cast
        height, width = cast.empty.shape[:2]
        random = numpy.random.default_rng(11)
        self.y, self.x = numpy.mgrid[SEEN].astype(numpy.float32)
        self.layers = [self.streaks(random, count, length) for count, length in ((140, 20), (75, 36))]
        road = numpy.zeros((height, width), numpy.uint8)
        cv2.fillPoly(road, [numpy.array(ROAD)], 255)
        # The deeper a place lies the earlier it is under water: the middle of the road first.
        depth = cv2.distanceTransform(road, cv2.DIST_L2, 5)
        uneven = cv2.resize(random.random((9, 12)).astype(numpy.float32), (width, height), interpolation=cv2.INTER_CUBIC)
        self.depth = numpy.where(road > 0, depth / 70 + 0.35 * uneven, -1).astype(numpy.float32)[SEEN]
        mirrored = cv2.GaussianBlur(cv2.flip(cast.empty, 0), (0, 0), 6)
        self.mirrored = cv2.addWeighted(mirrored, 0.45, numpy.full_like(mirrored, MUD), 0.55, 0)

    def streaks(self, random, count, length):
        height, width = self.x.shape
        tall = numpy.zeros((2 * height, width), numpy.uint8)
        for _ in range(count):
            x, y, shade = random.uniform(0, width), random.uniform(0, height), int(random.uniform(40, 95))
            for shift in (0, height):
                start = (int(x), int(y + shift))
                cv2.line(tall, start, (int(x - 0.15 * length), int(y + shift + length)), shade, 1, cv2.LINE_AA)
        return tall

    def water(self, part, time, level):
        """Muddy and smooth, with the blurred house and sky in it; ripples move."""
        wave = 2.5 * numpy.sin(self.y / 5.0 + 3.1 * time) + 1.5 * numpy.sin(self.x / 23.0 + self.y / 9.0 - 2.3 * time)
        surface = cv2.remap(self.mirrored, self.x + wave, self.y + 2 * wave, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        cover = numpy.clip((self.depth - (1.0 - 1.05 * level)) * 7, 0, 1) * numpy.float32(0.97)
        part[:] = cv2.blendLinear(surface, numpy.ascontiguousarray(part), cover, 1 - cover)

    def rain(self, part, time, strength):
        height, width = part.shape[:2]
        part[:] = cv2.convertScaleAbs(part, alpha=1 - 0.12 * strength, beta=14 * strength)
        for tall, speed in zip(self.layers, (1400, 2300)):
            # Every picture has streaks of its own: what falls so fast is never seen twice.
            top, shift = int((height - time * speed) % height), int(time * 10 * 173) % width
            fallen = cv2.convertScaleAbs(numpy.roll(tall[top:top + height], shift, axis=1), alpha=strength)
            part[:] = cv2.add(part, cv2.merge([fallen] * 3))

    def picture(self, time):
        picture = self.cast.empty.copy()
        level, strength = ramp(WATER, time), ramp(RAIN, time)
        if level > 0:
            self.water(picture[SEEN], time, level)
            self.cast.paint_front(picture)
        if strength > 0:
            self.rain(picture[SEEN], time, strength)
        return picture
