"""Room simulation: a made-up partnership whose truth is known, to try the house on.

`world` makes one in memory; `simulate` writes one as agencies send it, file by file, with mappings and a protocol.
Each participant has two lives, with the scheme and without it, under the same random draws; so the true effect is
known for any set of people. Truth is worked out by the simulation's own arithmetic, never by room `measures`.
"""

from whatworks.simulation.folder import SimulationReport, simulate
from whatworks.simulation.settings import SimulationSettings
from whatworks.simulation.world import World, world

__all__ = ["SimulationReport", "SimulationSettings", "World", "simulate", "world"]
