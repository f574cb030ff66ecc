create or replace view org.position_rows as
select
  p.position_id,
  p.position_code,
  p.position_name,
  p.position_name_en,
  p.position_category,
  p.min_grade,
  p.max_grade,
  p.requires_certification,
  org.shown_custom(p.custom, (
    select array_agg(f.field_name) from org.custom_fields f where f.entity = 'position' and f.is_personal)) as custom,
  p.is_active,
  p.created_at,
  p.updated_at
from org.positions p;
comment on view org.position_rows is 'Positions as the operations answer them.';
