from whatworks.sharing.agreement import Agreement as Agreement
from whatworks.sharing.agreement import read_agreements as read_agreements
from whatworks.sharing.may import Request as Request
from whatworks.sharing.may import Ruling as Ruling
from whatworks.sharing.may import may as may
from whatworks.sharing.purposes import PURPOSES as PURPOSES
from whatworks.sharing.selection import People as People
from whatworks.sharing.selection import resolve as resolve
