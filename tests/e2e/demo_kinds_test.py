#!/usr/bin/python3
"""What is staged for the demo is found by the program, from coded pictures; and nothing is found before anything happens."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

PROGRAM = os.environ["BONGSU_PROGRAM"]
CACHE = pathlib.Path(os.environ.get("BONGSU_CACHE", pathlib.Path.home() / ".cache" / "bongsu"))
FOOTAGE = pathlib.Path(os.environ.get("BONGSU_FOOTAGE", CACHE / "footage"))
CITY = FOOTAGE / "city.yaml"
STAGED = {
    "underpass": {"heavy_rain", "flood"},
    "market-back": {"smoke", "fire"},
    "terminal": {"abandoned_object", "removed_object"},
    "one-way": {"wrong_way", "stopped_vehicle", "person_on_road"},
    "stadium": {"crowd_surge", "counter_flow", "running", "panic"},
    "hospital-yard": {"fall"},
}
STILL = 6  # seconds in which no film shows anything that a rule watches for
TWICE = {"terminal"}  # what is taken there must have stood there for a minute


def rules_of(camera):
    """Zones and rules of the camera as they stand in the list: from there to the next camera."""
    entry = re.search(rf"^  - id: {camera}\n(.*?)(?=^  - id: |\Z)", CITY.read_text(), re.DOTALL | re.MULTILINE).group(1)
    return entry[re.search(r"^    (zones|rules):", entry, re.MULTILINE).start():].replace("\n    ", "\n")[4:]


@unittest.skipUnless(CITY.exists(), f"no {CITY}: run ./dev setup")
class DemoKinds(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def cut(self, camera, *how):
        film = self.folder / f"{camera}.mp4"
        subprocess.run(["ffmpeg", "-v", "error", *how, "-i", FOOTAGE / f"{camera}-sub.mp4", "-c", "copy", film],
                       check=True, timeout=60)
        return film

    def kinds_in(self, camera, film):
        rules = self.folder / "rules.yaml"
        rules.write_text(rules_of(camera))
        result = subprocess.run([PROGRAM, "watch", film, "--fast", "--json", "--rules", rules],
                                capture_output=True, text=True, timeout=200, check=False)
        self.assertEqual(result.returncode, 0, result.stderr)
        incidents = [json.loads(line)["incident"] for line in result.stdout.splitlines()]
        return {event["kind"] for incident in incidents for event in incident["events"]}

    def test_each_staged_film_shows_its_kinds_and_no_other(self):
        for camera, kinds in STAGED.items():
            with self.subTest(camera=camera):
                film = self.cut(camera, "-stream_loop", "1" if camera in TWICE else "0")
                self.assertEqual(self.kinds_in(camera, film), kinds)

    def test_nothing_is_found_before_anything_happens(self):
        for camera in STAGED:
            with self.subTest(camera=camera):
                still = self.cut(camera, "-t", str(STILL))
                self.assertEqual(self.kinds_in(camera, still), set())


if __name__ == "__main__":
    unittest.main(verbosity=2)
