#!/usr/bin/python3
"""Serves video files over RTSP by GStreamer's own server: a peer for tests that is not ours.

usage: gst_rtsp_server.py NAME=FILE... [--user USER --password PASSWORD]

Each FILE (MP4 with H.264 or H.265) plays once per client at rtsp://127.0.0.1:PORT/NAME. The port is chosen by the
system and printed as the first line of the output. Ends with its standard input.
"""

import argparse
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

PAYLOADERS = {
    "h264": "qtdemux ! h264parse ! rtph264pay name=pay0 pt=96",
    "h265": "qtdemux ! h265parse ! rtph265pay name=pay0 pt=96",
}


def digest_login(user, password):
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth.add_digest(user, password, token)
    return auth


def make_factory(path, is_protected):
    factory = GstRtspServer.RTSPMediaFactory()
    codec = "h265" if "h265" in path else "h264"
    factory.set_launch(f"( filesrc location={path} ! {PAYLOADERS[codec]} )")
    if is_protected:
        permissions = GstRtspServer.RTSPPermissions()
        permissions.add_permission_for_role("viewer", "media.factory.access", True)
        permissions.add_permission_for_role("viewer", "media.factory.construct", True)
        factory.set_permissions(permissions)
    return factory


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("streams", nargs="+", metavar="NAME=FILE")
    parser.add_argument("--user")
    parser.add_argument("--password")
    arguments = parser.parse_args()

    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    for stream in arguments.streams:
        name, path = stream.split("=", 1)
        factory = make_factory(path, arguments.user is not None)
        server.get_mount_points().add_factory("/" + name, factory)
    if arguments.user is not None:
        server.set_auth(digest_login(arguments.user, arguments.password))
    server.attach(None)
    print(server.get_bound_port(), flush=True)

    loop = GLib.MainLoop()
    GLib.io_add_watch(
        sys.stdin.fileno(), GLib.PRIORITY_DEFAULT, GLib.IO_HUP | GLib.IO_IN, lambda *_: loop.quit()
    )
    loop.run()


if __name__ == "__main__":
    main()
