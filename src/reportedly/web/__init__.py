"""The workbench: pages served from the user's own machine, where a person reads a report beside what was extracted, and judges it.

    from reportedly.web import create_app, Settings
    app = create_app(Settings(store=Path("reports.db")))

``reportedly serve`` starts it. No page asks any other machine for anything.
"""

from reportedly.web.app import create_app
from reportedly.web.serving import serve
from reportedly.web.settings import Settings

__all__ = ["Settings", "create_app", "serve"]
