-- named_reads: each person named in an entry of the audit, with the entry as JSON and when it was written.
SELECT p.entry_number, p.reference, p.organisation_id, p.person_id, b.written_at, b.payload
FROM audit_person AS p
JOIN book_entry AS b ON b.entry_number = p.entry_number
ORDER BY p.entry_number, p.reference
