create or replace function platform.mark_erased(p_kind text, p_value text)
returns void
language sql volatile parallel unsafe
as $$
  insert into platform.erased_marks (mark, kind, erased_at)
  select m.mark, p_kind, platform.now()
  from (select platform.erasure_mark(p_kind, p_value) as mark) m
  where m.mark is not null
  on conflict (mark) do nothing
$$;
comment on function platform.mark_erased(text, text) is 'Remembers by a keyed hash that who had this number or address was erased.';
