#!/usr/bin/python3
"""The whole way on real footage: simulated RTSP cameras, incidents, recordings that verify and play."""

import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

PROGRAM = os.environ["BONGSU_PROGRAM"]
CACHE = pathlib.Path(os.environ.get("BONGSU_CACHE", pathlib.Path.home() / ".cache" / "bongsu"))
FOOTAGE = pathlib.Path(os.environ.get("BONGSU_FOOTAGE", CACHE / "footage"))
RULES = """
zones: [{id: everywhere, points: [[0, 0], [1, 0], [1, 1], [0, 1]]}]
rules: [{behaviour: intrusion, zones: [everywhere], gravity: 3}]
"""


def probe(path, entries):
    return subprocess.run(
        ["ffprobe", "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", entries,
         "-of", "csv=p=0", str(path)], capture_output=True, text=True, check=True, timeout=60).stdout.strip()


@unittest.skipUnless((FOOTAGE / "cameras.yaml").exists(), f"no footage in {FOOTAGE}: run ./dev setup")
class WholeWay(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def start(self, *arguments, **options):
        process = subprocess.Popen([PROGRAM, *map(str, arguments)], text=True, **options)
        if process.stdout:
            self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait, 30)
        self.addCleanup(process.kill)
        return process

    def start_camera(self):
        simulator = self.start(
            "camsim", FOOTAGE / "lawn-west-sub.mp4", "--set", "port=0", "--set", "auth=digest",
            stdout=subprocess.PIPE)
        url = simulator.stdout.readline().split()[1]
        return simulator, url.replace("rtsp://", "rtsp://admin:bongsu@") + "/lawn-west-sub/main"

    def write_config(self, url):
        path = self.folder / "city.yaml"
        rules = "\n".join("    " + line for line in RULES.strip().splitlines())
        path.write_text(
            f"data: {self.folder}/data\nmonitor_port: 0\nrecording: {{segment: 5s}}\n"
            f"analysis: {{max_unwatched: 5s}}\ncameras:\n  - id: gate\n    url: {url}\n{rules}\n")
        return path

    def incidents_of(self, station, wanted, seconds):
        """JSON lines of the station until one satisfies `wanted`."""
        lines = []
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            lines.append(json.loads(station.stdout.readline()))
            if wanted(lines[-1]):
                return lines
        self.fail(f"no such incident within {seconds} s: {lines}")

    def test_incident_from_an_rtsp_camera_and_its_recording(self):
        _, url = self.start_camera()
        station = self.start("serve", "--config", self.write_config(url), stdout=subprocess.PIPE)
        lines = self.incidents_of(station, lambda line: "opened" in line["changes"], 60)
        incident = lines[-1]["incident"]
        self.assertEqual(incident["kind"], "intrusion")
        self.assertEqual(incident["camera"], "gate")
        self.assertTrue((self.folder / "data" / "snapshots" / incident["snapshot"]).exists())
        time.sleep(8)
        station.send_signal(signal.SIGTERM)
        self.assertEqual(station.wait(30), 0)
        check = subprocess.run([PROGRAM, "check", "--data", self.folder / "data"], capture_output=True,
                               text=True, timeout=60, check=False)
        self.assertEqual(check.returncode, 0, check.stdout + check.stderr)
        clip = self.folder / "clip.mp4"
        subprocess.run([PROGRAM, "clip", "--data", self.folder / "data", "--camera", "gate", "--from",
                        incident["started"], "--to", incident["opened"], clip], check=True, timeout=60)
        codec, frames = probe(clip, "stream=codec_name,nb_read_frames").split(",")
        self.assertEqual(codec, "h264")
        self.assertGreater(int(frames), 5)

    def test_killed_station_recovers_what_it_recorded(self):
        _, url = self.start_camera()
        config = self.write_config(url)
        station = self.start("serve", "--config", config, stdout=subprocess.PIPE)
        self.incidents_of(station, lambda line: True, 60)
        time.sleep(7)
        station.kill()
        station.wait(30)
        again = self.start("serve", "--config", config, stdout=subprocess.PIPE)
        self.incidents_of(again, lambda line: True, 90)
        again.send_signal(signal.SIGTERM)
        self.assertEqual(again.wait(30), 0)
        check = subprocess.run([PROGRAM, "check", "--data", self.folder / "data"], capture_output=True,
                               text=True, timeout=60, check=False)
        self.assertEqual(check.returncode, 0, check.stdout + check.stderr)

    def test_wrong_password_is_said_and_not_shown(self):
        _, url = self.start_camera()
        result = subprocess.run([PROGRAM, "watch", url.replace("bongsu@", "wrongword@"), "--seconds", "4"],
                                capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(result.returncode, 1)
        self.assertIn("password", result.stderr)
        self.assertNotIn("wrongword", result.stderr + result.stdout)

    def test_wrong_path_is_said(self):
        _, url = self.start_camera()
        result = subprocess.run([PROGRAM, "watch", url + "x", "--seconds", "4"], capture_output=True, text=True,
                                timeout=60, check=False)
        self.assertEqual(result.returncode, 1)
        self.assertIn("404", result.stderr)

    def test_watching_a_file_draws_what_happened(self):
        rules = self.folder / "rules.yaml"
        rules.write_text(RULES)
        out = self.folder / "out"
        result = subprocess.run(
            [PROGRAM, "watch", FOOTAGE / "lawn-west-sub.mp4", "--fast", "--rules", rules, "--annotate", out],
            capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("intrusion", result.stdout)
        self.assertTrue(list(out.glob("*-marked.jpg")))
        self.assertGreater(int(probe(out / "lawn-west-sub.mp4", "stream=nb_read_frames").strip(",")), 100)

    def test_monitor_answers(self):
        _, url = self.start_camera()
        port = 19000 + os.getpid() % 1000
        self.start("serve", "--config", self.write_config(url), "--set", f"monitor_port={port}",
                   stdout=subprocess.DEVNULL)
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
                    text = answer.read().decode()
                if "bongsu_ingest_playing" in text:
                    break
            except (urllib.error.URLError, ConnectionError):
                pass
            time.sleep(0.1)
        self.assertIn("bongsu_recording_access_units_total", text)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=5) as answer:
            self.assertEqual(answer.status, 200)


if __name__ == "__main__":
    unittest.main(verbosity=2)
