"""Whose case is it, who picks a person up at the gate, and is anybody seen?

Times come from the engine of `journeys`, orders, needs and breaches from the queries of `measures`: nothing is counted
a second time here.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
