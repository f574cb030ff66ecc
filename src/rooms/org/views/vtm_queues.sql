create or replace view org.vtm_queues as
select v.queue_code, v.queue_name, v.queue_group, v.service_type, v.priority, v.skills
from (
  values
    ('VTM_SALES_01', 'ВТМ Продажи 1', 'Sales', 'sales', 4, '{russian_native,sales_experience}'::text[]),
    ('VTM_SALES_02', 'ВТМ Продажи 2', 'Sales', 'sales', 4, '{russian_native,sales_experience}'),
    ('VTM_SUPPORT_01', 'ВТМ Поддержка 1', 'Support', 'support', 3, '{russian_native,technical_knowledge}'),
    ('VTM_SUPPORT_02', 'ВТМ Поддержка 2', 'Support', 'support', 3, '{russian_native,technical_knowledge}'),
    ('VTM_TECH_01', 'ВТМ Техническая 1', 'Technical', 'technical', 5, '{russian_native,it_expertise}'),
    ('VTM_VIP_01', 'ВТМ VIP', 'VIP', 'vip_support', 5, '{russian_native,english_b2,vip_handling}')
) as v (queue_code, queue_name, queue_group, service_type, priority, skills)
union all
select 'VTM_QUEUE_' || lpad(n::text, 2, '0'), 'ВТМ Очередь ' || n, 'General', 'general', 3, '{}'
from generate_series(7, 32) as n;
comment on view org.vtm_queues is 'The 32 queues of project ВТМ: six that have names, 26 that have numbers.';
