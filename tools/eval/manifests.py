"""Reads the manifests of a folder of labelled footage into one list of clips."""

import csv
import dataclasses
import pathlib
import re
import zlib

from film_cache import cache_folder

VTEST = pathlib.Path("/usr/share/doc/opencv-doc/examples/data/vtest.avi")
COMPOSED = pathlib.Path(__file__).resolve().parents[2] / "build" / "selective" / "300s"
# The first pictures of this recording lack their key picture and decode grey.
SKIPPED = {"aboda_video4": 1.1}


@dataclasses.dataclass
class Clip:
    """Times are seconds of the clip from its first picture, boxes pixels of the clip."""

    name: str
    set: str
    source: str  # what is reported on a line of its own
    group: str  # alike or with the same people: drawn together
    label: str
    input: list[str]  # of ffmpeg
    width: int
    height: int
    fps: float
    seconds: float
    is_trainable: bool = False
    skip: float = 0  # of the beginning, seconds
    film: pathlib.Path | None = None  # plays as it is, without stills; never degraded
    marks: dict[str, float] = dataclasses.field(default_factory=dict)
    boxes: list[list[float]] = dataclasses.field(default_factory=list)  # [time, x, y, width, height]


def name_of(*parts: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")


def rows_of(file: pathlib.Path) -> list[dict[str, str]]:
    if not file.is_file():
        return []
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def marks_of(row: dict[str, str], *names: str) -> dict[str, float]:
    return {name: float(row[name]) for name in names if row.get(name)}


def clip_of(data: pathlib.Path, folder: str, row: dict[str, str], **others) -> Clip:
    file = data / folder / row["file"]
    return Clip(
        name=name_of(folder, str(pathlib.Path(row["file"]).with_suffix(""))),
        set=folder,
        input=["-i", str(file)],
        width=int(row["width"]),
        height=int(row["height"]),
        fps=float(row["fps"]),
        seconds=float(row["duration_s"]),
        is_trainable=row.get("train_ok") == "1",
        label=row["label"],
        **others,
    )


def fights(data: pathlib.Path) -> list[Clip]:
    return [
        clip_of(data, "fight", row, source="fight", group=row["group"],
                marks=marks_of(row, "event_start_s", "event_end_s"))
        for row in rows_of(data / "fight" / "manifest.csv")
    ]


def falls(data: pathlib.Path) -> list[Clip]:
    def source(row):
        camera = re.search(r"cam\d+", row["camera"])
        return row["file"].split("/")[0] + ("-" + camera.group() if camera else "")

    return [
        clip_of(data, "fall", row, source=source(row), group=row["group"],
                marks=marks_of(row, "event_start_s", "event_end_s", "down_from_s"))
        for row in rows_of(data / "fall" / "manifest.csv")
    ]


def fires(data: pathlib.Path) -> list[Clip]:
    clips = []
    for row in rows_of(data / "fire" / "manifest_videos.csv"):
        clip = clip_of(data, "fire", row, source="fire", group=row["file"],
                       marks=marks_of(row, "event_start_s", "event_end_s"))
        for box in rows_of(data / "fire" / row["boxes"]):
            clip.boxes.append([round(int(box["frame"]) / clip.fps, 3), *(float(box[key]) for key in "xywh")])
        clips.append(clip)
    return clips


def abandoned(data: pathlib.Path) -> list[Clip]:
    clips = []
    for row in rows_of(data / "abandoned" / "manifest.csv"):
        clip = clip_of(data, "abandoned", row, source="abandoned", group=row["file"],
                       marks=marks_of(row, "put_s", "owner_gone_s", "event_end_s"))
        clip.skip = SKIPPED.get(pathlib.Path(row["file"]).stem, 0)
        clip.boxes.append([clip.marks["put_s"], *(float(row[key]) for key in "xywh")])
        clips.append(clip)
    return clips


def vehicles(data: pathlib.Path) -> list[Clip]:
    return [
        clip_of(data, "vehicles", row, source="vehicles", group=row["file"])
        for row in rows_of(data / "vehicles" / "manifest.csv")
    ]


def streets(data: pathlib.Path) -> list[Clip]:
    """Pictures of people who walk, and the pedestrian film of Debian's opencv-doc."""
    clips = []
    for row in rows_of(data / "tracking" / "manifest.csv"):
        pictures = sorted((data / "tracking" / row["seq"] / "img1").glob("*.jpg"))
        if not pictures:
            continue
        pattern = pictures[0].parent / f"%0{len(pictures[0].stem)}d.jpg"
        clips.append(Clip(
            name=name_of("street", row["seq"]), set="street", source="street", group=row["seq"], label="walking",
            input=["-framerate", row["fps"], "-start_number", str(int(pictures[0].stem)), "-i", str(pattern)],
            width=int(row["width"]), height=int(row["height"]), fps=float(row["fps"]),
            seconds=len(pictures) / float(row["fps"]),
        ))
    if VTEST.is_file():
        clips.append(Clip(
            name="street-vtest", set="street", source="street", group="PETS09-S2L1", label="walking",
            input=["-i", str(VTEST)], width=768, height=576, fps=10, seconds=79.5,
        ))
    return clips


def composed(_: pathlib.Path) -> list[Clip]:
    """Films that `./dev bench selective` makes of package footage: people who walk by day and night, in rain, past head
    lamps and moving trees, and nobody at all. Nothing in them is to be recognised. Left out until they have been made."""
    clips = []
    for film in sorted(COMPOSED.glob("*.mp4")):
        condition = film.stem.split("-")[0]
        if condition != "clip":  # of somebody's footage, which comes in its own set
            clips.append(Clip(
                name=name_of("composed", film.stem), set="composed", source="composed", group=condition, label=condition,
                input=[], width=640, height=360, fps=15, seconds=300, film=film.resolve(),
            ))
    return clips


def composed_more(_: pathlib.Path) -> list[Clip]:
    """Films of `tools/eval/make_street`: further conditions, as many hours as were made. Group: condition and seed."""
    clips = []
    for film in sorted((cache_folder() / "composed_more").glob("*.mp4")):
        parts = re.fullmatch(r"([a-z]+)-(\d+)-(\d+)s", film.stem)
        if parts:
            clips.append(Clip(
                name=name_of("more", film.stem), set="composed_more", source=parts[1], group=f"{parts[1]}-{parts[2]}",
                label=parts[1], input=[], width=640, height=360, fps=15, seconds=float(parts[3]), film=film.resolve(),
            ))
    return clips


SETS = {
    "composed": composed, "composed_more": composed_more,
    "fight": fights, "fall": falls, "fire": fires, "abandoned": abandoned, "vehicles": vehicles, "street": streets,
}

ONLY_WHEN_NAMED = {"composed_more"}


def sampled(clips: list[Clip]) -> list[Clip]:
    """Fewer clips for comparisons that are run many times over: of the short and many fights the first of every third
    group, chosen by a checksum of its name so that it is always the same; all clips of the other sets."""
    kept, groups = [], set()
    for clip in clips:
        if clip.set == "fight" and (clip.group in groups or zlib.crc32(clip.group.encode()) % 3):
            continue
        groups.add(clip.group)
        kept.append(clip)
    return kept


def read_clips(data: pathlib.Path, only: list[str]) -> list[Clip]:
    """Of the sets named; without names, of all but those that are only played when asked for."""
    wanted = only or [name for name in SETS if name not in ONLY_WHEN_NAMED]
    clips = [clip for name, read in SETS.items() if name in wanted for clip in read(data)]
    for clip in clips:
        clip.width -= clip.width % 2
        clip.height -= clip.height % 2
    return clips
