#!/usr/bin/python3
"""The event stream of the real program: connections cut a hundred times and the server killed with -9 three times
while incidents change. A console that says the last number it has misses nothing and gets nothing twice."""

import base64
import http.client
import json
import os
import pathlib
import random
import re
import signal
import socket
import sqlite3
import struct
import subprocess
import tempfile
import threading
import time
import unittest

PROGRAM = os.environ["BONGSU_PROGRAM"]
INCIDENTS = 1500
CUTS = 100
KILLS = 3
CONFIG = """
data: {folder}/data
monitor_port: 0
console: {{tls: "off", port: {port}, page: "{folder}/page"}}
identity: {{one_time_must_change: false}}
cameras:
  - {{id: gate, url: "rtsp://127.0.0.1:1/gate", record: false, analyse: false}}
"""


class Server:
    """`bongsu serve`; the first start tells the passwords, later ones use the same port."""

    def __init__(self, folder):
        self.folder = folder
        self.port = 0
        self.passwords = {}
        self.process = None

    def start(self):
        config = self.folder / "city.yaml"
        config.write_text(CONFIG.format(folder=self.folder, port=self.port))
        with open(self.folder / "stderr", "w", encoding="utf-8") as log:
            self.process = subprocess.Popen([PROGRAM, "serve", "--config", str(config)], stdout=subprocess.DEVNULL,
                                            stderr=log)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            text = (self.folder / "stderr").read_text(encoding="utf-8")
            found = re.search(r"^console: http://127\.0\.0\.1:(\d+)", text, re.MULTILINE)
            if found and text.endswith("\n"):
                self.port = int(found[1])
                self.passwords |= dict(re.findall(r"^  (\w+) +(\S+)$", text, re.MULTILINE))
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError("the server did not start:\n" + text)

    def end(self, how):
        self.process.send_signal(how)
        self.process.wait(30)


class Session:
    def __init__(self, server, user):
        self.server = server
        self.cookie = self.csrf = ""
        answer, body = self.ask("POST", "/api/v1/session", {"user": user, "password": server.passwords[user]})
        if answer.status != 200:
            raise AssertionError(f"no login: {answer.status} {body}")
        self.cookie = answer.getheader("Set-Cookie").split(";")[0]
        self.csrf = body["csrf"]

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=10)
        try:
            headers = {"Content-Type": "application/json", "Cookie": self.cookie, "Bongsu-CSRF": self.csrf}
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            return answer, json.loads(answer.read() or "null")
        finally:
            connection.close()


class Console(threading.Thread):
    """A page on the event stream (RFC 6455 by hand): keeps the number of its last change and comes back with it."""

    def __init__(self, session):
        super().__init__(daemon=True)
        self.session = session
        self.position = None
        self.received = []
        self.problems = []
        self.greetings = 0
        self.cuts = 0
        self.socket = None
        self.is_ending = False

    def run(self):
        while not self.is_ending:
            try:
                self.connect()
                while True:
                    self.take(json.loads(self.read_message()))
            except (OSError, EOFError):
                time.sleep(0.005)  # the server may be away
            finally:
                if self.socket:
                    self.socket.close()

    def connect(self):
        self.buffer = b""
        self.socket = socket.create_connection(("127.0.0.1", self.session.server.port), timeout=30)
        host = f"127.0.0.1:{self.session.server.port}"
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((
            f"GET /api/v1/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nConnection: Upgrade\r\n"
            f"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
            f"Cookie: {self.session.cookie}\r\n\r\n").encode())
        while b"\r\n\r\n" not in self.buffer:
            self.fill()
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        if b" 101 " not in head.split(b"\r\n")[0]:
            self.problems.append(head.decode())
            raise EOFError
        self.send(1, json.dumps({"type": "hello", "after": self.position}).encode())

    def fill(self):
        more = self.socket.recv(65536)
        if not more:
            raise EOFError
        self.buffer += more

    def exactly(self, count):
        while len(self.buffer) < count:
            self.fill()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def read_message(self):
        while True:
            opcode, length = self.exactly(2)
            if length == 126:
                (length,) = struct.unpack(">H", self.exactly(2))
            elif length == 127:
                (length,) = struct.unpack(">Q", self.exactly(8))
            payload = self.exactly(length)
            if opcode == 0x81:
                return payload
            if opcode == 0x89:
                self.send(10, payload)
            elif opcode == 0x88:
                raise EOFError

    def send(self, opcode, payload):
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        self.socket.sendall(bytes([0x80 | opcode, 0x80 | len(payload)]) + mask + masked)

    def take(self, message):
        if message["type"] == "welcome":
            self.greetings += 1
            if self.position is None:
                self.position = message["change"]
        elif message["type"] == "incident":
            self.position = message["change"]
            self.received.append((message["change"], message["incident"]["id"]))
        elif message["type"] == "resync":
            self.problems.append("resync")

    def cut(self):
        """As a cable that is pulled: no close frame, in the middle of whatever is going on."""
        try:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.socket.shutdown(socket.SHUT_RDWR)
            self.cuts += 1
        except OSError:
            pass


class Operator(threading.Thread):
    """Acknowledges one incident after the other; each is one change."""

    def __init__(self, session, incidents):
        super().__init__(daemon=True)
        self.session = session
        self.incidents = iter(incidents)
        self.is_ending = False
        self.acknowledged = []
        self.refused = []

    def run(self):
        for incident in self.incidents:
            if self.is_ending:
                return
            try:
                answer, body = self.session.ask(
                    "POST", f"/api/v1/incidents/{incident}/actions", {"action": "acknowledge"})
                if answer.status == 200:
                    self.acknowledged.append(incident)
                else:
                    self.refused.append((answer.status, body))
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)  # the server is being killed: the database knows whether it was done
            time.sleep(0.01)


class Stream(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.database = self.folder / "data" / "bongsu.db"
        (self.folder / "page").mkdir()
        (self.folder / "page" / "index.html").write_text("<!doctype html>", encoding="utf-8")
        self.server = Server(self.folder)
        self.server.start()
        self.addCleanup(self.server.end, signal.SIGKILL)

    def add_incidents(self):
        """New incidents of one camera, of the gravity that is never escalated."""
        self.server.end(signal.SIGTERM)
        ids = [f"{i:09}" for i in range(INCIDENTS)]
        now = int(time.time() * 1e6)
        with sqlite3.connect(self.database) as database:
            database.executemany(
                "INSERT INTO incidents (id, state, kind, gravity, camera, started_us, ended_us, opened_us, confidence,"
                " snapshot, clip_from_us, clip_to_us, change, organisation)"
                " VALUES (?, 'new', 'intrusion', 1, 'gate', ?, ?, ?, 0.8, '', ?, ?, ?, 'default')",
                [(incident, now, now, now, now, now, i + 1) for i, incident in enumerate(ids)])
            database.executemany(
                "INSERT INTO incident_steps VALUES (?, 0, ?, 'system', 'opened', '')",
                [(incident, now) for incident in ids])
            database.execute("UPDATE incident_changes SET latest = ?", (INCIDENTS,))
        database.close()
        self.server.start()
        return ids

    def stored_changes(self):
        database = sqlite3.connect(self.database)
        try:
            return database.execute(
                "SELECT change, id FROM incidents WHERE change > ? ORDER BY change", (INCIDENTS,)).fetchall()
        finally:
            database.close()

    def wait_for(self, condition, what, seconds=20):
        deadline = time.monotonic() + seconds
        while not condition():
            self.assertLess(time.monotonic(), deadline, f"waited too long for {what}")
            time.sleep(0.01)

    def test_nothing_is_lost_or_doubled_over_cuts_and_kills(self):
        ids = self.add_incidents()
        console = Console(Session(self.server, "operator"))
        console.start()
        self.wait_for(lambda: console.greetings > 0, "the first greeting")
        operator = Operator(Session(self.server, "supervisor"), ids)
        operator.start()
        moments = random.Random(7)
        kills = 0
        while console.cuts < CUTS:
            time.sleep(moments.uniform(0, 0.15))
            console.cut()
            if console.cuts >= (kills + 1) * CUTS // (KILLS + 1) and kills < KILLS:
                kills += 1
                time.sleep(moments.uniform(0, 0.1))
                self.server.end(signal.SIGKILL)
                self.server.start()
        operator.is_ending = True
        operator.join(20)
        changes = self.stored_changes()
        self.wait_for(lambda: console.position >= changes[-1][0], "the last change")
        time.sleep(1.5)  # whatever comes twice would come now
        console.is_ending = True
        console.cut()
        self.assertEqual(console.problems, [])
        self.assertEqual(operator.refused, [])
        self.assertGreater(len(changes), CUTS)
        self.assertEqual(console.received, changes)
        stored = {incident for _, incident in changes}
        self.assertLessEqual(set(operator.acknowledged), stored, "what was answered with yes is stored")
        print(f"{len(changes)} changes, {CUTS} cuts, {kills} kills, {console.greetings} greetings")


if __name__ == "__main__":
    unittest.main(verbosity=2)
