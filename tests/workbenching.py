"""A workbench for tests: a store with reports read once, the application in process, the server in a process of its own."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from reportedly import api, samples
from reportedly.records import Problem
from reportedly.store import open_store

READ = ("qal-afi", "qal-monitor", "qal-copie", "yemen-fr", "irak-ain", "ukr-wire")
HOSTILE = (
    "KABOUL, 9 juin - <script>window.stolen = 1</script> Le ministre a déclaré que douze soldats avaient été tués à Kaboul.\n"
    "<img src=x onerror='window.stolen = 1'> <svg onload='window.stolen = 1'></svg> \u202eabc\u202c \u2066x\u2069\n"
    "Selon l'armée \"><script>window.stolen = 1</script>, trois civils ont été blessés mardi."
    " </script><b>gras</b> ' \" & \u2028 \U0001f600\n"
)


def read_into(path):
    """Read some samples and a hostile report into a new store."""
    import json
    import tempfile

    reader = api.Reader()
    with tempfile.TemporaryDirectory() as folder, open_store(path, create=True) as store:
        lines = Path(folder) / "samples.jsonl"
        articles = [
            *samples.articles(READ),
            {"id": "hostile", "text": HOSTILE, "title": "<script>window.stolen=1</script>", "publisher": "<b>x</b>"},
        ]
        lines.write_text("".join(json.dumps(each) + "\n" for each in articles), encoding="utf-8")
        for document in api.documents(lines):
            assert not isinstance(document, Problem)
            store.put(reader.read(document))


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@contextlib.contextmanager
def served(store, *options, port=None):
    """Serve a store in a process of its own; give its address and the process."""
    port = port or free_port()
    command = [sys.executable, "-m", "reportedly", "serve", str(store), "--port", str(port), "--who", "ana", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ)
    try:
        line = process.stderr.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + process.stderr.read()
        yield found[0].rstrip("/"), process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        process.stderr.close()


def answers(address, seconds=20):
    """Wait until a server answers again."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/api/status", timeout=2).close()
            return True
        time.sleep(0.05)
    return False


def chromium():
    """Where the browser is."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "the tests of the pages need Debian's chromium: apt install chromium"
    return found


FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextlib.contextmanager
def served_here(store, **given):
    """Serve a store in this process, with nothing loaded that only reading needs; give its address."""
    import threading

    import uvicorn

    from reportedly.web import Settings, create_app

    port = free_port()
    app = create_app(Settings(store=store, port=port, **{"who": "ana", **given}))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        assert answers(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
