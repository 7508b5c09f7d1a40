-- listing: each day for which a trial was listed, and what became of it.
--
-- as_at: the day of the extract; a listing after it is not yet due.
SELECT
  t.organisation_id || '/' || t.listing_id AS unit,
  t.court_kind,
  t.court,
  t.listed_for,
  t.outcome,
  t.reason,
  f.as_at
FROM trial_listing AS t
JOIN source AS f ON f.source_id = t.source_id
