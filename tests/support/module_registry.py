"""A module registry on loopback, for the real `terraform init`: the versions of each module, and an archive of each.

https://developer.hashicorp.com/terraform/internals/module-registry-protocol is its protocol. The `host` block of
Terraform's CLI configuration makes it the public registry.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

_PATH = "/v1/modules/"
_ARCHIVE = "archive.tar.gz"


@dataclass
class ModuleRegistry:
    """The registry.

    Attributes:
        url: its endpoint.
        served: the modules that `terraform init` has fetched, each with its version.
    """

    url: str = ""
    served: list[str] = field(default_factory=list)

    def cli_config(self, file: Path, original: str | None = None) -> Path:
        """Write the CLI configuration *original* with this as the public registry to *file*, and return that."""
        before = Path(original).read_text(encoding="utf-8") if original else ""
        host = f'host "registry.terraform.io" {{\n  services = {{\n    "modules.v1" = "{self.url}{_PATH}"\n  }}\n}}\n'
        file.write_text(before + host, encoding="utf-8")
        return file


@contextmanager
def module_registry(modules: Path) -> Iterator[ModuleRegistry]:
    """Serve the modules below a directory: `modules/acme/topic/aws/1.2.0` is version 1.2.0 of `acme/topic/aws`."""
    registry = ModuleRegistry()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            *address, last = self.path.removeprefix(_PATH).split("/")
            place = modules.joinpath(*address)
            if last == "versions" and place.is_dir():
                versions = [{"version": version.name} for version in place.iterdir()]
                self._answer(200, json.dumps({"modules": [{"versions": versions}]}).encode())
            elif last == "download" and place.is_dir():
                registry.served.append(" ".join(("/".join(address[:-1]), address[-1])))
                self._answer(204, archive=f"./{_ARCHIVE}")
            elif last == _ARCHIVE and place.is_dir():
                self._answer(200, _archive(place))
            else:
                self._answer(404)

        def _answer(self, status: int, body: bytes = b"", archive: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            if archive:
                self.send_header("X-Terraform-Get", archive)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        registry.url = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield registry
        server.shutdown()


def _archive(directory: Path) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as archive:
        archive.add(directory, arcname=".")
    return content.getvalue()
