/**
 * Which kinds of import write a table, and why the others take none: whatever writes a table must keep the rules of its room. A table of
 * which nothing is said fails `round_trip.test.ts`.
 */
export const importedBy: Record<string, readonly string[]> = {
  'statistics.contact_statistics': ['argus_report', 'argus_load'],
  'statistics.agent_activity': ['agent_activity'],
  'org.employees': ['org_employees'],
  'marketplace.municipios': ['marketplace_municipalities'],
  'marketplace.usuarios': ['marketplace_advisors', 'marketplace_clients'],
  'marketplace.clientes': ['marketplace_clients'],
  'marketplace.asesores': ['marketplace_advisors'],
  'marketplace.solicitudes': ['marketplace_requests'],
  'marketplace.repuestos_solicitados': ['marketplace_requests'],
  'marketplace.ofertas': ['marketplace_offers'],
  'marketplace.ofertas_detalle': ['marketplace_offers'],
  'marketplace.adjudicaciones_repuesto': ['marketplace_offers'],
  'marketplace.ofertas_historicas': ['marketplace_offer_history'],
  'marketplace.historial_respuestas_ofertas': ['marketplace_notifications'],
  'marketplace.notificaciones': ['marketplace_messages'],
  'marketplace.auditoria_tiendas': ['marketplace_audits'],
  'marketplace.evaluaciones_asesores_temp': ['marketplace_evaluations'],
  'marketplace.evaluaciones': ['marketplace_request_evaluations'],
};

const derived = 'computed from other tables, which an import fills; what came from outside would be overwritten';
const journal = 'a journal of what happened here, which nobody writes from outside';
const work = 'working state of the machinery; it comes and goes with the rows that it is about';
const settings = 'settings, each changed by an operation that checks it and leaves its entry in the audit';
const structure = 'changed by its operations one by one, because other rows hang on it';

const all = (reason: string, schema: string, names: string) => names.split(' ').map((name) => [`${schema}.${name}`, reason] as const);

/** Tables that no import writes, with the reason. */
export const notImported: Record<string, string> = Object.fromEntries([
  ...all(journal, 'ingest', 'import_batches import_errors'),
  ...all(
    journal,
    'quality',
    'data_results data_runs digests metric_samples rule_changes rule_states settlements snapshots statement_samples validation_runs',
  ),
  ...all(settings, 'quality', 'thresholds'),
  ...all(settings, 'platform', 'personal_columns roles row_scopes schema_migrations schema_objects settings'),
  ...all(derived, 'statistics', 'agent_rollups rollups'),
  ...all(settings, 'statistics', 'retention_policies'),
  ...all(journal, 'statistics', 'change_log change_origin dropped_months posted_batches'),
  ...all(
    work,
    'statistics',
    'agent_loads agent_touched_log agent_versions agents_seen final_batches loads off_hour_services overwritten_rows touched_log',
  ),
  ...all(derived, 'marketplace', 'mv_metricas_mensuales mv_ranking_asesores ranking_history'),
  ...all(journal, 'marketplace', 'eventos_metricas eventos_sistema refresh_log refresh_runs'),
  ...all(settings, 'marketplace', 'settings'),
  ...all(work, 'marketplace', 'import_loads touched_months'),
  ...all(journal, 'org', 'employee_loads employee_org_history'),
  ...all(structure, 'org', 'agents custom_fields department_deputies departments groups positions services sites source_mappings sources'),
]);
