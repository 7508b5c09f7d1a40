-- index_event: every index day, with the area and the borough where the person lived then, as was known then.
SELECT d.linked_id, d.kind, d.index_date, d.source, r.area_code, r.borough
FROM index_day AS d
LEFT JOIN residence AS r ON r.linked_id = d.linked_id AND r.on_date = d.index_date
