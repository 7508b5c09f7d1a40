from whatworks.web.question import Field as Field
from whatworks.web.question import Question as Question
from whatworks.web.serving import serve as serve
from whatworks.web.site import make_site as make_site
