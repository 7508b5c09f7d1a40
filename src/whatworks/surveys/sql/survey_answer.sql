-- survey_answer: every answer to some questions, with its wave, its design, and the borough of the respondent's area.
WITH place AS (
    SELECT DISTINCT a.area_code, a.vintage, a.kind, a.parent
    FROM area AS a
),
borough_of AS (
    SELECT
        p.area_code,
        p.vintage,
        MIN(CASE WHEN p.kind = 'borough' THEN p.area_code WHEN q.kind = 'borough' THEN q.area_code
                 WHEN s.kind = 'borough' THEN s.area_code END) AS borough
    FROM place AS p
    LEFT JOIN place AS q ON q.area_code = p.parent AND q.vintage = p.vintage
    LEFT JOIN place AS s ON s.area_code = q.parent AND s.vintage = q.vintage
    GROUP BY p.area_code, p.vintage
),
any_vintage AS (
    SELECT b.area_code, MIN(b.borough) AS borough
    FROM borough_of AS b
    GROUP BY b.area_code
)
SELECT
    w.organisation_id, w.wave_id, w.survey, w.from_date, w.to_date, w.mode, w.population, w.panel,
    r.respondent_id, r.question, r.wording, r.answer, r.weight, r.stratum, r.cluster, r.fpc,
    COALESCE(b.borough, v.borough) AS borough
FROM survey_response AS r
JOIN survey_wave AS w ON w.organisation_id = r.organisation_id AND w.wave_id = r.wave_id
LEFT JOIN borough_of AS b ON b.area_code = r.area_code AND b.vintage = r.area_vintage
LEFT JOIN any_vintage AS v ON v.area_code = r.area_code AND r.area_vintage IS NULL
WHERE r.question = ?
ORDER BY w.from_date, w.to_date, w.wave_id, r.respondent_id
