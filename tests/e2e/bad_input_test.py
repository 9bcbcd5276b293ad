#!/usr/bin/python3
"""What the program says when its input is wrong: which, what, and what to do; and that it ends with status 1."""

import os
import pathlib
import socket
import stat
import subprocess
import tempfile
import threading
import unittest

PROGRAM = os.environ["BONGSU_PROGRAM"]


def run(*arguments, timeout=60, environment=None):
    return subprocess.run(
        [PROGRAM, *map(str, arguments)],
        capture_output=True, text=True, timeout=timeout, check=False,
        env={**os.environ, **(environment or {})})


class TalksNonsense(threading.Thread):
    """A server that accepts connections and answers every byte with something that is not RTSP."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def run(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(4096)
                connection.sendall(b"SSH-2.0-OpenSSH_9.2p1\r\n" * 50)


class BadInput(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def config(self, text):
        path = self.folder / "city.yaml"
        path.write_text(f"data: {self.folder}/data\nmonitor_port: 0\n{text}")
        return path

    def check_refused(self, result, *words):
        self.assertEqual(result.returncode, 1, result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)
        self.assertNotIn("uncaught", result.stderr)

    def test_unknown_key_names_the_nearest(self):
        path = self.config("cameras: [{id: a, url: x.mp4, organization: b}]")
        self.check_refused(run("serve", "--config", path), str(path), "'organization'", "'organisation'")

    def test_ill_typed_value_says_where(self):
        path = self.config("cameras: [{id: a, url: x.mp4, record: often}]")
        self.check_refused(run("serve", "--config", path), "cameras[0].record", "true or false")

    def test_unknown_behaviour_names_the_nearest(self):
        path = self.config("cameras: [{id: a, url: x.mp4, record: false, rules: [{behaviour: loitring}]}]")
        self.check_refused(run("serve", "--config", path), "loitring", "loitering")

    def test_zone_outside_the_picture(self):
        path = self.config("cameras: [{id: a, url: x, zones: [{id: z, points: [[0, 0], [1.5, 0], [1, 1]]}]}]")
        self.check_refused(run("serve", "--config", path), "zones[0].points[1]", "outside the picture")

    def test_missing_configuration(self):
        self.check_refused(run("serve", "--config", self.folder / "none.yaml"), "none.yaml", "No such file")

    def test_missing_models_are_not_pretended(self):
        path = self.config("cameras: [{id: a, url: x.mp4}]")
        result = run("serve", "--config", path, "--set", f"models={self.folder}")
        self.check_refused(result, "model", "./dev setup")

    def test_data_folder_that_cannot_be_made(self):
        blocker = self.folder / "file"
        blocker.write_text("not a folder")
        path = self.config("cameras: [{id: a, url: x.mp4}]")
        result = run("serve", "--config", path, "--set", f"data={blocker}/data")
        self.check_refused(result, f"{blocker}/data", "cannot be written")

    def test_file_that_is_no_video(self):
        text = self.folder / "notes.mp4"
        text.write_text("this is not a film\n" * 100)
        self.check_refused(run("watch", text, "--seconds", 5), "notes.mp4")

    def test_file_that_is_not_there(self):
        self.check_refused(run("watch", self.folder / "gone.mp4", "--seconds", 5), "gone.mp4")

    def test_empty_folder_of_pictures(self):
        empty = self.folder / "pictures"
        empty.mkdir()
        self.check_refused(run("watch", empty, "--seconds", 5), str(empty))

    def test_unreachable_camera_is_named_without_its_password(self):
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        result = run("watch", f"rtsp://kim:topsecret@127.0.0.1:{port}/s", "--seconds", 3)
        self.check_refused(result, f"127.0.0.1:{port}")
        self.assertNotIn("topsecret", result.stdout + result.stderr)

    def test_server_that_is_not_rtsp(self):
        server = TalksNonsense()
        server.start()
        self.addCleanup(server.listener.close)
        self.check_refused(run("watch", f"rtsp://127.0.0.1:{server.port}/s", "--seconds", 3), "RTSP")

    def test_rules_file_with_an_unknown_key(self):
        rules = self.folder / "rules.yaml"
        rules.write_text("zone: []\n")
        self.check_refused(run("watch", "x.mp4", "--rules", rules), "'zone'", "'zones'")

    def test_check_without_a_station(self):
        self.check_refused(run("check", "--data", self.folder), "bongsu.db", "--data")

    def test_clip_with_an_impossible_time(self):
        result = run("clip", "--data", self.folder, "--camera", "a", "--from", "noon", "--to", "later",
                     self.folder / "x.mp4")
        self.assertEqual(result.returncode, 1)

    def test_missing_page_says_how_to_build_it(self):
        path = self.config("cameras: []")
        result = run("serve", "--config", path, "--set", "monitor_port=0", "--set", "console.page=/nowhere/page")
        self.check_refused(result, "/nowhere/page", "./dev page")

    def test_console_settings_are_checked_too(self):
        path = self.config("cameras: []\nconsole: {prt: 8443}")
        self.check_refused(run("serve", "--config", path, "--check-config"), "'port'")

    def test_port_in_use_is_named(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            path = self.config("cameras: []")
            self.check_refused(run("serve", "--config", path, "--set", f"monitor_port={port}"), str(port))

    @unittest.skipIf(os.geteuid() == 0, "the superuser may write anywhere")
    def test_read_only_folder(self):
        self.folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
        self.addCleanup(self.folder.chmod, stat.S_IRWXU)
        path = pathlib.Path(tempfile.mkstemp(suffix=".yaml")[1])
        path.write_text(f"data: {self.folder}/data\ncameras: []\n")
        self.check_refused(run("serve", "--config", path), str(self.folder), "cannot be written")


if __name__ == "__main__":
    unittest.main(verbosity=2)
