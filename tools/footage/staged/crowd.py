"""An exit: a few people, then many at once, one who comes against them, somebody who runs, and at last a panic."""

from staged import figures

WALK, RUN = 0.75, 1.9  # body heights a second
WEST, EAST = 95, 800  # out of sight on both sides
# Rows of the road at both sides of the picture.
LANES = ((226, 225), (236, 260), (246, 300), (256, 345), (266, 390), (276, 430))


def length(lane, begin=WEST, end=EAST):
    """Of a way along a lane, in body heights."""
    middle = (foot_at(lane, begin) + foot_at(lane, end)) / 2
    return abs(end - begin) / figures.height_at(middle)


def foot_at(lane, x):
    west, east = LANES[lane]
    return west + (east - west) * (x - WEST) / (EAST - WEST)


def across(person, begin, lane, is_eastward=True, pace=WALK):
    """From one side of the picture to the other."""
    start, end = (WEST, EAST) if is_eastward else (EAST, WEST)
    stride = 1.6 if pace > 1.5 else 1.0
    way = [(begin, start, foot_at(lane, start)), (begin + length(lane) / pace, end, foot_at(lane, end))]
    return figures.Actor(person, way, stride)


def flees(person, lane, x, turn):
    """Walks in from the west so as to be at x at `turn`, and from there runs on."""
    begin = turn - length(lane, WEST, x) / WALK
    hurried = turn + 0.6
    further = x + 0.6 * 1.3 * figures.height_at(foot_at(lane, x))
    gone = hurried + length(lane, further, EAST) / RUN
    points = ((begin, WEST), (turn, x), (hurried, further), (gone, EAST))
    return figures.Actor(person, [(t, at, foot_at(lane, at)) for t, at in points], 1.3)


class Crowd:
    def __init__(self, cast):
        self.cast, people = cast, cast.people
        self.actors = [across(people[3], 2, 1), across(people[6], 3, 4, False)]
        self.actors += [across(people[i % len(people)], 14 + 0.75 * i, (5 * i + 1) % len(LANES)) for i in range(11)]
        self.actors.append(across(people[4], 19, 5, False))
        self.actors.append(across(people[8], 40, 2, True, RUN))
        for lane, x in ((0, 330), (1, 400), (2, 340), (3, 410), (4, 350), (5, 420), (0, 470), (2, 480), (4, 490)):
            self.actors.append(flees(people[(lane + x // 50) % len(people)], lane, x, 61 + 0.1 * lane))

    def picture(self, time):
        picture = self.cast.empty.copy()
        figures.paint_all(picture, self.cast, self.actors, time)
        return picture
