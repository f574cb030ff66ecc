create or replace function quality.without_literals(p_statement text)
returns text
language sql
immutable
parallel safe
as $$
  -- pg_stat_statements keeps values of utility statements, and of any statement whose entry was let go of while it ran. Each part is a
  -- literal, a comment or anything else; what is not closed, and what follows a dollar quote or a nested comment, is hidden to the end.
  select regexp_replace(
    string_agg(case when m.part[1] is not null then '?' when m.part[2] is not null then ' ' else m.part[3] end, '' order by m.ordinal),
    '^(\s*set\s+(?:(?:local|session)\s+)?[\w."]+\s*(?:=|\mto\M)).*$', '\1 ?', 'i')
  from regexp_matches(p_statement,
    $re$([eE]'(?:[^'\\]|\\.|'')*(?:'|\\?$)|'(?:[^']|'')*(?:'|$)|\$(?:[[:alpha:]_]\w*)?\$.*|(?:\d|\.\d)[\w.]*)$re$
    || $re$|(--[^\n]*|/\*(?:[^*/]|\*(?!/)|/(?!\*))*\*/|/\*(?!(?:[^*/]|\*(?!/)|/(?!\*))*\*/).*)$re$
    || $re$|("(?:[^"]|"")*(?:"|$)|\$\d+|[[:alpha:]_][\w$]*|\s+|.)$re$, 'g') with ordinality as m (part, ordinal)
$$;
comment on function quality.without_literals(text) is 'A statement with ? for each literal and without comments, so that its text can be shown to whoever may not see data.';
