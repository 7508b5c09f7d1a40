-- survey_answer: every answer to a question, with its wave, its design, and the borough of the respondent's area.
SELECT
  w.organisation_id, w.wave_id, w.survey, w.from_date, w.to_date, w.mode, w.population, w.panel,
  r.respondent_id, r.question, r.wording, r.answer, r.weight, r.stratum, r.cluster, r.fpc, b.borough
FROM survey_response AS r
JOIN survey_wave AS w ON w.organisation_id = r.organisation_id AND w.wave_id = r.wave_id
LEFT JOIN area_borough AS b
  ON b.area_code = r.area_code AND (b.vintage = r.area_vintage OR (r.area_vintage IS NULL AND b.latest))
WHERE r.question = ?
ORDER BY w.from_date, w.to_date, w.wave_id, r.respondent_id
