create or replace function platform.is_erased(p_kind text, p_value text)
returns boolean
language sql stable parallel safe
return exists (select from platform.erased_marks m where m.mark = platform.erasure_mark(p_kind, p_value));

comment on function platform.is_erased(text, text) is 'Whether who had this number or address was erased; false where the transaction was not given the key.';
