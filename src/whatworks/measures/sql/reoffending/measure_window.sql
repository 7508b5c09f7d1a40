-- measure_window: a row a unit and span of months: when the span begins and ends, and by when an offence must be proved.
--
-- `span` numbers the spans that are asked for (`span_asked`): a follow-up by its months, a period by its place before or
-- after the index date. Spans are half-open: the first day counts, the day of the anniversary does not. A day that does
-- not exist (29 February of a common year) becomes the last day of its month. A span is mature once the months in which
-- an offence of it can be proved have passed by the as-at date; an immature one says nothing.
SELECT
  u.unit,
  a.span,
  u.linked_id,
  u.index_date,
  u.known,
  u.starts_at_sanction,
  CAST(u.index_date + INTERVAL '1' MONTH * a.from_months AS DATE) AS starts,
  CAST(u.index_date + INTERVAL '1' MONTH * a.to_months AS DATE) AS ends,
  CAST(u.index_date + INTERVAL '1' MONTH * (a.to_months + a.proof_months) AS DATE) AS proved_by,
  CAST(u.index_date + INTERVAL '1' MONTH * (a.to_months + a.proof_months) AS DATE) <= s.as_at AS mature
FROM measured_unit AS u
CROSS JOIN span_asked AS a
CROSS JOIN setting AS s
