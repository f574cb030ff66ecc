create or replace function marketplace.refresh_mv_ranking_asesores(
  p_full boolean,
  out row_count bigint,
  out changed_count bigint,
  out is_incremental boolean
)
language plpgsql volatile parallel unsafe
as $$
declare
  v_gone bigint;
  v_today date := (platform.now() at time zone 'America/Bogota')::date;
begin
  create temp table fresh_ranking on commit drop as select n.* from marketplace.advisor_ranking(platform.now()) n;
  select count(*), count(*) filter (where v.asesor_id is null or to_jsonb(v) - 'calculado_at' <> to_jsonb(n) - 'calculado_at')
  into row_count, changed_count
  from pg_temp.fresh_ranking n
  left join marketplace.mv_ranking_asesores v on v.asesor_id = n.asesor_id;
  delete from marketplace.mv_ranking_asesores v where not exists (select from pg_temp.fresh_ranking n where n.asesor_id = v.asesor_id);
  get diagnostics v_gone = row_count;
  changed_count := changed_count + v_gone;
  -- Deleting and inserting is one version of each row, as an update would be, and says every column once.
  delete from marketplace.mv_ranking_asesores;
  insert into marketplace.mv_ranking_asesores select n.* from pg_temp.fresh_ranking n order by n.ranking_nacional nulls last;
  drop table pg_temp.fresh_ranking;
  insert into marketplace.ranking_history as h (ranked_on, asesor_id, ranking_ciudad, ranking_nacional)
  select v_today, v.asesor_id, v.ranking_ciudad, v.ranking_nacional from marketplace.mv_ranking_asesores v
  on conflict (asesor_id, ranked_on) do update set ranking_ciudad = excluded.ranking_ciudad, ranking_nacional = excluded.ranking_nacional
  where (h.ranking_ciudad, h.ranking_nacional) is distinct from (excluded.ranking_ciudad, excluded.ranking_nacional);
  delete from marketplace.ranking_history h where h.ranked_on < v_today - 400;
  -- What it counts is the last 90 days, whatever came before: there is nothing that a full refresh would do more.
  is_incremental := not p_full;
end
$$;
comment on function marketplace.refresh_mv_ranking_asesores(boolean) is 'Brings mv_ranking_asesores to its definition as of now, and keeps the ranks of the day.';
