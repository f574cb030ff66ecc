create or replace function platform.forget_answers(p_words text[])
returns jsonb
language plpgsql volatile parallel unsafe
as $$
declare
  v_rows bigint;
begin
  -- The key stays, so that the same request again has no second effect.
  update platform.idempotency_keys k
  set answer = null
  where k.answer is not null
    and exists (
      select from unnest(p_words) as w (word)
      where length(w.word) > 2 and position(lower(w.word) in lower(k.answer::text)) > 0);
  get diagnostics v_rows = row_count;
  return jsonb_build_array(jsonb_build_object('table', 'platform.idempotency_keys', 'column', 'answer', 'rows', v_rows));
end
$$;
comment on function platform.forget_answers(text[]) is 'Erases the kept answers to repeated requests in which one of the words stands; returns table, column and number of rows.';
