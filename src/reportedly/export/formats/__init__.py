"""One module a format; each has a ``FORMAT`` that pyproject.toml puts on the entry-point group ``reportedly.exporters``."""
