"""What footage is degraded by. Each condition is a chain of ffmpeg filters behind the clip, or settings of the encoder."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Film:
    """What a condition needs to know of the film that it is made for."""

    width: int
    height: int
    fps: float


@dataclasses.dataclass(frozen=True)
class Condition:
    help: str
    filters: str = ""  # with {sigma}, {length}, {size} and {fps} of the film
    bits_per_pixel: float = 0  # of a starved encoder; 0: good quality


MOST_BITS_PER_PIXEL = 0.2

# Streaks: single bright points of noise, drawn out along the way that they fall while the shutter is open.
RAIN = (
    "null[seen];color=black:s={size}:r={fps}:d=36000,format=gray,noise=alls=60:allf=t:all_seed=5,"
    "lutyuv=y='if(gt(val,104),255,0)',dblur=angle=80:radius={length},lutyuv=y='min(val*9,120)',format=yuv420p,"
    "lutyuv=u=128:v=128[drops];[seen]format=yuv420p[under];[under][drops]blend=c0_mode=screen:c1_mode=normal:"
    "c2_mode=normal:shortest=1,eq=contrast=0.8:brightness=0.04"
)

CONDITIONS = {
    "none": Condition("as filmed"),
    "dark": Condition(
        "a quarter of the light, half of the colour, and the noise of a sensor that is short of light",
        "lutyuv=y='16+(val-16)*0.25':u='128+(val-128)*0.5':v='128+(val-128)*0.5',noise=alls=8:allf=t:all_seed=5",
    ),
    "noise": Condition("strong noise of the sensor", "noise=alls=30:allf=t:all_seed=5"),
    "blur": Condition("out of focus", "gblur=sigma={sigma}"),
    "rain": Condition("streaks of rain and less contrast; drawn, not filmed", RAIN),
    "low_bitrate": Condition("a starved encoder: 0.015 bits a pixel", bits_per_pixel=0.015),
    "2fps": Condition("two pictures a second", "fps=2"),
    "360p": Condition("at most 360 rows", "scale=-2:'min(360,ih)'"),
    "grey": Condition("no colour, as at night with infrared light", "lutyuv=u=128:v=128"),
}


def filters_of(name: str, film: Film) -> str:
    """The chain for this film; empty when nothing is filtered."""
    return CONDITIONS[name].filters.format(
        sigma=round(3 * film.height / 360, 2),
        length=max(4, film.height // 30),
        size=f"{film.width}x{film.height}",
        fps=film.fps,
    )


def quality_of(name: str, film: Film) -> list[str]:
    """Options of the encoder. No camera spends bits without bounds on noise or rain."""
    pixels = film.width * film.height * rate_of(name, film)
    starved = CONDITIONS[name].bits_per_pixel * pixels
    if starved:
        return ["-b:v", f"{starved:.0f}", "-maxrate", f"{starved:.0f}", "-bufsize", f"{2 * starved:.0f}"]
    if name == "none":
        return ["-crf", "20"]
    most = MOST_BITS_PER_PIXEL * pixels
    return ["-crf", "20", "-maxrate", f"{most:.0f}", "-bufsize", f"{2 * most:.0f}"]


def rate_of(name: str, film: Film) -> float:
    return 2.0 if name == "2fps" else film.fps
