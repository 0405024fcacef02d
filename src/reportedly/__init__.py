"""Reportedly: who says that who did what to whom, where, when, how many, and how well that holds up.

What is public is in ``__all__``; it is loaded on first use, so that ``import reportedly`` costs milliseconds.
"""

from __future__ import annotations

__version__ = "0.1.0"
