"""Whole archives: cut into units of work, each read by one pure function, by processes of this machine or by Spark.

``units`` says what there is to do, ``reading`` does one unit of it (Parquet under a temporary name, renamed, one row in the manifest),
``engines`` have many done. What is finished has a row in the manifest and is not done again.
"""

from reportedly.scale.engines import archive
from reportedly.scale.reading import work
from reportedly.scale.units import Row, Settings, Unit, cut, finished, manifest, size_of

__all__ = ["Row", "Settings", "Unit", "archive", "cut", "finished", "manifest", "size_of", "work"]
