"""Whole archives: cut into units of work, each read by one pure function, by processes of this machine or by Spark.

``units`` says what there is to do, ``planning`` what of it is done, ``reading`` does one unit of it (Parquet under a temporary name,
renamed, one row in the manifest), ``engines`` have many done. What is finished has a row in the manifest and is not done again.
"""

from reportedly.scale.engines import archive
from reportedly.scale.planning import Plan, plan
from reportedly.scale.reading import work
from reportedly.scale.units import Row, Settings, Unit, cut, manifest, size_of, undivided, unfit

__all__ = [
    "Plan",
    "Row",
    "Settings",
    "Unit",
    "archive",
    "cut",
    "manifest",
    "plan",
    "size_of",
    "undivided",
    "unfit",
    "work",
]
