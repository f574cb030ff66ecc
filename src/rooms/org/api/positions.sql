create or replace view api.positions as
select
  p.position_id,
  p.position_code,
  p.position_name,
  p.position_name_en,
  p.position_category,
  p.min_grade,
  p.max_grade,
  p.requires_certification,
  q.default_permissions,
  p.is_active,
  p.created_at,
  p.updated_at,
  p.custom
from org.position_rows p
join org.positions q on q.position_id = p.position_id;
comment on view api.positions is 'Positions in the words of seed 005; over org.positions.';
