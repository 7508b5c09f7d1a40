from whatworks.board.risks.number import Ground as Ground
from whatworks.board.risks.register import (
    add_message as add_message,
)
from whatworks.board.risks.register import (
    add_risk as add_risk,
)
from whatworks.board.risks.register import (
    approve as approve,
)
from whatworks.board.risks.register import (
    change_risk as change_risk,
)
from whatworks.board.risks.register import (
    link_proof as link_proof,
)
from whatworks.board.risks.register import (
    publish as publish,
)
from whatworks.board.risks.register import (
    read_messages as read_messages,
)
from whatworks.board.risks.register import (
    read_risks as read_risks,
)
from whatworks.board.risks.register import (
    take_from_papers as take_from_papers,
)
from whatworks.board.risks.watching import add_watch as add_watch
from whatworks.board.risks.watching import end_watch as end_watch
from whatworks.board.risks.watching import look as look
