create or replace view marketplace.import_rules as
select v.rule, v.severity, v.description, v.message, v.hint
from (
  values
    ('ID_INVALID', 'error', 'Marketplace: an id or code of another form.',
      '{column}: “{value}” is not {expected}.', 'Write it as the source system has it; codes keep their leading zeros.'),
    ('MOMENT_INVALID', 'error', 'Marketplace: something that is no date with a time.',
      '{column}: “{value}” is not a moment that exists.', 'Write it as 2025-03-01 14:30:00; without an offset it is the time of Bogotá.'),
    ('CHOICE_UNKNOWN', 'error', 'Marketplace: a word that is none of the possible ones.',
      '{column}: “{value}” is not one of {expected}.', 'Write one of the words of the list.'),
    ('OBJECT_INVALID', 'error', 'Marketplace: something that is no JSON object.',
      '{column}: what stands there is no JSON object.', 'Write names and values in braces, as JSON has them, or leave the cell empty.'),
    ('NUMBER_OUT_OF_RANGE', 'error', 'Marketplace: a number outside what can be.',
      '{column}: {value} is not within {expected}.', 'Check the cell.'),
    ('REFERENCE_UNKNOWN', 'error', 'Marketplace: an id or code of something that is not there.',
      '{column}: “{value}” is not among the {expected}.', 'Import that file first, or correct the id.'),
    ('PART_ELSEWHERE', 'error', 'Marketplace: an offer for a part of another request, or a part that moves to another request.',
      'The part {value} belongs to the request {expected}.', 'Correct one of the two ids.'),
    ('ROW_CONTRADICTS', 'error', 'Marketplace: two cells of a row that cannot both be true.',
      '{column}: “{value}” contradicts {expected}.', 'Correct one of the two cells.'),
    ('ROWS_DIFFER', 'error', 'Marketplace: two rows that say different things of one request or offer.',
      'Row {row} and row {other_row} say different things of {value}.', 'What belongs to the whole must be the same in all its rows; row {other_row} was kept.'),
    ('EMAIL_TAKEN', 'error', 'Marketplace: an e-mail address that somebody else has.',
      '{column}: somebody else has this address ({value}).', 'Correct the address, or leave the cell empty.'),
    ('PERSON_WITHHELD', 'warning', 'Marketplace: a client or advisor who was erased, known again by a keyed hash of their id or address, or a message to them.',
      '{column}: who had this was erased; the row was taken without name, address, phone and text.', 'Take them out of the source. If it is somebody else, who has the address now, leave that cell empty.'),
    ('OFFER_OF_NONE', 'error', 'Marketplace: an offer for a request that was closed without offers.',
      'The request {value} is CERRADA_SIN_OFERTAS: it has no offers.', 'Correct the state of the request first; one that ran out with offers is EXPIRADA.'),
    ('REQUEST_HAS_OFFERS', 'error', 'Marketplace: a request that is said to have no offers, and has some.',
      'The request {value} has offers: it is not CERRADA_SIN_OFERTAS.', 'A request that ran out with offers is EXPIRADA.'),
    ('AWARDED_TWICE', 'error', 'Marketplace: a part that is awarded to another offer already.',
      'The part {value} is awarded to the offer {expected}.', 'A part is awarded once: leave the score of the other line empty.')
) as v (rule, severity, description, message, hint);
comment on view marketplace.import_rules is 'What a row of an import of the marketplace is judged by, for the import''s own list of rules.';
