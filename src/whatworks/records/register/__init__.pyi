from whatworks.records.register.declared_row import Meaning as Meaning
from whatworks.records.register.declared_row import table_of as table_of
from whatworks.records.register.entry import (
    ENTERED as ENTERED,
)
from whatworks.records.register.entry import (
    MANUAL as MANUAL,
)
from whatworks.records.register.entry import (
    Author as Author,
)
from whatworks.records.register.entry import (
    ChangeTable as ChangeTable,
)
from whatworks.records.register.entry import (
    RegisterTable as RegisterTable,
)
from whatworks.records.register.entry import (
    RowSource as RowSource,
)
from whatworks.records.register.ledger import Connection as Connection
from whatworks.records.register.ledger import Ledger as Ledger
from whatworks.records.register.ledger import Row as Row
