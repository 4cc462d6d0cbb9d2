"""Headless Chromium, driven by the DevTools protocol over a pipe: https://chromedevtools.github.io/devtools-protocol/."""

from __future__ import annotations

import base64
import itertools
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_OPTIONS = (
    *(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
    ),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars"),
)
_SECONDS = 60


class BrowserError(AssertionError):
    """Chromium reports an error, or does not answer."""


class Browser:
    """A running Chromium."""

    def __init__(self, write: int, read: int) -> None:
        self._write, self._read, self._buffer = write, read, b""
        self._numbers = itertools.count(1)
        self.events: list[dict[str, Any]] = []

    def send(self, method: str, session: str = "", **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol, and return its result."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters, **({"sessionId": session} if session else {})}
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == number:
                if "error" in answer:
                    raise BrowserError(f"{method}: {answer['error']}")
                return dict(answer["result"])
            self.events.append(answer)

    def wait_for(self, method: str, session: str) -> dict[str, Any]:
        """Return the next event *method* of a page."""
        while True:
            for event in self.events:
                if event.get("method") == method and event.get("sessionId") == session:
                    self.events.remove(event)
                    return event
            self.events.append(self._receive())

    def _receive(self) -> dict[str, Any]:
        until = time.monotonic() + _SECONDS
        while b"\0" not in self._buffer:
            if not select.select([self._read], [], [], max(0, until - time.monotonic()))[0]:
                raise BrowserError(f"no answer in {_SECONDS} s")
            self._buffer += os.read(self._read, 1 << 20)
        message, _, self._buffer = self._buffer.partition(b"\0")
        return dict(json.loads(message))

    def page(self, width: int = 1280, height: int = 800) -> Page:
        """Open a tab of a size."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable", session)
        page = Page(self, session, target)
        page.resize(width, height)
        return page


class Page:
    """A tab."""

    def __init__(self, browser: Browser, session: str, target: str) -> None:
        self._browser, self._session, self._target = browser, session, target

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol on the tab."""
        return self._browser.send(method, self._session, **parameters)

    def open(self, file: Path) -> None:
        """Load a file, and wait until it is loaded."""
        self.send("Page.navigate", url=file.resolve().as_uri())
        self._browser.wait_for("Page.loadEventFired", self._session)

    def close(self) -> None:
        """Close the tab."""
        self._browser.send("Target.closeTarget", targetId=self._target)

    def run(self, script: str) -> Any:
        """Return the value of an expression of JavaScript."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise BrowserError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def press(self, *keys: str) -> None:
        """Press and release keys, one after the other."""
        for key in keys:
            text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
            code = {"Escape": 27, "Tab": 9, "Enter": 13}.get(key, ord(key.upper()) if len(key) == 1 else 0)
            self.send("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
            self.send("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def type(self, text: str) -> None:
        """Type a text."""
        self.send("Input.insertText", text=text)

    def resize(self, width: int, height: int) -> None:
        """Set the size of the tab in CSS pixels."""
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )

    def emulate(self, *, dark: bool = False, paper: bool = False) -> None:
        """Set the preferred colors and the medium."""
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.send("Emulation.setEmulatedMedia", media="print" if paper else "screen", features=scheme)

    def disable_scripts(self) -> None:
        """Load further pages without their scripts."""
        self.send("Emulation.setScriptExecutionDisabled", value=True)

    def screenshot(self, file: Path) -> None:
        """Write a picture of the visible part."""
        file.write_bytes(base64.b64decode(self.send("Page.captureScreenshot")["data"]))

    def events(self, method: str) -> list[dict[str, Any]]:
        """Return the parameters of the events *method* of the tab so far."""
        self.run("0")
        found = self._browser.events
        return [one["params"] for one in found if one.get("method") == method and one.get("sessionId") == self._session]


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start Chromium, and end it afterwards."""
    assert CHROMIUM, "Chromium is not installed"
    to_read, to_write = os.pipe()
    from_read, from_write = os.pipe()
    with TemporaryDirectory() as profile:
        shell = ["bash", "-c", f'exec "$@" 3<&{to_read} 4>&{from_write}', "-"]
        command = [*shell, CHROMIUM, *_OPTIONS, "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"]
        with subprocess.Popen(
            command, pass_fds=(to_read, from_write), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            os.close(to_read)
            os.close(from_write)
            try:
                yield Browser(to_write, from_read)
            finally:
                process.terminate()
                process.wait()
                os.close(to_write)
                os.close(from_read)
                shutil.rmtree(profile, ignore_errors=True)
