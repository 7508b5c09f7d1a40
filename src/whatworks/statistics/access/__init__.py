"""Does somebody look records up more, or others, than chance gives: counts against one's own past and one's team."""
