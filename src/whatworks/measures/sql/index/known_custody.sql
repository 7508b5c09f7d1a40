-- known_custody: a unit's custody up to its index date, from the union of its stays.
--
-- previous_stays: stays that had ended before the index date, so the one that ends on it is not among them.
-- nights_2y: nights in custody in the 24 months before the index date.
SELECT
  w.unit,
  COUNT(*) FILTER (WHERE c.until < w.index_date) AS previous_stays,
  CAST(SUM(
    GREATEST(
      0,
      DATE_DIFF(
        'day',
        GREATEST(c.received_on, CAST(w.index_date - INTERVAL '1' MONTH * 24 AS DATE)),
        LEAST(c.until, w.index_date)
      )
    )
  ) AS BIGINT) AS nights_2y
FROM measured_unit AS w
JOIN custody_stay AS c ON c.linked_id = w.linked_id AND c.received_on < w.index_date
GROUP BY w.unit
