import type { DataTable, RowRule } from './data_rule.ts';

/** Rules about what services and agents did. Figures that a source does not say are null and wrong only where they must be known. */

const negative = (table: string, field: string, severity: RowRule['severity']): RowRule => ({
  rule: `${table}.${field}_not_negative`,
  check: 'accuracy',
  type: 'negative_values',
  field,
  severity,
  says: `${field} is not negative.`,
  wrong: `t.${field} < 0`,
  advice: 'Find the batch that wrote these rows (import_batch_id), undo it and import the corrected file.',
});

export const contactStatistics: DataTable = {
  table: 'contact_statistics',
  key: ['service_id', 'source_id', 'interval_start_time'],
  moment: 'interval_start_time',
  rules: [
    {
      rule: 'contact_statistics.received_known',
      check: 'completeness',
      type: 'null_values',
      field: 'not_unique_received',
      severity: 'high',
      says: 'Every interval says how many contacts were offered.',
      wrong: 't.not_unique_received is null',
      advice: 'Import these intervals again from a file that has the column CDO (layout A) or C (layout A–E).',
    },
    negative('contact_statistics', 'not_unique_received', 'critical'),
    {
      rule: 'contact_statistics.treated_within_received',
      check: 'consistency',
      type: 'logical_inconsistency',
      field: 'not_unique_treated',
      severity: 'critical',
      says: 'No more contacts were handled than offered.',
      wrong: 't.not_unique_treated > t.not_unique_received',
      advice: 'The file mixes up columns or intervals: undo its batch, correct it and import it again.',
    },
    {
      rule: 'contact_statistics.parts_add_up',
      check: 'consistency',
      type: 'logical_inconsistency',
      field: 'not_unique_treated, not_unique_missed',
      severity: 'medium',
      says: 'Handled and abandoned contacts together are those offered.',
      wrong: 't.not_unique_treated + t.not_unique_missed <> t.not_unique_received',
      advice: 'Look whether the source counts failed contacts or callbacks apart; ask for a report that counts them where they belong.',
    },
    {
      rule: 'contact_statistics.aht_plausible',
      check: 'accuracy',
      type: 'implausible_values',
      field: 'aht',
      severity: 'medium',
      says: 'The average handle time is at most an hour.',
      wrong: 't.aht > 3600000',
      advice: 'Look at the rows: a time in milliseconds read as seconds, or a call that was never closed. Correct the source and import again.',
    },
    {
      rule: 'contact_statistics.volume_plausible',
      check: 'accuracy',
      type: 'implausible_values',
      field: 'not_unique_received',
      severity: 'low',
      says: 'At most 1000 contacts were offered per quarter-hour.',
      wrong: 't.not_unique_received > 1000 * t.interval_minutes / 15',
      advice: 'Where a service is that big nothing is wrong; else a day total was read as an interval.',
    },
    {
      rule: 'contact_statistics.source_mapped',
      check: 'completeness',
      type: 'unmapped_source',
      field: 'source_name',
      severity: 'medium',
      says: 'Every named source belongs to a queue.',
      wrong: `t.group_id = -1 and t.source_name <> ''`,
      advice: 'Say which queue the source belongs to, on the page Sources or with org.map_source; figures by queue lack these rows until then.',
    },
    {
      rule: 'contact_statistics.no_overlap',
      check: 'uniqueness',
      type: 'overlapping_intervals',
      field: 'interval_start_time',
      severity: 'critical',
      says: 'Intervals of one source do not overlap.',
      rows: `select o.service_id, o.source_id, o.interval_start_time, o.interval_minutes, o.next_start_time
        from (select t.service_id, t.source_id, t.interval_start_time, t.interval_minutes, t.interval_end_time,
            lead(t.interval_start_time) over (partition by t.service_id, t.source_id order by t.interval_start_time) as next_start_time
          from api.contact_statistics t where t.interval_start_time >= $1 and t.interval_start_time < $2) o
        where o.next_start_time < o.interval_end_time order by 1, 2, 3`,
      advice: 'Import the hour again with replace, so that it has one granularity.',
    },
    {
      rule: 'contact_statistics.no_gaps',
      check: 'completeness',
      type: 'missing_days',
      field: 'interval_start_time',
      severity: 'high',
      says: 'A service has figures for every day between its first and its last in the period.',
      rows: `select g.service_id, g.service_code, g.day from (
          select b.service_id, b.service_code, d.day::date as day, b.days
          from (select t.service_id, s.service_code, min((t.interval_start_time at time zone s.time_zone)::date) as first_day,
                max((t.interval_start_time at time zone s.time_zone)::date) as last_day,
                array_agg(distinct (t.interval_start_time at time zone s.time_zone)::date) as days
              from api.contact_statistics t join api.services s on s.service_id = t.service_id
              where t.interval_start_time >= $1 and t.interval_start_time < $2 group by 1, 2) b
          cross join lateral generate_series(b.first_day::timestamp, b.last_day::timestamp, interval '1 day') d (day)) g
        where g.day <> all (g.days) order by 1, 3`,
      advice: 'Import the missing days. A service that is closed on these days may be left as it is.',
    },
    {
      rule: 'contact_statistics.fresh',
      check: 'timeliness',
      type: 'stale_data',
      field: 'interval_start_time',
      severity: 'medium',
      says: 'An active service that has figures has such that end at most two days before the end of the period.',
      // Also of a service whose last figures lie before the period: there it has none, and newest_interval is null.
      rows: `select s.service_id, s.service_code, l.newest_interval
        from api.services s
        cross join lateral (select max(t.interval_end_time) as newest_interval from api.contact_statistics t
          where t.service_id = s.service_id and t.interval_start_time >= $1 and t.interval_start_time < $2) l
        where s.is_active
          and exists (select from api.contact_statistics t where t.service_id = s.service_id and t.interval_start_time < $2)
          and not exists (select from api.contact_statistics t where t.service_id = s.service_id
            and t.interval_start_time >= least($2, platform.now()) - interval '3 days' and t.interval_start_time < $2
            and t.interval_end_time >= least($2, platform.now()) - interval '2 days')
        order by 1`,
      advice: 'Import the latest report of the service; look on the page Import whether its last file failed.',
    },
  ],
};

const states = `t.ready_time + t.not_ready_time + t.talk_time + t.hold_time + t.wrap_time`;

export const agentActivity: DataTable = {
  table: 'agent_activity',
  key: ['agent_id', 'interval_start_time'],
  moment: 'interval_start_time',
  rules: [
    {
      rule: 'agent_activity.login_known',
      check: 'completeness',
      type: 'null_values',
      field: 'login_time',
      severity: 'high',
      says: 'Every quarter says how long the agent was logged in.',
      wrong: 't.login_time is null',
      advice: 'Import the quarters again with the login time.',
    },
    {
      rule: 'agent_activity.states_within_login',
      check: 'consistency',
      type: 'logical_inconsistency',
      field: 'login_time',
      severity: 'high',
      says: 'The times of all states together are no longer than the login.',
      wrong: `${states} > t.login_time`,
      advice: 'The source counts overlapping states: correct its export and import the quarters again.',
    },
    negative('agent_activity', 'calls_handled', 'critical'),
    {
      rule: 'agent_activity.calls_need_login',
      check: 'accuracy',
      type: 'implausible_values',
      field: 'calls_handled',
      severity: 'medium',
      says: 'Who handled contacts was logged in.',
      wrong: 't.calls_handled > 0 and t.login_time = 0',
      advice: 'Contacts are counted for the wrong agent or quarter: compare with the telephony report.',
    },
  ],
};
