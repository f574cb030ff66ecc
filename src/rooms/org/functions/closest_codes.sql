create or replace function org.closest_codes(p_code text, p_codes text[])
returns text
language sql immutable parallel safe strict
as $$
  -- Dice's coefficient over pairs of letters: no extension, and a typo in any place keeps most pairs.
  with wanted as (
    select distinct pg_catalog.substr(w.word, g.n, 2) as pair
    from (select pg_catalog.lower(' ' || p_code || ' ') as word) w,
      pg_catalog.generate_series(1, pg_catalog.length(p_code) + 1) as g (n)
  ), scored as (
    select c.code, 2.0 * (
        select count(distinct pg_catalog.substr(pg_catalog.lower(' ' || c.code || ' '), g.n, 2))
        from pg_catalog.generate_series(1, pg_catalog.length(c.code) + 1) as g (n)
        where pg_catalog.substr(pg_catalog.lower(' ' || c.code || ' '), g.n, 2) in (select pair from wanted)
      ) / (pg_catalog.length(c.code) + pg_catalog.length(p_code) + 2) as likeness
    from pg_catalog.unnest(p_codes) as c (code)
  )
  select pg_catalog.string_agg(s.code, ', ' order by s.likeness desc, s.code)
  from (select code, likeness from scored where likeness > 0 order by likeness desc, code limit 3) s
$$;
comment on function org.closest_codes(text, text[]) is 'The up to three codes that look most like the given one, comma separated; null when none does.';
