"""The simulated cameras of the demo: what each one sees of the source film, and its zones and rules.

All geometry is written once, in pixels of the source film (768x576), and converted here to the
normalised picture of each camera: cropped, mirrored if the camera is, and clipped to what it sees.
"""

import math
from dataclasses import dataclass, field

SOURCE_WIDTH, SOURCE_HEIGHT = 768, 576
SECONDS = 78  # a whole number of GOPs, so that the loop closes on a key frame
FPS = 10
MAIN_GOP = 20  # frames
SUB_GOP = 10


@dataclass(frozen=True)
class Place:
    """An area (three corners or more) or a directed line (two points), in pixels of the source film."""

    name: str
    points: tuple
    rules: tuple  # of dicts: behaviour, gravity and the behaviour's own settings


INTRUSION = {"behaviour": "intrusion", "gravity": 3}
LINE = {"behaviour": "line_crossing", "gravity": 1}
ON_ROAD = {"behaviour": "person_on_road", "gravity": 3}
STOPPED = {"behaviour": "stopped_vehicle", "gravity": 3, "dwell": "10s"}
SOON = {"look_every": "5s", "after": "10s", "clear_after": "10s"}  # a film is too short for the usual minutes
WRONG_WAY = {"behaviour": "wrong_way", "gravity": 4}

PLACES = {
    "lawn": Place(
        "잔디밭",
        ((0, 268), (160, 295), (290, 328), (420, 374), (545, 444), (680, 500), (768, 535), (768, 576), (0, 576)),
        (INTRUSION,),
    ),
    "junction": Place(
        "갈림길",
        ((270, 215), (500, 195), (700, 205), (768, 300), (768, 470), (600, 410), (430, 340), (300, 285)),
        ({"behaviour": "crowding", "gravity": 2, "count": 5},),
    ),
    "car-park": Place(
        "주차장 입구",
        ((560, 155), (620, 120), (767, 88), (767, 160), (695, 185), (695, 240), (560, 235)),
        ({"behaviour": "loitering", "gravity": 2, "dwell": "8s"},),
    ),
    "path": Place("서쪽 산책로", ((252, 200), (238, 295)), (LINE,)),
    "road": Place("동쪽 도로", ((490, 205), (705, 215)), (LINE,)),
    "footway": Place("먼 보행로", ((118, 90), (128, 152)), (LINE,)),
    "carriageway": Place(
        "차도", ((256, 215), (480, 205), (645, 135), (712, 150), (690, 190), (690, 225), (768, 300), (768, 348), (330, 348), (256, 315)),
        (ON_ROAD, STOPPED),
    ),
    "lane": Place("일방통행 (내려오는 길)", ((730, 110), (330, 300)), (WRONG_WAY,)),
}


@dataclass(frozen=True)
class Camera:
    id: str
    name: str
    crop: tuple  # x, y, width, height in the source film
    size: tuple  # of the main stream
    sub: tuple  # size of the sub-stream
    places: tuple
    start_offset: int = 0  # seconds into the film at which the camera starts playing
    is_mirrored: bool = False
    look: str = ""  # extra ffmpeg filters: light, noise
    codec: str = "h264"
    quiet_window: tuple = field(default=())  # (from, to, film second): people only then, else the empty scene
    story: str = ""  # what is played in the empty scene instead of the film: a module of staged/
    rules: tuple = ()  # for the whole picture, as those of a place


WHOLE = (0, 0, SOURCE_WIDTH, SOURCE_HEIGHT)
NATIVE = (768, 576)
HD = (1280, 720)
SUB_4_3 = (480, 360)
SUB_16_9 = (640, 360)
NIGHT = "eq=brightness=-0.22:contrast=0.55:saturation=0.25,noise=alls=10:allf=t"
LIGHT_SWITCH = "eq=brightness='if(lt(mod(t,26),13),0,-0.25)':eval=frame"
DUSK = "eq=gamma=0.8:gamma_b=1.15:saturation=0.7,noise=alls=4:allf=t"
SUNNY = "eq=brightness=0.08:contrast=1.15:saturation=1.2"

CAMERAS = (
    Camera("plaza", "시청 앞 광장", WHOLE, NATIVE, SUB_4_3, ("lawn", "path", "junction", "car-park")),
    Camera("station", "봉수역 광장", WHOLE, NATIVE, SUB_4_3, ("lawn", "junction"), 40, is_mirrored=True),
    Camera("junction", "중앙공원 갈림길", (256, 150, 512, 288), HD, SUB_16_9, ("junction", "road"), 5),
    Camera("lawn-west", "중앙공원 잔디 서쪽", (0, 288, 512, 288), HD, SUB_16_9, ("lawn",), 45),
    Camera("lawn-east", "중앙공원 잔디 동쪽", (352, 336, 416, 234), HD, SUB_16_9, ("lawn",), 35),
    Camera("west-path", "강변공원 서쪽 산책로", (0, 144, 384, 216), HD, SUB_16_9, ("path",), 10),
    Camera("car-park", "시청 주차장", (448, 70, 320, 180), HD, SUB_16_9, ("car-park",), 12),
    Camera("far-footway", "체육공원 보행로", (0, 16, 272, 153), HD, SUB_16_9, ("footway",), 0),
    Camera("east-road", "시청로 동쪽", (416, 160, 352, 198), HD, SUB_16_9, ("road",), 20),
    Camera("night", "중앙시장 골목 (야간)", (256, 150, 512, 288), HD, SUB_16_9, ("junction",), 30, True, NIGHT),
    Camera("lamp", "옛도심 골목 (깜박이는 가로등)", (128, 130, 512, 288), HD, SUB_16_9, ("path",), 15,
           look=LIGHT_SWITCH),
    Camera("quiet", "봉수초등학교 후문", WHOLE, NATIVE, SUB_4_3, ("lawn",), look="noise=alls=4:allf=t",
           quiet_window=(30, 54, 48)),
    Camera("crossing", "봉수병원 앞 횡단로", (128, 120, 640, 360), HD, SUB_16_9, ("junction", "path"), 25, codec="hevc"),
    Camera("overview", "봉수산 전망대", (0, 100, 768, 432), HD, SUB_16_9, ("lawn", "path"), 50),
    Camera("old-analogue", "중앙시장 입구 (구형)", WHOLE, (640, 480), (352, 264), ("lawn", "path"), 55,
           look=SUNNY),
    Camera("dusk", "강변공원 잔디 (해질녘)", (192, 252, 576, 324), HD, SUB_16_9, ("lawn",), 42, True, DUSK),
)

STAGED_SIZE = (960, 540)
GRAIN = "noise=alls=4:allf=t"
EAST = (352, 160, 416, 234)
CROSSROADS = (256, 150, 512, 288)

# What nobody may be made to do for a film, or what no film may be shown of, is painted into the empty scene. The rules must
# find it all the same: they get the coded picture as from any other camera.
STAGED = (
    Camera("underpass", "하늘강 지하차도 입구", CROSSROADS, STAGED_SIZE, SUB_16_9, (), look=GRAIN, story="weather", rules=(
        {"behaviour": "heavy_rain", "gravity": 2, **SOON}, {"behaviour": "flood", "gravity": 5, **SOON})),
    Camera("market-back", "중앙시장 뒷길", (128, 60, 640, 360), STAGED_SIZE, SUB_16_9, (), look=GRAIN, story="fire", rules=(
        {"behaviour": "smoke", "gravity": 4}, {"behaviour": "fire", "gravity": 5})),
    Camera("terminal", "봉수터미널 승강장", EAST, STAGED_SIZE, SUB_16_9, (), look=GRAIN, story="things", rules=(
        {"behaviour": "abandoned_object", "gravity": 4}, {"behaviour": "removed_object", "gravity": 3, "gone_for": "3s"})),
    Camera("one-way", "시청로 일방통행 구간", (256, 60, 512, 288), STAGED_SIZE, SUB_16_9, ("carriageway", "lane"), look=GRAIN,
           story="road"),
    Camera("stadium", "체육공원 경기장 출구", (128, 150, 640, 360), STAGED_SIZE, SUB_16_9, (), look=GRAIN, story="crowd", rules=(
        {"behaviour": "crowd_surge", "gravity": 3, "number": 5}, {"behaviour": "counter_flow", "gravity": 2},
        {"behaviour": "running", "gravity": 2, "duration": "2s"}, {"behaviour": "panic", "gravity": 4, "people": 3})),
    Camera("hospital-yard", "봉수병원 앞마당", (352, 216, 384, 216), STAGED_SIZE, SUB_16_9, (), look=GRAIN, story="fall", rules=(
        {"behaviour": "fall", "gravity": 4},)),
)


@dataclass(frozen=True)
class Site:
    """Where a camera of the demo stands in the invented city of share/demo/city.geojson."""

    east: float  # metres from the city hall
    north: float
    heading: int  # degrees clockwise from north
    group: str
    address: str
    field_of_view: int = 70
    reach: int = 60  # metres
    organisation: str = "city"


SITES = {
    "plaza": Site(0, -290, 180, "civic", "시청로 1", 90, 80),
    "station": Site(-300, -1050, 200, "civic", "역전로 12", 85, 70),
    "junction": Site(560, -560, 130, "parks", "중앙공원길 3", organisation="parks"),
    "lawn-west": Site(510, -640, 75, "parks", "중앙공원길 5", organisation="parks"),
    "lawn-east": Site(735, -600, 280, "parks", "중앙공원길 9", organisation="parks"),
    "west-path": Site(-480, 62, 250, "parks", "강변길 20", organisation="parks"),
    "car-park": Site(95, -215, 40, "civic", "시청로 3"),
    "far-footway": Site(-1100, -480, 215, "parks", "체육공원길 7", 50, 120, "parks"),
    "east-road": Site(840, -330, 90, "roads", "시청로 84", 60, 90),
    "night": Site(-520, 405, 335, "old-town", "시장길 14"),
    "lamp": Site(-330, 660, 20, "old-town", "옛길 31"),
    "quiet": Site(355, -420, 150, "schools", "학교길 2"),
    "crossing": Site(-800, -300, 300, "roads", "시청로 41", 75, 60),
    "overview": Site(930, 700, 225, "parks", "봉수산길 100", 60, 160, "parks"),
    "old-analogue": Site(-650, 500, 110, "old-town", "시장길 2", 65, 40),
    "dusk": Site(430, 110, 315, "parks", "강변길 66", organisation="parks"),
    "underpass": Site(-120, 300, 180, "roads", "하늘로 2", 60, 50),
    "market-back": Site(-590, 450, 60, "old-town", "시장길 8", 60, 35),
    "terminal": Site(-180, -980, 20, "civic", "역전로 30", 70, 40),
    "one-way": Site(250, -250, 300, "roads", "시청로 21"),
    "stadium": Site(-1010, -540, 60, "parks", "체육공원길 1", 80, 60, "parks"),
    "hospital-yard": Site(-760, -230, 200, "civic", "시청로 43", 60, 40),
}
CITY_HALL = (37.2, 127.4)  # degrees north and east, as in tools/demo_city/make_map
METRES_PER_DEGREE = 111_320


def about_yaml(site):
    latitude = CITY_HALL[0] + site.north / METRES_PER_DEGREE
    longitude = CITY_HALL[1] + site.east / (METRES_PER_DEGREE * math.cos(math.radians(CITY_HALL[0])))
    return [
        "    about:",
        f"      organisation: {site.organisation}",
        f"      groups: [{site.group}]",
        f"      place: {{latitude: {latitude:.6f}, longitude: {longitude:.6f}, heading: {site.heading}, "
        f'field_of_view: {site.field_of_view}, range: {site.reach}, height: 5, address: "{site.address}"}}',
    ]


def to_camera(camera, point):
    """The normalised point of the camera's picture; outside 0..1 when the camera does not see it."""
    x = (point[0] - camera.crop[0]) / camera.crop[2]
    y = (point[1] - camera.crop[1]) / camera.crop[3]
    return (1 - x if camera.is_mirrored else x, y)


def clip_area(points):
    """Sutherland-Hodgman against the unit square."""
    for axis, bound, is_upper in ((0, 0.0, False), (0, 1.0, True), (1, 0.0, False), (1, 1.0, True)):

        def is_inside(p, axis=axis, bound=bound, is_upper=is_upper):
            return p[axis] <= bound if is_upper else p[axis] >= bound

        clipped = []
        for a, b in zip(points, points[1:] + points[:1]):
            if is_inside(a):
                clipped.append(a)
            if is_inside(a) != is_inside(b):
                share = (bound - a[axis]) / (b[axis] - a[axis])
                cut = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]
                cut[axis] = bound
                clipped.append(tuple(cut))
        points = clipped
    return points


def clip_line(points):
    """Keeps lines that lie inside; a line may be cut at the border a little."""
    return [tuple(min(max(v, 0.0), 1.0) for v in p) for p in points]


def zone_points(camera, place):
    points = [to_camera(camera, p) for p in place.points]
    clipped = clip_line(points) if len(points) == 2 else clip_area(points)
    rounded = [(round(x, 4), round(y, 4)) for x, y in clipped]
    return [p for i, p in enumerate(rounded) if p != rounded[i - 1]]


def rule_yaml(camera_place, rule):
    """One rule; `camera_place` is the id of its place, empty for the whole picture."""
    name = rule["behaviour"].replace("_", "-")
    zones = f", zones: [{camera_place}]" if camera_place else ""
    settings = ", ".join(f"{key}: {value}" for key, value in rule.items())
    return f"      - {{id: {camera_place + '-' if camera_place else ''}{name}{zones}, {settings}}}"


def to_yaml(cameras):
    lines = ["# Written by tools/footage/make_footage. Files stand beside this list.", "cameras:"]
    for camera in cameras:
        lines += [
            f"  - id: {camera.id}",
            f'    name: "{camera.name}"',
            f"    main: {camera.id}-main.mp4",
            f"    sub: {camera.id}-sub.mp4",
            f"    start_offset: {camera.start_offset}s",
            *about_yaml(SITES[camera.id]),
        ]
        if camera.places:
            lines.append("    zones:")
        for place in camera.places:
            points = ", ".join(f"[{x}, {y}]" for x, y in zone_points(camera, PLACES[place]))
            lines.append(f'      - {{id: {place}, name: "{PLACES[place].name}", points: [{points}]}}')
        lines.append("    rules:")
        for place in camera.places:
            lines += [rule_yaml(place, rule) for rule in PLACES[place].rules]
        lines += [rule_yaml("", rule) for rule in camera.rules]
    return "\n".join(lines) + "\n"
