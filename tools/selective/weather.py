"""What makes a scene hard to watch. All of it is drawn here; none of it was filmed.

Each condition changes the scene before people are painted into it (`under`, BGR) and the finished picture
(`over`, the luma plane and the chroma planes of I420)."""

import math

import cv2
import numpy

from footage import HEIGHT, WIDTH


def smooth_noise(random, width, height, cells):
    coarse = random.random((cells * height // width + 2, cells + 2)).astype(numpy.float32)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)


class Condition:
    noise = 2.5  # standard deviation of the sensor, grey levels
    kilobits = None  # of a starved encoder
    name = "day"

    def __init__(self, random, seconds):
        self.random, self.seconds = random, seconds
        self.notes = []  # (begin, end, what): for the time line

    def prepare(self, scene):
        return scene

    def under(self, scene, time):
        return scene

    def over(self, luma, chroma, time):
        return luma, chroma


class Night(Condition):
    name, noise = "night", 6.0

    def __init__(self, random, seconds):
        super().__init__(random, seconds)
        grey = numpy.arange(256, dtype=numpy.float32)
        self.dim = (16 + (grey - 16) * 0.4).clip(16, 255).astype(numpy.uint8)
        self.pale = (128 + (grey - 128) * 0.35).astype(numpy.uint8)

    def over(self, luma, chroma, time):
        return cv2.LUT(luma, self.dim), cv2.LUT(chroma, self.pale)


class HeadLamps(Night):
    """Night, and now and then a beam sweeps over the ground. The car itself is not in view."""

    name = "headlamps"

    def __init__(self, random, seconds):
        super().__init__(random, seconds)
        time = random.uniform(10, 30)
        while time + 5 < seconds:
            self.notes.append((time, time + random.uniform(2, 4), "beam"))
            time += random.uniform(15, 50)
        self.ways = [(random.random() < 0.5, random.uniform(0.55, 0.9)) for _ in self.notes]
        y, x = numpy.mgrid[-200:200, -320:320].astype(numpy.float32)
        self.beam = (150 * numpy.exp(-(x / 130) ** 2 - (y / 70) ** 2)).astype(numpy.uint8)

    def over(self, luma, chroma, time):
        luma, chroma = super().over(luma, chroma, time)
        for (begin, end, _), (is_rightward, height) in zip(self.notes, self.ways):
            if begin <= time <= end:
                part = (time - begin) / (end - begin)
                part = part if is_rightward else 1 - part
                x, y = int(-320 + part * (WIDTH + 640)), int(height * HEIGHT)
                moved = numpy.float32([[1, 0, x - 320], [0, 1, y - 200]])
                luma = cv2.add(luma, cv2.warpAffine(self.beam, moved, (WIDTH, HEIGHT)))
        return luma, chroma


class Rain(Condition):
    name, noise = "rain", 3.0

    def __init__(self, random, seconds):
        super().__init__(random, seconds)
        self.layers = [self.streaks(random, count, length) for count, length in ((260, 14), (130, 26))]
        self.drops = []
        time = 0.0
        while time < seconds:
            self.drops.append((time, time + random.uniform(8, 40), random.uniform(20, WIDTH - 20),
                               random.uniform(20, HEIGHT - 20), int(random.uniform(6, 18)), random.uniform(0, 10)))
            time += random.uniform(2, 8)

    @staticmethod
    def streaks(random, count, length):
        tall = numpy.zeros((2 * HEIGHT, WIDTH), numpy.uint8)
        for _ in range(count):
            x, y = random.uniform(0, WIDTH), random.uniform(0, HEIGHT)
            slant = length * 0.18
            for shift in (0, HEIGHT):
                cv2.line(tall, (int(x), int(y + shift)), (int(x - slant), int(y + shift + length)),
                         int(random.uniform(18, 60)), 1, cv2.LINE_AA)
        return cv2.GaussianBlur(tall, (3, 3), 0)

    def over(self, luma, chroma, time):
        for tall, speed in zip(self.layers, (900, 1500)):
            # Every picture has streaks of its own: what falls so fast is never seen twice.
            top = int((HEIGHT - time * speed) % HEIGHT)
            shift = int(time * 15 * 173) % WIDTH
            luma = cv2.add(luma, numpy.roll(tall[top:top + HEIGHT], shift, axis=1))
        for begin, end, x, y, radius, speed in self.drops:
            if begin <= time <= end:
                self.drop(luma, int(x), int(y + speed * (time - begin)), radius)
        return luma, chroma

    @staticmethod
    def drop(luma, x, y, radius):
        top, left = max(0, y - radius), max(0, x - radius)
        part = luma[top:y + radius, left:x + radius]
        if part.size == 0 or min(part.shape) < 3:
            return
        rows, columns = numpy.mgrid[:part.shape[0], :part.shape[1]]
        is_inside = (rows - (y - top)) ** 2 + (columns - (x - left)) ** 2 < radius ** 2
        lens = cv2.GaussianBlur(part[::-1, ::-1], (0, 0), radius / 3)
        part[is_inside] = cv2.addWeighted(part, 0.3, lens, 0.7, 8)[is_inside]


class Starved(Condition):
    """An encoder that has too few bits: blocks, smears, and pictures that pulse with the key frames."""

    name, noise, kilobits = "starved", 2.5, 90


class Lights(Condition):
    """Somebody switches the light off and on; the camera's exposure follows within two seconds."""

    name = "lights"

    def __init__(self, random, seconds):
        super().__init__(random, seconds)
        self.switches, is_on, time = [], True, random.uniform(12, 25)
        while time < seconds:
            is_on = not is_on
            self.switches.append((time, is_on))
            self.notes.append((time, time + 1, "on" if is_on else "off"))
            time += random.uniform(12, 45)

    def over(self, luma, chroma, time):
        gain, since, before = 1.0, time, 1.0
        for at, is_on in self.switches:
            if at > time:
                break
            before, gain, since = gain, (1.0 if is_on else 0.38), time - at
        settled = 0.75 + 0.25 * gain if gain < 1 else 1.0
        if since < 0.15:
            present = before + (gain - before) * since / 0.15
        elif gain < 1:
            present = settled + (gain - settled) * math.exp(-since / 1.0)
        else:
            present = 1 + 0.35 * math.exp(-since / 0.7) if before < 1 else 1.0
        return cv2.convertScaleAbs(luma, alpha=present, beta=16 * (1 - present)), chroma


class Trees(Condition):
    """Foliage before the upper and one side border of the picture, drawn, and moved by gusts of wind."""

    name = "trees"

    def prepare(self, scene):
        leaves = sum(smooth_noise(self.random, WIDTH, HEIGHT, cells) / (i + 1) for i, cells in enumerate((24, 60, 160)))
        leaves = (leaves - leaves.min()) / (leaves.max() - leaves.min())
        self.leaves = numpy.dstack([40 + 40 * leaves, 50 + 120 * leaves, 35 + 75 * leaves]).astype(numpy.uint8)
        y, x = numpy.mgrid[:HEIGHT, :WIDTH].astype(numpy.float32)
        side = x if self.random.random() < 0.5 else WIDTH - x
        shape = smooth_noise(self.random, WIDTH, HEIGHT, 9) * 60
        crown = numpy.minimum(y - 55, side - 85) - shape + 30
        self.cover = numpy.clip(-crown / 12, 0, 1)
        self.cover[leaves < 0.33] *= 0.35
        self.x, self.y = x, y
        self.phase = smooth_noise(self.random, WIDTH, HEIGHT, 6) * 2 * math.pi
        self.flutter = smooth_noise(self.random, WIDTH, HEIGHT, 40) * 2 * math.pi
        self.ground = scene
        return scene

    def under(self, scene, time):
        gust = 1.2 + 2.6 * (0.5 + 0.5 * math.sin(time / 7.3)) * (0.5 + 0.5 * math.sin(time / 2.9 + 1))
        sway = gust * numpy.sin(2 * math.pi * 0.35 * time + self.phase, dtype=numpy.float32)
        sway += 0.8 * numpy.sin(2 * math.pi * 1.9 * time + self.flutter, dtype=numpy.float32)
        x, y = self.x + sway, self.y + 0.4 * sway
        leaves = cv2.remap(self.leaves, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        cover = cv2.remap(self.cover, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)[..., None]
        return (scene + (leaves - scene.astype(numpy.float32)) * cover).astype(numpy.uint8)


class Clouds(Condition):
    """Shadows of clouds: larger than the picture, with edges of a third of its width (the sun is half a degree wide, a
    cloud a kilometre high), and passing in seconds."""

    name = "clouds"
    coarse = 16  # pixels of the picture to one of the field

    def __init__(self, random, seconds):
        super().__init__(random, seconds)
        self.speed = random.uniform(60, 180)
        width = int((self.speed * seconds + 4 * WIDTH) / self.coarse)
        field = smooth_noise(random, width, 3 * HEIGHT // self.coarse, max(4, width * self.coarse // (2 * WIDTH)))
        self.field = (1 - 0.5 * numpy.clip((field - 0.35) / 0.3, 0, 1)).astype(numpy.float32)

    def over(self, luma, chroma, time):
        size = WIDTH // self.coarse, HEIGHT // self.coarse
        x = size[0] + self.speed * time / self.coarse
        part = cv2.getRectSubPix(self.field, size, (x, 1.5 * size[1]))
        gain = cv2.resize(part, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
        return cv2.multiply(luma, gain, dtype=cv2.CV_8U), chroma


CONDITIONS = {c.name: c for c in (Condition, Night, HeadLamps, Rain, Starved, Lights, Trees, Clouds)}
