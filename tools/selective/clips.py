"""Third-party footage of measuring data (BONGSU_DATA): read there, never copied into the repository.

Each entry gives the scene without its event, a function that makes the next event, and whether nothing can be seen in between.
Where the footage shows its scene without people or vehicles, the median of its pictures is that scene; elsewhere it is
the clip's first picture, in which somebody stands already: the event is that they begin to move."""

import numpy

import events
from footage import HEIGHT, WIDTH, fitted, median_of, read


def load(path, part=0.5):
    pictures, rate = read(path)
    return [fitted(p, part=part) for p in pictures], rate


def moving_box(pictures, scene):
    """Around everything that differs from the scene in any of the pictures."""
    differs = numpy.zeros((HEIGHT, WIDTH), bool)
    for picture in pictures[::3]:
        differs |= numpy.abs(picture.astype(numpy.int16) - scene).max(axis=2) > 40
    rows, columns = numpy.flatnonzero(differs.sum(axis=1) > 6), numpy.flatnonzero(differs.sum(axis=0) > 6)
    if rows.size == 0 or columns.size == 0:
        return 0, 0, WIDTH, HEIGHT
    return float(columns[0]), float(rows[0]), float(columns[-1] - columns[0]), float(rows[-1] - rows[0])


def busy_parts(pictures, scene, rate):
    """Runs of pictures in which something differs from the scene: (first, last)."""
    share = [(numpy.abs(p.astype(numpy.int16) - scene).max(axis=2) > 40).mean() for p in pictures]
    is_busy = numpy.array(share) > 0.006
    parts, begin = [], None
    for number, busy in enumerate([*is_busy, False]):
        if busy and begin is None:
            begin = number
        elif not busy and begin is not None:
            if number - begin >= 2 * rate:
                parts.append((begin, number))
            begin = None
    return parts


def with_empty_scene(path, kind):
    def make(data, random):
        pictures, rate = load(data / path)
        scene = median_of(pictures)
        parts = busy_parts(pictures, scene, rate)

        def next_event():
            first, last = parts[int(random.integers(len(parts)))]
            shown = pictures[first:last]
            return events.Clip(kind, shown, rate, 0.0, moving_box(shown, scene))

        return scene, next_event, True

    return make


def from_first_picture(path, kind, part=0.5):
    def make(data, random):
        pictures, rate = load(data / path, part)
        box = moving_box(pictures, pictures[0])
        return pictures[0], lambda: events.Clip(kind, pictures, rate, 0.0, box), False

    return make


CLIPS = {
    "cars": with_empty_scene("vehicles/clips/car-detection.mp4", "car"),
    "yard": with_empty_scene("abandoned/aboda_video4.avi", "bag"),
    "fall-hall": from_first_picture("fall/upfall/A01_T1_C1.mp4", "fall", part=1.0),
    "fall-room": from_first_picture("fall/gmdcsa24/S3_Fall_16.mp4", "fall", part=1.0),
    "fight-shop": from_first_picture("fight/clips/fi061.mp4", "fight"),
    "fight-street": from_first_picture("fight/clips/fi073.mp4", "fight"),
    "fire": from_first_picture("fire/videos/furg_house6.mp4", "fire"),
}
