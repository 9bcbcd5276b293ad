"""Stories of somebody who stops in the pedestrian film's street, puts something down and goes: where, what, and how it looks.

The street is either empty or as it was filmed, with the people who pass there. What was filmed nearer than a painted thing stays in
front of it. In every fourth story the thing is taken along again: nothing is left behind, and nothing may be said."""

import dataclasses

import cv2
import numpy

from staged import figures

FPS = figures.FPS
COUNT = 20
BEGINS = (0, 12, 24, 36)  # seconds of the film at which the stories' stretches of it begin
ENTERS = 5.0  # seconds of a story; the street is seen without the owner before
PACE = 0.75  # body heights a second
STAYS, PUTS = 3.0, 1.5  # seconds that the owner stops, and after which of them the thing stands there
GONE = 1.5  # body heights from the thing: he has left it
PATIENCE, REST = 12.0, 2.0  # an alarm counts for so long after that; then the story soon ends
WEST, EAST = -45, 812  # out of sight
FAR, NEAR = ((195, 265), (222, 455))  # rows of the road's borders, at its western and eastern end
SIZES = (0.2, 0.3, 0.42)  # body heights
COLOURS = ((34, 36, 40), (44, 36, 96), (120, 104, 92), (150, 186, 206), (92, 60, 36), (196, 198, 200))  # blue, green, red
SPOTS = (160, 235, 310, 365, 500, 560, 620, 690)  # the lamp post stands between the fourth and the fifth
LANES = (0.25, 0.6, 0.9)  # from the far border to the near one
DIFFERS, LEAST_CELLS = 20, 12  # somebody: grey levels off the empty street, and on how many cells of two by two pixels


@dataclasses.dataclass(frozen=True)
class Story:
    """What happens, in seconds of the story and pixels of the film."""

    number: int
    is_crowd: bool  # whether the street is as it was filmed, not empty

    @property
    def name(self) -> str:
        return f"things-{'crowd' if self.is_crowd else 'alone'}-{self.number:02d}"

    @property
    def begin(self) -> int:
        return BEGINS[(self.number + self.number // len(SPOTS)) % len(BEGINS)]

    @property
    def is_kept(self) -> bool:
        return (self.number + self.number // 4) % 4 == 3

    @property
    def lane(self) -> float:
        return LANES[self.number * 5 // 3 % len(LANES)]

    @property
    def spot(self) -> tuple[float, float]:
        x = SPOTS[self.number * 3 % len(SPOTS)]
        return x, foot_at(self.lane, x)

    @property
    def height(self) -> float:
        """Of the owner where he stops."""
        return figures.height_at(self.spot[1])

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Of the thing: x, y, width, height."""
        size = SIZES[self.number // 2 % len(SIZES)] * self.height
        breadth = size * (0.75, 1.2, 1.0)[self.number % 3]
        side = 1 if self.number % 2 else -1
        x, foot = self.spot
        return (round(x + side * 0.3 * self.height - breadth / 2), round(foot + 0.04 * self.height - size), round(breadth), round(size))

    def way(self) -> list[tuple[float, float, float]]:
        """Of the owner: second, x, foot."""
        x, foot = self.spot
        start, end = (WEST if self.number // 4 % 2 else EAST), (WEST if self.number // 2 % 2 else EAST)
        comes = ENTERS + self.seconds_between(start, x)
        goes = comes + STAYS
        return [(ENTERS, start, foot_at(self.lane, start)), (comes, x, foot), (goes, x, foot),
                (goes + self.seconds_between(x, end), end, foot_at(self.lane, end))]

    def seconds_between(self, a: float, b: float) -> float:
        middle = (foot_at(self.lane, a) + foot_at(self.lane, b)) / 2
        return abs(b - a) / figures.height_at(middle) / PACE

    @property
    def put(self) -> float:
        return self.way()[1][0] + PUTS

    @property
    def gone(self) -> float:
        """When the owner is far from the thing."""
        (from_time, x, foot), (to_time, end, last) = self.way()[2:]
        left, _, breadth, _ = self.box
        for step in range(1000):
            part = step / 1000
            at, row = x + part * (end - x), foot + part * (last - foot)
            if abs(at - left - breadth / 2) > GONE * figures.height_at(row):
                return from_time + part * (to_time - from_time)
        return to_time

    @property
    def seconds(self) -> float:
        return round(self.gone + PATIENCE + REST)


def foot_at(lane: float, x: float) -> float:
    part = x / 768
    far, near = (border[0] + part * (border[1] - border[0]) for border in (FAR, NEAR))
    return far + lane * (near - far)


def stories() -> list[Story]:
    """Half of them are told in the empty street too."""
    return [Story(n, True) for n in range(COUNT)] + [Story(n, False) for n in range(COUNT // 2)]


def draw(story: Story) -> numpy.ndarray:
    """The thing, with its transparency as fourth channel."""
    _, _, width, height = story.box
    blue, green, red = COLOURS[story.number * 5 % len(COLOURS)]
    large = numpy.zeros((64, 64, 4), numpy.uint8)
    cv2.ellipse(large, (32, 14), (12, 12), 0, 180, 360, (blue // 2, green // 2, red // 2, 255), 4, cv2.LINE_AA)
    cv2.rectangle(large, (3, 14), (60, 62), (blue, green, red, 255), -1, cv2.LINE_AA)
    cv2.rectangle(large, (3, 14), (60, 22), (blue * 3 // 4, green * 3 // 4, red * 3 // 4, 255), -1)
    cv2.rectangle(large, (12, 34), (51, 56), (min(blue + 18, 255), min(green + 18, 255), min(red + 18, 255), 255), -1)
    cv2.line(large, (31, 34), (31, 56), (blue // 2, green // 2, red // 2, 255), 2)
    return cv2.resize(large, (max(3, width), max(3, height)), interpolation=cv2.INTER_AREA)


def halved(picture: numpy.ndarray) -> numpy.ndarray:
    return cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)


class Street:
    """One filmed picture, and who is in it: looked for at half the size, which is much faster."""

    def __init__(self, picture: numpy.ndarray, empty: numpy.ndarray):
        self.filmed = picture
        blue, green, red = cv2.split(cv2.absdiff(halved(picture), halved(empty)))
        mask = (cv2.max(cv2.max(blue, green), red) > DIFFERS).astype(numpy.uint8)
        mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, numpy.ones((5, 3), numpy.uint8))
        _, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
        feet = 2 * (stats[:, 1] + stats[:, 3])
        feet[stats[:, 4] < LEAST_CELLS] = 0
        feet[0] = 0
        self.feet = feet[labels].astype(numpy.uint16)

    def bring_forward(self, picture: numpy.ndarray, area: tuple[int, int, int, int], foot: float) -> None:
        """Within the area (left, top, right, bottom) whoever stands nearer than `foot` is painted over what was painted."""
        left, top, right, bottom = (max(0, v // 2 * 2) for v in area)
        part = (slice(top, bottom), slice(left, right))
        nearer = self.feet[top // 2:bottom // 2, left // 2:right // 2] > foot
        nearer = nearer.repeat(2, axis=0).repeat(2, axis=1)
        picture[part][nearer] = self.filmed[part][nearer]


class Teller:
    """Paints the pictures of one story."""

    def __init__(self, story: Story, cast: figures.Cast):
        self.story, self.cast = story, cast
        self.owner = figures.Actor(cast.people[story.number % len(cast.people)], story.way())
        self.thing = draw(story)

    def picture(self, street: Street, time: float) -> numpy.ndarray:
        picture = street.filmed.copy()
        stands = self.story.put <= time and not (self.story.is_kept and time >= self.story.way()[2][0])
        x, y, width, height = self.story.box
        if stands:
            figures.shadow(picture, x + width / 2, y + height - 1, 1.2 * width, 0.25 * height + 2, 0.45)
            figures.paste(picture, self.thing, x, y)
            room = round(1.2 * width) + 2
            street.bring_forward(picture, (x - room, y - room, x + width + room, y + height + room), y + height)
        place = self.owner.place(time)
        if place is not None:
            self.paint_owner(picture, street, time, place, not stands and (self.story.is_kept or time < self.story.put))
        return picture

    def paint_owner(self, picture: numpy.ndarray, street: Street, time: float, place: tuple, carries: bool) -> None:
        x, foot, _ = place
        self.owner.paint(picture, time)
        tall = figures.height_at(foot)
        if carries:
            side = 1 if self.story.number % 2 else -1
            _, _, width, height = self.story.box
            figures.paste(picture, self.thing, round(x + side * 0.16 * tall - width / 2), round(foot - 0.28 * tall - height / 2))
        if foot < figures.FRONT_FOOT:
            self.cast.paint_front(picture)
            for area, _ in figures.FRONT:
                street.bring_forward(picture, area, figures.FRONT_FOOT)
        street.bring_forward(picture, (round(x - tall), round(foot - 1.2 * tall), round(x + tall), round(foot + 4)), foot)
