"""Who was there, who was away, and in which capacity: headings, lines and tables of people."""
