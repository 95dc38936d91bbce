from typing import NamedTuple
Needles=tuple
class Reading(NamedTuple):
    words: tuple = ()
