create or replace view ingest.rules as
select v.rule, v.severity, v.description, v.message, v.hint
from (
  values
    -- The period of a row.
    ('PERIOD_NOT_A_DATE', 'error', 'Report: a period that looks like a date but is none.',
      '“{value}” is not a date that exists.', 'Write the period as DD.MM.YYYY HH:MM, for instance 24.01.2025 00:15.'),
    ('DATE_ORDER_UNKNOWN', 'error', 'Report: a period with slashes in a file that does not prove the order of day and month.',
      '“{value}” does not tell day from month.', 'Write the period as DD.MM.YYYY HH:MM.'),
    ('START_BLANK', 'error', 'Load import: the start time is empty in a row that holds something.',
      'Start time is required.', 'Write the start as DD.MM.YYYY HH:MM:SS, or clear the whole row.'),
    ('DATE_FORMAT', 'error', 'Load import: the start time is not exactly DD.MM.YYYY HH:MM:SS.',
      'Invalid date format: “{value}”. Expected: DD.MM.YYYY HH:MM:SS.', 'Write two digits each for day, month, hour, minute and second.'),
    ('DATE_DOES_NOT_EXIST', 'error', 'Load import: the start time has the right form, but there is no such date or time.',
      'Invalid date: “{value}” does not exist.', 'Check the day of the month and the hour (00 to 23).'),
    ('OUTSIDE_YEARS', 'error', 'A period outside the years that are believed (setting, default 2020 to 2030).',
      '“{value}” lies outside the years that are accepted.', 'Check the year; the accepted years are a setting of the import.'),
    ('OUTSIDE_TITLE', 'error', 'A period more than a day outside the dates in the title.',
      '“{value}” lies outside the dates that the title of the report names.', 'Check the period against the title.'),
    ('OFF_GRID', 'error', 'Report: a period that is not on the grid of the interval.',
      '“{value}” is not the start of a {expected}-minute interval.', 'Check the minutes of the period.'),
    ('OFF_GRID_START', 'warning', 'Load import: a start that is not on the grid of the interval is taken at the start of its interval.',
      '“{value}” was taken as {expected}.', 'Check the minutes if that is not what is meant.'),
    ('SKIPPED_HOUR', 'error', 'A period in the hour that a clock change skips.',
      '“{value}” does not exist: the clocks were put forward over it.', 'Check the time zone of the service, or give the zone with the import.'),
    -- A cell.
    ('VALUE_BLANK', 'error', 'A count or total is empty.', '{column} is required.', 'Fill the cell; nothing is not the same as 0.'),
    ('NOT_A_NUMBER', 'error', 'A number is expected and something else stands there.', '{column}: “{value}” is not a number.', 'Write digits only.'),
    ('NOT_A_WHOLE_NUMBER', 'error', 'A whole number is expected.', '{column}: {value} is not a whole number.', 'Round it to a whole number of 0 or more.'),
    ('NEGATIVE_VALUE', 'error', 'A count, duration or average below 0.', '{column}: {value} is negative.', 'A count or duration is 0 or more.'),
    ('NUMBER_TOO_LARGE', 'error', 'A number that no interval can hold.', '{column}: {value} is too large.', 'Check the cell; perhaps two numbers ran together.'),
    ('PERCENT_OUT_OF_RANGE', 'error', 'A share outside 0 to 100.', '{column}: {value} is not a share between 0 and 100.', 'Check the cell.'),
    ('NAME_TOO_LONG', 'error', 'A project name of more than 255 letters.', '{column}: the name is longer than 255 letters.', 'Shorten the name.'),
    ('NOT_A_TEXT', 'error', 'Records: an Excel error where a text is expected.', '{column}: “{value}” is no text.', 'Repair the formula of the cell.'),
    ('NOT_A_DATE', 'error', 'Records: something that is no day.', '{column}: “{value}” is not a day that exists.', 'Write it as DD.MM.YYYY, or as a date cell.'),
    ('NAME_NOT_TEXT', 'error', 'A project name that is an Excel error.', '{column}: “{value}” is not a name.', 'Repair the formula of the cell.'),
    -- Cells of a row against each other.
    ('HC_GT_CDO', 'error', 'More handled than offered.', '{column} is {value}, but only {expected} were offered (CDO).', 'One of the two is wrong in the report.'),
    ('HC_SL_GT_HC', 'error', 'More answered in threshold than handled.', '{column} is {value}, but only {expected} were handled (HC).', 'One of the two is wrong in the report.'),
    ('AC5_GT_AC', 'error', 'More abandoned within 5 seconds than abandoned.', '{column} is {value}, but only {expected} were abandoned (AC).', 'One of the two is wrong in the report.'),
    ('NON_UNIQUE_LT_UNIQUE', 'error', 'Fewer contacts than unique contacts.', 'Non-unique incoming ({value}) must be >= unique incoming ({expected}).', 'Perhaps the two columns were exchanged.'),
    ('HC_AC_NE_CDO', 'warning', 'Handled and abandoned do not add up to offered.', 'HC + AC = {expected}, but CDO is {value}.', 'The row was taken; calls that were neither handled nor abandoned are possible.'),
    ('CALLS_HIGH', 'warning', 'More than 1000 calls in 15 minutes.', '{column}: {value} calls in one interval are unusually many (more than {expected}).', 'The row was taken; check that it is no total.'),
    ('AHT_HIGH', 'warning', 'An average handle time of more than an hour.', 'The average handle time is {expected} seconds.', 'The row was taken; check the durations.'),
    ('REPORTED_DIFFERS', 'warning', 'A reported figure is further from the recomputed one than its printed rounding.', '{column}: the report says {value}, its parts give {expected}.', 'The row was taken; figures are always computed from the parts.'),
    -- Rows against each other and against what is stored.
    ('DUPLICATE_EQUAL', 'warning', 'A row that repeats another one letter by letter is taken once.', 'Row {row} repeats row {other_row} ({value}); it was taken once.', null),
    ('DUPLICATE_CONFLICT', 'error', 'Of rows that contradict each other for one interval the last one is kept.', 'Row {row} and row {other_row} give different figures for {value}; row {other_row} was kept.', 'Remove the wrong one of the two.'),
    ('DETAIL_DROPPED', 'error', 'A row of a time whose detail was let go of.', '“{value}”: the detail of the time before {expected} UTC was let go of by the retention policy.', 'Leave the row out: hours, days and months of that time are kept as they are.'),
    ('GRANULARITY_CONFLICT', 'error', 'A row over intervals of another length that are stored already.', '“{value}”: an interval of another length ({expected} minutes) is there for this time already.', 'Import with “replace” to replace these hours whole.'),
    ('NOT_AN_OBJECT', 'error', 'A JSON row that is not an object.', 'Row {row} is not an object.', 'Give each row as {"A": …, "B": …, "C": …, "D": …, "E": …}.'),
    -- Counted, once per rule and column.
    ('TEXT_NUMBER', 'info', 'Report: numbers stored as text are read as numbers.', '{column}: numbers that are stored as text and were read as numbers: {occurrences}.', null),
    ('DIGITS_AS_TEXT', 'info', 'Load import: numbers stored as text are read as numbers.', '{column}: numbers that are stored as text and were read as numbers: {occurrences}.', null),
    ('NOT_A_DATA_ROW', 'info', 'Rows without a date (title, totals) are not read.', 'Rows without a date in {column} that were not read: {occurrences}; the first says “{value}”.', null)
) as v (rule, severity, description, message, hint)
union all
select o.rule, o.severity, o.description, o.message, o.hint
from org.import_rules o
union all
select a.rule, a.severity, a.description, a.message, a.hint
from statistics.import_rules a
union all
select m.rule, m.severity, m.description, m.message, m.hint
from marketplace.import_rules m;
comment on view ingest.rules is 'What a row is judged by: an error keeps it out, a warning does not, an info is counted. In messages {column}, {value}, {expected}, {row}, {other_row} and {occurrences} stand for what was found.';
