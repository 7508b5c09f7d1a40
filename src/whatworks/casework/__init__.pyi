from whatworks.casework.gate import Exits as Exits
from whatworks.casework.gate import exits as exits
from whatworks.casework.gate import exits_of as exits_of
from whatworks.casework.gate import unseen as unseen
