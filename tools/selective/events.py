"""What happens in a film: who comes when, from where, and which box is true at each moment."""

import math

import cv2
import numpy

from footage import FILM_RATE, HEIGHT, WIDTH, paste

LEAD = 25  # seconds of nothing at the beginning
LEAST_GAP, MOST_GAP = 14, 38  # seconds between two events: a camera is followed for 10 s after one
TAIL = 6
BOX_EVERY = 0.5  # seconds between two true boxes
VISIBLE = 0.5  # share of somebody's width that must have come into view
WALKS, RUNS = 0.8, 2.2  # body heights a second
# Kind of event and how often.
KINDS = {"walk": 6, "cross": 3, "corner": 3, "run": 2, "group": 2, "pause": 2, "far": 2}


class Walker:
    """One person: from behind an edge, into the scene, and out again."""

    def __init__(self, person, kind, random, delay=0.0):
        self.person, self.delay = person, delay
        # Shares of the picture's height. Below 6 % nobody promises to see them at once.
        share = random.uniform(0.045, 0.058) if kind == "far" else math.exp(random.uniform(*numpy.log([0.07, 0.36])))
        if kind in ("cross", "run"):
            share = max(share, 0.14)
        self.share = share
        self.height = share * HEIGHT
        self.width = 0.38 * self.height
        self.speed = (RUNS if kind == "run" else WALKS) * self.height * random.uniform(0.85, 1.2)
        self.pause = random.uniform(4, 8) if kind == "pause" else 0
        low = max(0.25 * HEIGHT + self.height, 0.45 * HEIGHT)
        self.foot = random.uniform(low, HEIGHT - 4) if low < HEIGHT - 4 else HEIGHT - 4
        self.is_from_left = random.random() < 0.5
        self.edge = random.uniform(0.2, 0.8) * WIDTH if kind == "corner" else (0 if self.is_from_left else WIDTH)
        room = WIDTH - self.edge if self.is_from_left else self.edge
        way = self.speed * (random.uniform(2.4, 4) if kind == "run" else random.uniform(3, 9))
        self.is_crossing = kind in ("cross", "run") and way > room
        self.depth = room + self.width if self.is_crossing else min(way / 2, room - self.width / 2)

    @property
    def length(self):
        return self.delay + self.pause + (1 if self.is_crossing else 2) * (self.depth + self.width) / self.speed

    def place(self, time):
        """How far the middle is behind the edge, and whether they walk inwards."""
        walked = (time - self.delay) * self.speed - self.width
        if walked < self.depth or self.is_crossing:
            return walked, True
        walked = max(self.depth, walked - self.pause * self.speed)
        return 2 * self.depth - walked, False

    def is_still(self, time):
        reached = self.delay + (self.depth + self.width) / self.speed
        return not self.is_crossing and reached <= time < reached + self.pause

    def box(self, time):
        """Of what can be seen of them; nothing while that is too little."""
        if time < self.delay or time > self.length:
            return None
        inside, _ = self.place(time)
        middle = self.edge + inside if self.is_from_left else self.edge - inside
        left, right = middle - self.width / 2, middle + self.width / 2
        low, high = (self.edge, WIDTH) if self.is_from_left else (0, self.edge)
        seen = min(right, high) - max(left, low)
        if seen < VISIBLE * self.width:
            return None
        return max(left, low), self.foot - self.height, seen, self.height

    def paint(self, picture, time):
        if time < self.delay or time > self.length:
            return
        pictures = self.person["pictures"]
        step = 0 if self.is_still(time) else int((time - self.delay) * FILM_RATE * (2 if self.speed > 1.5 * self.height else 1))
        cut = pictures[step % len(pictures)]
        scale = self.height / self.person["height"]
        inside, is_inward = self.place(time)
        goes_left = self.is_from_left != is_inward
        size = (max(4, round(cut.shape[1] * scale)), max(8, round(cut.shape[0] * scale)))
        cut = cv2.resize(cut, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        if goes_left != self.person["is_leftward"]:
            cut = cv2.flip(cut, 1)
        middle = self.edge + inside if self.is_from_left else self.edge - inside
        x, y = round(middle - size[0] / 2), round(self.foot - size[1])
        low, high = (self.edge, WIDTH) if self.is_from_left else (0, self.edge)
        paste(picture, cut, x, y, round(low), round(high))


class People:
    """An event: one or several walkers."""

    def __init__(self, people, kind, random):
        count = int(random.integers(2, 5)) if kind == "group" else 1
        chosen = random.choice(len(people), count, replace=False)
        self.kind = kind
        self.walkers = [Walker(people[i], kind, random, delay=1.2 * n) for n, i in enumerate(chosen)]
        for walker in self.walkers[1:]:
            # They come the same way, one behind the other.
            first = self.walkers[0]
            walker.is_from_left, walker.edge = first.is_from_left, first.edge
            walker.depth = min(walker.depth, WIDTH - walker.width)
        self.length = max(w.length for w in self.walkers)
        self.share = max(w.share for w in self.walkers)

    def boxes(self, time):
        return [box for box in (w.box(time) for w in self.walkers) if box]

    def paint(self, picture, time):
        for walker in self.walkers:
            walker.paint(picture, time)


class Clip:
    """A piece of somebody else's film, shown in the place of the scene that it was taken from."""

    def __init__(self, kind, pictures, rate, begin, box):
        self.kind, self.pictures, self.rate, self.begin, self.box = kind, pictures, rate, begin, box
        self.length = len(pictures) / rate
        self.share = box[3] / HEIGHT

    def boxes(self, time):
        return [self.box] if self.begin <= time <= self.length else []

    def paint(self, picture, time):
        picture[:] = self.pictures[min(int(time * self.rate), len(self.pictures) - 1)]


def enclosing(boxes):
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    return left, top, max(b[0] + b[2] for b in boxes) - left, max(b[1] + b[3] for b in boxes) - top


def truth_of(begin, event):
    """When something can be seen, and where: (begin, end, [(time, box)]) on the film's clock."""
    times = numpy.arange(0, event.length, 1 / 15)
    seen = [t for t in times if event.boxes(t)]
    if not seen:
        return None
    moments = [*numpy.arange(seen[0], seen[-1], BOX_EVERY), seen[-1]]
    boxes = [(begin + t, enclosing(event.boxes(t))) for t in moments if event.boxes(t)]
    return begin + seen[0], begin + seen[-1], boxes


def plan(seconds, make_event, random):
    """[(begin, event)]; `make_event` gives the next one."""
    planned, time = [], LEAD + random.uniform(0, 8)
    while True:
        event = make_event()
        if time + event.length + TAIL > seconds:
            return planned
        planned.append((time, event))
        time += event.length + random.uniform(LEAST_GAP, MOST_GAP)


def make_people(people, random):
    names = list(KINDS)
    weights = numpy.array([KINDS[n] for n in names], float)

    def make():
        while True:
            event = People(people, str(random.choice(names, p=weights / weights.sum())), random)
            truth = truth_of(0, event)
            # Goals are for what can be seen for two seconds.
            if truth and truth[1] - truth[0] >= 2 and event.length < 30:
                return event

    return make
