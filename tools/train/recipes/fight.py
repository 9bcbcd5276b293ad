"""Fights: eight numbers of how everything around the most restless person moves, and one weight for each."""
import csv
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from bongsu_train import figures, folds, heads, motion
from bongsu_train.errors import TrainError
from bongsu_train.people import People

FOLDS = 10
RATE = 10.0  # pictures a second that the program keeps while it looks
WHOLE, SHORT = 2.05, 1.45  # seconds of a window
LEAST_SCORE, LEAST_HEIGHT = 0.3, 20  # of people: score, pixels
PENALTY = 1.0  # of squared weights, against the sum of losses over clips
FALSE_POSITIVES = 0.05  # a probability of 0.5 stands for this share in cross-validation
NOISE = 6.0  # grey levels
THUMBNAIL = 160  # pixels of width on which movement is measured to choose a person
# Windows of a clip: begin (None: as late as possible), seconds, pictures a second, first picture, noise
WINDOWS = {
    "whole": (0.0, WHOLE, RATE, 0.0, False), "early": (0.0, SHORT, RATE, 0.0, False), "late": (None, SHORT, RATE, 0.0, False),
    "slow": (0.0, WHOLE, RATE / 2, 0.0, False), "slow_off": (0.0, WHOLE, RATE / 2, 0.1, False),
    "noisy": (0.0, WHOLE, RATE, 0.0, True),
}
SCORED = ("whole", "slow", "noisy")
# People who walk past each other, of Debian's package opencv-doc. Its second half is left for measuring.
STREET = Path("/usr/share/doc/opencv-doc/examples/data/vtest.avi")
STREET_LASTS, STREET_STEP = 40.0, 2.0  # seconds


@dataclass
class Film:
    """Grey pictures at about RATE, their seconds, and the people in each."""
    grey: list[np.ndarray]
    seconds: np.ndarray
    people: list[np.ndarray]


def train(data: Path, out: Path, seed: int) -> dict[str, float]:
    cv2.setNumThreads(1)
    rows = read_rows(data / "fight/manifest.csv")
    labels = np.array([int(r["label"] == "fight") for r in rows])
    groups = [r["group"] for r in rows]
    print(f"{len(rows)} clips, {labels.sum()} of them fights, {len(set(groups))} groups", flush=True)
    random, detector = np.random.default_rng(seed), People()
    clips = [read_film(data / "fight" / row["file"], detector) for row in rows]
    street = pieces(read_film(STREET, detector, STREET_LASTS), STREET_STEP)
    print(f"and {len(street)} pieces of a street as none", flush=True)
    numbers = measure_all(clips + street, random)
    taught = np.concatenate([labels, np.zeros(len(street), int)])
    always = np.arange(len(rows), len(taught))
    fold = folds.by_group(groups, labels.tolist(), FOLDS, seed)
    scores = {name: np.zeros(len(rows)) for name in SCORED}
    for known, asked in folds.rounds(fold):
        weights, bias = fit(numbers, taught, np.concatenate([known, always]))
        for name in SCORED:
            scores[name][asked] = numbers[name][asked] @ weights + bias
    threshold = figures.threshold_at(labels, scores["whole"], FALSE_POSITIVES)
    weights, bias = fit(numbers, taught, np.arange(len(taught)))
    heads.write(out / "head.onnx", [(weights[:, None], np.array([bias - threshold]))])
    found = {"clips": len(rows), "fights": int(labels.sum())}
    for name, call in (("auc", "whole"), ("auc_5_pictures_a_second", "slow"), ("auc_noisy", "noisy")):
        found |= figures.with_interval(name, figures.auc, labels, scores[call], groups, seed)
    return found | figures.with_interval(
        "recall_at_fpr_5", figures.tpr_at(FALSE_POSITIVES), labels, scores["whole"], groups, seed)


def read_rows(manifest: Path) -> list[dict[str, str]]:
    try:
        with manifest.open(newline="") as file:
            return [row for row in csv.DictReader(file) if row["train_ok"] == "1"]
    except OSError as error:
        raise TrainError(f"{manifest}: {error.strerror}") from error


def measure_all(films: list[Film], random: np.random.Generator) -> dict[str, np.ndarray]:
    """Window -> (films, numbers)."""
    return {name: np.stack([measure(film, *window, random) for film in films]) for name, window in WINDOWS.items()}


def pieces(film: Film, step: float) -> list[Film]:
    """Pieces of a whole window each, one after the other."""
    out = []
    for begin in np.arange(0, film.seconds[-1] - WHOLE, step):
        inside = [i for i, now in enumerate(film.seconds) if begin <= now <= begin + WHOLE]
        out.append(Film([film.grey[i] for i in inside], film.seconds[inside] - begin, [film.people[i] for i in inside]))
    return out


def read_film(path: Path, detector: People, lasts: float = np.inf) -> Film:
    """The first `lasts` seconds."""
    capture = cv2.VideoCapture(str(path))
    rate = capture.get(cv2.CAP_PROP_FPS)
    film, due, number = Film([], np.zeros(0), []), 0.0, 0
    seconds = []
    while number / max(rate, 1) < lasts:
        is_there, picture = capture.read()
        if not is_there:
            break
        now, number = number / rate, number + 1
        if now + 0.5 / rate < due:
            continue
        due = max(due, now - 1 / RATE) + 1 / RATE
        film.people.append(detector.find(picture, LEAST_SCORE))
        film.grey.append(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))
        seconds.append(now)
    if len(seconds) < 6:
        raise TrainError(f"{path} has only {len(seconds)} pictures")
    film.seconds = np.array(seconds)
    return film


def measure(
    film: Film, begin: float | None, lasts: float, rate: float, first: float, is_noisy: bool, random: np.random.Generator
) -> np.ndarray:
    begin = max(0.0, film.seconds[-1] - lasts) if begin is None else begin
    chosen = []
    for i, now in enumerate(film.seconds):
        due = begin + first if not chosen else film.seconds[chosen[-1]] + 1 / rate
        if due <= now + 0.03 and now <= begin + lasts:
            chosen.append(i)
    grey = [film.grey[i] for i in chosen]
    part = most_restless(grey, [film.people[i] for i in chosen])
    cut = motion.strip(grey, part)
    if is_noisy:
        cut = [np.clip(p + random.normal(0, NOISE, p.shape), 0, 255).astype(np.uint8) for p in cut]
    return motion.numbers(cut, film.seconds[chosen], motion.bodies_per_pixel(part))


def most_restless(grey: list[np.ndarray], people: list[np.ndarray]) -> motion.Part:
    """Around the person where most changes; without people, the middle of the picture."""
    height, width = grey[0].shape
    parts = [motion.part_around(((b[0] + b[2]) / 2, (b[1] + b[3]) / 2), max(b[2] - b[0], b[3] - b[1]), (width, height))
             for boxes in people for b in boxes if b[3] - b[1] >= LEAST_HEIGHT]
    if not parts:
        return motion.part_around((width / 2, height / 2), min(width, height) / 2, (width, height))
    scale = THUMBNAIL / width
    size = (THUMBNAIL, max(1, round(height * scale)))
    small = [cv2.resize(p, size, interpolation=cv2.INTER_AREA).astype(np.float32) for p in grey]
    change = np.mean([np.minimum(np.abs(b - a), 40) for a, b in zip(small[:-1], small[1:])], axis=0)
    sums = cv2.integral(np.maximum(change - 2, 0))

    def density(part: motion.Part) -> float:
        left, top = round(part.x * scale), round(part.y * scale)
        right, bottom = round((part.x + part.width) * scale), round((part.y + part.height) * scale)
        total = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return total / max(1, (right - left) * (bottom - top))

    return max(parts, key=density)


def fit(numbers: dict[str, np.ndarray], labels: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, float]:
    """Logistic regression by Newton's method; every clip counts once, however many windows it has."""
    samples = np.concatenate([n[known] for n in numbers.values()]).astype(np.float64)
    wanted = np.tile(labels[known], len(numbers))
    mean, deviation = samples.mean(0), samples.std(0) + 1e-6
    inputs = np.concatenate([(samples - mean) / deviation, np.ones((len(samples), 1))], axis=1)
    penalty = np.diag([PENALTY] * samples.shape[1] + [1e-6])
    weights = np.zeros(inputs.shape[1])
    for _ in range(30):
        sure = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (sure - wanted) / len(numbers) + penalty @ weights
        curve = (inputs * (sure * (1 - sure) / len(numbers))[:, None]).T @ inputs + penalty
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-7:
            break
    scaled = weights[:-1] / deviation
    return scaled, float(weights[-1] - mean @ scaled)
