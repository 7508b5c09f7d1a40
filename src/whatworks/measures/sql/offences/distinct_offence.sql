-- distinct_offence: one row an offence of a person, however many agencies report it. `merged` counts their records.
--
-- Sanctions are those of the agencies that prove offences only (the conviction record and courts), the earliest first.
-- The charge is the earliest that any agency gives; a conviction without one was charged on its day.
-- Code, group and class are the conviction record's, else a court's, else another's (first in alphabetical order).
SELECT
  linked_id,
  offence_key,
  MIN(case_ref) AS case_ref,
  SUBSTRING(MIN(CAST(standing AS VARCHAR) || offence_code), 2) AS offence_code,
  SUBSTRING(MIN(CAST(standing AS VARCHAR) || offence_group), 2) AS offence_group,
  SUBSTRING(MIN(CAST(standing AS VARCHAR) || offence_class), 2) AS offence_class,
  MIN(committed_from) AS committed_from,
  COALESCE(MIN(charged_on), MIN(sanctioned_on) FILTER (WHERE proving AND sanction = 'conviction')) AS charged_on,
  MIN(sanctioned_on) FILTER (WHERE proving) AS sanctioned_on,
  MIN(sanctioned_on) FILTER (WHERE proving AND sanction = 'conviction') AS convicted_on,
  MIN(sanctioned_on) FILTER (WHERE proving AND sanction = 'caution') AS cautioned_on,
  COUNT(*) AS merged
FROM offence_record
GROUP BY linked_id, offence_key
