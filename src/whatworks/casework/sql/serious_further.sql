-- serious_further: offences that may be tried on indictment only, committed while on an order, and charged or proved.
SELECT d.linked_id, d.offence_key, d.committed_from
FROM distinct_offence AS d
WHERE
  d.offence_class = 'indictable_only' AND (d.charged_on IS NOT NULL OR d.sanctioned_on IS NOT NULL)
  AND EXISTS (
    SELECT 1
    FROM requirement_record AS r
    WHERE
      r.linked_id = d.linked_id AND r.from_date <= d.committed_from
      AND (r.to_date IS NULL OR r.to_date >= d.committed_from)
  )
