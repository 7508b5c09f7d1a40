-- caution_wanted: the offences that the conviction record or a court says were cautioned.
SELECT DISTINCT linked_id, offence_key
FROM offence_record
WHERE proving AND sanction = 'caution' AND sanctioned_on IS NOT NULL
