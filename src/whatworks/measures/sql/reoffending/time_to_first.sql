-- time_to_first: how long each unit stayed free of proven reoffending, and what ended that.
--
-- days_to_first is null for who did not reoffend. days_free end with the first reoffence, a death, or the window;
-- free_ended_by is 1, 2 or 0. A reoffence and a death of one day: the reoffence came first.
SELECT
  w.unit,
  w.span,
  f.days AS days_to_first,
  CASE WHEN e.died_on < w.ends THEN 1 ELSE 0 END AS died,
  LEAST(
    COALESCE(f.days, DATE_DIFF('day', w.starts, w.ends)),
    CASE WHEN e.died_on < w.ends THEN e.days ELSE DATE_DIFF('day', w.starts, w.ends) END
  ) AS days_free,
  CASE
    WHEN f.days IS NOT NULL AND NOT COALESCE(e.died_on < w.ends AND e.days < f.days, FALSE) THEN 1
    WHEN e.died_on < w.ends THEN 2
    ELSE 0
  END AS free_ended_by
FROM measure_window AS w
LEFT JOIN first_reoffence AS f ON f.unit = w.unit AND f.span = w.span
LEFT JOIN death AS e ON e.unit = w.unit
