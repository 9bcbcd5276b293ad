import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from bongsu_models import cache, install, recipe, sources
from bongsu_models.errors import ModelError

CONTENT = b"not really a library"


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Installing(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.root = Path(self._folder.name)
        self.cache = self.root / "cache"
        self.cache.mkdir()
        tarball = io.BytesIO()
        with tarfile.open(fileobj=tarball, mode="w:gz") as archive:
            info = tarfile.TarInfo("package/a.so")
            info.size = len(CONTENT)
            archive.addfile(info, io.BytesIO(CONTENT))
        (self.root / "scope-thing-1.0.0.tgz").write_bytes(tarball.getvalue())
        self.package_sha = sha(tarball.getvalue())
        environment = mock.patch.dict(os.environ, {"BONGSU_PACKAGES": str(self.root)})
        environment.start()
        self.addCleanup(environment.stop)

    def recipe(self, **changes) -> recipe.Recipe:
        folder = self.root / "models" / "thing"
        folder.mkdir(parents=True, exist_ok=True)
        package = {"name": "@scope/thing", "version": "1.0.0", "sha256": changes.get("package_sha", self.package_sha), "megabytes": 1}
        file = {"path": changes.get("path", "package/a.so"), "sha256": changes.get("file_sha", sha(CONTENT)), "target": "lib/a.so"}
        content = {"name": "thing", "kind": "files", "licence": {"package": "MIT"},
                   "sources": [{"package": package, "files": [file]}]} | changes.get("extra", {})
        (folder / "recipe.json").write_text(json.dumps(content))
        return recipe.read(folder)

    def install(self, item):
        sources.ensure([item], self.cache, lambda _: None)
        install.install(item, self.cache, lambda _: None)

    def test_installed_once_then_current(self):
        item = self.recipe()
        self.assertFalse(install.is_current(item, self.cache))
        self.install(item)
        self.assertTrue(install.is_current(item, self.cache))
        self.assertEqual((self.cache / "thing/lib/a.so").read_bytes(), CONTENT)

    def test_changed_recipe_is_outdated(self):
        self.install(self.recipe())
        self.assertFalse(install.is_current(self.recipe(extra={"licence": {"package": "other"}}), self.cache))

    def test_truncated_file_is_noticed_without_hashing(self):
        item = self.recipe()
        self.install(item)
        os.truncate(self.cache / "thing/lib/a.so", 3)
        self.assertFalse(install.is_current(item, self.cache))

    def test_altered_file_is_noticed_by_verify(self):
        item = self.recipe()
        self.install(item)
        path = self.cache / "thing/lib/a.so"
        path.unlink()
        path.write_bytes(CONTENT.swapcase())
        self.assertEqual(install.damaged_files(item, self.cache), ["lib/a.so"])

    def test_wrong_tarball_names_both_checksums(self):
        with self.assertRaisesRegex(ModelError, f"{self.package_sha}.*{'0' * 64}"):
            self.install(self.recipe(package_sha="0" * 64))

    def test_wrong_file_names_both_checksums_and_leaves_nothing(self):
        item = self.recipe(file_sha="1" * 64)
        with self.assertRaisesRegex(ModelError, f"{sha(CONTENT)}.*{'1' * 64}"):
            self.install(item)
        self.assertEqual([p for p in self.cache.rglob("*") if p.is_file()], [])

    def test_absent_file_is_named(self):
        with self.assertRaisesRegex(ModelError, "does not contain package/b.so"):
            self.install(self.recipe(path="package/b.so"))

    def test_unknown_key_is_named(self):
        with self.assertRaisesRegex(ModelError, "unknown.*colour"):
            self.recipe(extra={"colour": "red"})

    def test_failed_install_keeps_the_old_one(self):
        folder = self.cache / "thing"
        folder.mkdir()
        (folder / "old").write_text("x")
        with self.assertRaises(RuntimeError), cache.replacing(folder) as fresh:
            (fresh / "new").write_text("y")
            raise RuntimeError
        self.assertEqual([p.name for p in folder.iterdir()], ["old"])

    def test_no_network_names_the_package_and_a_way_out(self):
        os.environ["BONGSU_PACKAGES"] = str(self.root / "nowhere")
        fake = self.root / "npm"
        fake.write_text("#!/bin/sh\necho 'npm ERR! network getaddrinfo EAI_AGAIN' >&2\nexit 1\n")
        fake.chmod(0o755)
        with mock.patch.dict(os.environ, {"PATH": f"{self.root}:{os.environ['PATH']}"}):
            with self.assertRaisesRegex(ModelError, r"@scope/thing@1.0.0.*EAI_AGAIN.*BONGSU_PACKAGES"):
                self.install(self.recipe())

    def test_read_only_cache_is_a_clear_error(self):
        blocked = self.root / "file"
        blocked.write_text("")
        command = [sys.executable, str(Path(__file__).parents[1] / "fetch_models")]
        result = subprocess.run(command, env=os.environ | {"BONGSU_CACHE": str(blocked)}, capture_output=True, text=True)
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stderr, "cannot write to the model cache.*BONGSU_CACHE")
