-- merge_count: offences by the agencies that report them (`agencies`, a sum of their `agency_bit`), and what is doubtful.
--
-- case_agencies: who has the person's case at all; day_agencies: who has the person, day and group under any case. Where
-- they are more than `agencies`, another agency's record may be of the same offence and was not merged with it.
-- records: those that the offences were merged from. by_code: offences of which some record met others without a case;
-- doubtful: see offence_record. claimed_only: called sanctioned only by agencies that cannot prove it.
WITH by_key AS (
  SELECT
    o.linked_id,
    o.offence_key,
    MIN(o.case_ref) AS case_ref,
    MIN(o.committed_from) AS committed_from,
    MIN(o.offence_group) AS offence_group,
    BIT_OR(a.bit) AS agencies,
    COUNT(*) AS records,
    BOOL_OR(o.case_ref IS NULL) AS by_code,
    BOOL_OR(o.doubtful) AS doubtful,
    COALESCE(BOOL_OR(o.sanctioned_on IS NOT NULL), FALSE) AS claimed,
    COALESCE(BOOL_OR(o.proving AND o.sanctioned_on IS NOT NULL), FALSE) AS proved
  FROM offence_record AS o
  JOIN agency_bit AS a ON a.organisation_id = o.organisation_id
  GROUP BY o.linked_id, o.offence_key
),
by_case AS (
  SELECT linked_id, case_ref, BIT_OR(agencies) AS agencies
  FROM by_key
  WHERE case_ref IS NOT NULL
  GROUP BY linked_id, case_ref
  HAVING COUNT(*) > 1
),
by_day AS (
  SELECT linked_id, committed_from, offence_group, BIT_OR(agencies) AS agencies
  FROM by_key
  WHERE offence_group IS NOT NULL
  GROUP BY linked_id, committed_from, offence_group
  HAVING COUNT(*) > 1
)
SELECT
  k.agencies,
  COALESCE(c.agencies, k.agencies) AS case_agencies,
  COALESCE(d.agencies, k.agencies) AS day_agencies,
  COUNT(*) AS offences,
  CAST(SUM(k.records) AS BIGINT) AS records,
  COUNT(*) FILTER (WHERE k.by_code AND k.records > 1) AS by_code,
  COUNT(*) FILTER (WHERE k.doubtful AND k.records > 1) AS doubtful,
  COUNT(*) FILTER (WHERE k.claimed AND NOT k.proved) AS claimed_only
FROM by_key AS k
LEFT JOIN by_case AS c ON c.linked_id = k.linked_id AND c.case_ref = k.case_ref
LEFT JOIN by_day AS d
  ON d.linked_id = k.linked_id AND d.committed_from = k.committed_from AND d.offence_group = k.offence_group
GROUP BY k.agencies, COALESCE(c.agencies, k.agencies), COALESCE(d.agencies, k.agencies)
