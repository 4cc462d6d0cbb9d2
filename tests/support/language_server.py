"""What an editor asks of a language server: completions and hover texts."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


class LanguageServer:
    """A server that speaks the Language Server Protocol on standard input and output, with one folder open."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._number = 0

    def __enter__(self) -> LanguageServer:
        workspace = {"configuration": True, "workspaceFolders": True}
        uri = self._folder.as_uri()
        folders = [{"uri": uri, "name": "project"}]
        self.ask("initialize", rootUri=uri, workspaceFolders=folders, capabilities={"workspace": workspace})
        self._send("initialized", {})
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def open(self, file: Path) -> None:
        """Open a file in the editor."""
        document = {"uri": file.as_uri(), "languageId": "python", "version": 1, "text": file.read_text()}
        self._send("textDocument/didOpen", {"textDocument": document})

    def completions(self, file: Path, after: str) -> list[str]:
        """Return what the editor proposes after the first occurrence of a text in a file."""
        answer = self.ask("textDocument/completion", **_position(file, after))
        return [item["label"] for item in (answer["items"] if isinstance(answer, dict) else answer)]

    def hover(self, file: Path, after: str) -> str:
        """Return what the editor shows for the name that ends the first occurrence of a text in a file."""
        text: str = self.ask("textDocument/hover", **_position(file, after, -1))["contents"]["value"]
        return text

    def ask(self, method: str, **parameters: Any) -> Any:
        """Return the result of a request."""
        self._number += 1
        self._send(method, {"processId": None, **parameters}, id=self._number)
        while True:
            message = self._receive()
            if "method" in message and "id" in message:
                items = (message.get("params") or {}).get("items", [])
                self._write({"id": message["id"], "result": [{} for _ in items] or None})
            elif message.get("id") == self._number:
                assert "error" not in message, message
                return message["result"]

    def _send(self, method: str, parameters: dict[str, Any], **fields: Any) -> None:
        self._write({"method": method, "params": parameters, **fields})

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message


def _position(file: Path, after: str, offset: int = 0) -> dict[str, Any]:
    before = file.read_text().partition(after)[0] + after
    character = len(before.rpartition("\n")[2]) + offset
    return {
        "textDocument": {"uri": file.as_uri()},
        "position": {"line": before.count("\n"), "character": character},
    }
