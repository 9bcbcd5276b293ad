"""Flames in a picture: layers of Inception v3, pooled, and one dense layer; pictures with and without fire."""
import csv
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import torch

from bongsu_train import baits, degrade, figures, folds, heads, proposals
from bongsu_train.backbone import Backbone
from bongsu_train.errors import TrainError

MODEL = Path(__file__).resolve().parents[3] / "models/fire"
FOLDS = 5
WORKING_HEIGHT = 320  # pixels; larger pictures are scaled to it before anything is done with them
CROPS = (2, 4)  # per picture without and with fire
BAITED = 0.5  # of the pictures without fire: more of them cost hits on photographs
SMALLEST_FLAME = 0.03  # share of a crop that must be flame for it to be called fire
UNTOUCHED, MADE, PROPOSED = 6.0, 1.0, 0.5  # weights: pictures as they are or mirrored; made of them; asked about in films
PENALTY = 1e-2  # of squared weights
FALSE_POSITIVES = 0.01  # a probability of 0.5 stands for this share in cross-validation


@dataclass
class Item:
    """One source picture; `fold` keeps everything that is made of it on one side of each split."""
    picture: np.ndarray
    label: int
    group: str
    fold: int = -1


@dataclass
class Samples:
    """Features of what the network is trained on."""
    pictures: list[np.ndarray] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    fold: list[int] = field(default_factory=list)
    view: list[int] = field(default_factory=list)  # index of the item when it is one of the views that it is judged by, else -1
    weight: list[float] = field(default_factory=list)
    baits: list[int] = field(default_factory=list)  # which of these samples are made-up lamps, sunsets, vests
    proposed: list[int] = field(default_factory=list)  # and which are what the first step asks about in films without fire

    def add(self, picture: np.ndarray, label: int, fold: int, weight: float, view: int = -1) -> None:
        self.pictures.append(picture)
        self.labels.append(label)
        self.fold.append(fold)
        self.view.append(view)
        self.weight.append(weight)


def train(data: Path, out: Path, seed: int) -> dict[str, float]:
    cv2.setNumThreads(1)
    items = photographs(data) + fight_frames(data)
    asked = proposed(data)
    everything = items + asked
    fold = folds.by_group([i.group for i in everything], [i.label for i in everything], FOLDS, seed)
    for item, number in zip(everything, fold):
        item.fold = int(number)
    samples = make(items, np.random.default_rng(seed))
    for item in asked:
        samples.add(item.picture, 0, item.fold, PROPOSED)
        samples.proposed.append(len(samples.pictures) - 1)
    print(f"{len(items)} pictures, {sum(i.label for i in items)} of them fire; {len(samples.pictures)} samples", flush=True)
    backbone = Backbone(MODEL)
    features = backbone.pooled(samples.pictures)
    labels, fold, view, weight = (np.array(v) for v in (samples.labels, samples.fold, samples.view, samples.weight))
    unseen = np.zeros(len(labels))  # every sample's logit from a network that saw nothing of its fold
    for number in range(FOLDS):
        mean, deviation, weights, bias = fit(features, labels, weight, fold != number)
        unseen[fold == number] = ((features[fold == number] - mean) / deviation) @ weights + bias
    found, threshold = measure(items, judged(unseen, view), seed)
    found["baits"] = len(samples.baits)
    found["baits_above_half"] = float(np.mean(unseen[samples.baits] >= threshold))
    found["proposals"] = len(samples.proposed)
    found["proposals_above_half"] = float(np.mean(unseen[samples.proposed] >= threshold)) if samples.proposed else 0.0
    mean, deviation, weights, bias = fit(features, labels, weight, np.ones(len(labels), bool))
    maps = {name: array.shape for name, array in backbone.maps(samples.pictures[0]).items()}
    heads.write(out / "head.onnx", [(weights[:, None], np.array([bias - threshold]))], mean, deviation, maps)
    return found


def photographs(data: Path) -> list[Item]:
    manifest = data / "fire/manifest_images.csv"
    try:
        rows = list(csv.DictReader(manifest.open(newline="")))
    except OSError as error:
        raise TrainError(f"{manifest}: {error.strerror}") from error
    return [Item(scaled(read(data / "fire" / row["file"])), int(row["label"] == "fire"), f"fire:{row['group']}")
            for row in rows if row["train_ok"] == "1"]


def fight_frames(data: Path) -> list[Item]:
    """The middle picture of each clip: streets, halls and rooms seen by surveillance cameras, none of them on fire."""
    manifest = data / "fight/manifest.csv"
    if not manifest.is_file():
        return []
    found = []
    for row in csv.DictReader(manifest.open(newline="")):
        clip = cv2.VideoCapture(str(data / "fight" / row["file"]))
        clip.set(cv2.CAP_PROP_POS_FRAMES, int(row["frames"]) // 2)
        is_read, picture = clip.read()
        if is_read and row["train_ok"] == "1":
            found.append(Item(scaled(picture), 0, f"fight:{row['group']}"))
    return found


def proposed(data: Path) -> list[Item]:
    """What the first step would ask about in films of fights and falls."""
    sets = [(name, data / name / "manifest.csv") for name in ("fight", "fall")]
    return [Item(scaled(part), 0, f"{name}:{group}") for name, manifest in sets if manifest.is_file()
            for group, part in proposals.of_films(data / name, manifest)]


def read(path: Path) -> np.ndarray:
    picture = cv2.imread(str(path))
    if picture is None:
        raise TrainError(f"{path} cannot be read as a picture")
    return picture


def scaled(picture: np.ndarray) -> np.ndarray:
    factor = WORKING_HEIGHT / picture.shape[0]
    return cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else picture


def make(items: list[Item], random: np.random.Generator) -> Samples:
    out = Samples()
    for index, item in enumerate(items):
        out.add(item.picture, item.label, item.fold, UNTOUCHED, index)
        out.add(item.picture[:, ::-1], item.label, item.fold, UNTOUCHED, index)
        for part in proposals.parts(item.picture)[:1]:
            out.add(part, item.label, item.fold, MADE if shows(part, item.label) else 0.0, index)
        out.add(degrade.any_of(item.picture, random), item.label, item.fold, MADE)
        for _ in range(CROPS[item.label]):
            add_crop(out, item, random)
        if item.label == 0 and random.random() < BAITED:
            out.add(baits.onto(item.picture, random), 0, item.fold, MADE)
            out.baits.append(len(out.pictures) - 1)
    return out


def add_crop(out: Samples, item: Item, random: np.random.Generator) -> None:
    """A square part; of a burning picture only when enough flame is in it."""
    height, width = item.picture.shape[:2]
    side = int(random.uniform(0.4, 1) * min(height, width))
    x, y = int(random.integers(0, width - side + 1)), int(random.integers(0, height - side + 1))
    picture = item.picture[y:y + side, x:x + side]
    if shows(picture, item.label):
        out.add(degrade.any_of(picture, random) if random.random() < 0.5 else picture, item.label, item.fold, MADE)


def shows(part: np.ndarray, label: int) -> bool:
    """Whether a part of a picture still deserves the picture's label."""
    return label == 0 or flame_mask(part).mean() >= SMALLEST_FLAME


def flame_mask(picture: np.ndarray) -> np.ndarray:
    """Pixels R >= G >= B, red bright and well above blue: after Chen et al. 2004, "An early fire-detection method"."""
    b, g, r = (picture[:, :, i].astype(np.float32) for i in range(3))
    return (r >= g) & (g >= 0.9 * b) & (r > 140) & (r - b > 55)


def fit(
    features: np.ndarray, labels: np.ndarray, weight: np.ndarray, chosen: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    """Logistic regression on standardised features, both classes of equal weight: (mean, deviation, weights, bias)."""
    mean, deviation = features[chosen].mean(0), features[chosen].std(0) + 1e-3
    x = torch.tensor((features[chosen] - mean) / deviation)
    y = torch.tensor(labels[chosen], dtype=torch.float32)
    is_fire, share = labels[chosen] == 1, weight[chosen]
    share = share / np.where(is_fire, share[is_fire].sum(), share[~is_fire].sum()) / 2
    share = torch.tensor(share, dtype=torch.float32)
    weights = torch.zeros(x.shape[1], requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights + bias, y, share, reduction="sum")
        loss = loss + PENALTY * (weights * weights).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    return mean, deviation, weights.detach().numpy(), float(bias)


def judged(logits: np.ndarray, view: np.ndarray) -> np.ndarray:
    """One logit for each item: the mean of its views, as vision/verifiers/fire takes it of a single picture."""
    is_view = view >= 0
    return np.bincount(view[is_view], logits[is_view]) / np.bincount(view[is_view])


def measure(items: list[Item], scores: np.ndarray, seed: int) -> tuple[dict[str, float], float]:
    """Figures of the photographs, each scored by a network that saw neither it nor its group; the threshold as a logit."""
    is_photograph = np.array([i.group.startswith("fire:") for i in items])
    labels, groups = np.array([i.label for i in items]), np.array([i.group for i in items])
    y, s, g = labels[is_photograph], scores[is_photograph], groups[is_photograph]
    threshold = figures.threshold_at(labels, scores, FALSE_POSITIVES)
    found = {"photographs": len(y), "fires": int(y.sum()), "fight_frames": int((~is_photograph).sum())}
    found |= figures.with_interval("auc", figures.auc, y, s, g, seed)
    found |= figures.with_interval("tpr_at_fpr_1", figures.tpr_at(0.01), y, s, g, seed)
    found |= figures.with_interval("tpr_at_fpr_5", figures.tpr_at(0.05), y, s, g, seed)
    found |= figures.with_interval("tpr_at_half", lambda a, b: float(np.mean(b[a == 1] >= threshold)), y, s, g, seed)
    if (~is_photograph).any():
        found["fight_frames_above_half"] = float(np.mean(scores[~is_photograph] >= threshold))
    return found, threshold
