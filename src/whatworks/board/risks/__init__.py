"""What could sink it, is the response working, and what must be true for it to hold?

`take_from_papers` enters the risks and dependencies of reports that were read, `add_risk` others; what nobody has said
of them (owner, score, day) is reported as missing, never put in. `add_watch` ties one to a number, and `look` lets it
change its state by that number, with its history. A response is a mitigation once `link_proof` shows it. Messages about
a risk are logged (`add_message`), and none is published before it was approved.
"""

from whatworks.records.lazy_names import lazy_names

__getattr__, __dir__, __all__ = lazy_names(__name__)
