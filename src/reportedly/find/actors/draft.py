"""A mention in the making."""

from __future__ import annotations

import msgspec

from reportedly.actors import Form
from reportedly.rules import Entry


class Draft(msgspec.Struct):
    """One mention in the making: tokens ``first`` to ``last``, its head, code points, and what its words state.

    ``role``: name, state (a country or its seat), people, pronoun, possessive, local, or the noun's own role. ``forms`` are those of the
    name or of the complement; ``country`` comes from a nationality or 'de X'; ``proper`` is a name the words give that we do not know;
    ``of`` is the mention after 'de'; ``vague`` marks presumed fighters, whose group is not said;
    ``inside`` marks what stands within another mention.
    """

    first: int
    last: int
    head: int
    start: int
    end: int
    role: str
    entry: Entry | None = None
    forms: list[Form] = []
    country: str | None = None
    proper: str | None = None
    of: Draft | None = None
    article: Entry | None = None
    inside: bool = False
    gender: str = ""
    number: str = ""
    kind: str = ""
    name: str | None = None
    identifier: str | None = None
    reason: str = ""
    settled: bool = False
    subject: bool = False
    adjectival: bool = False
    vague: bool = False
    sentence: int = 0
    owner: Draft | None = None

    def get(self, key: str) -> str:
        """Return one of the noun's values."""
        return self.entry.values.get(key, "") if self.entry else ""
