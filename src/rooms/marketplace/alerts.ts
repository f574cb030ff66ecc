import type { Db } from '../../platform/db/pool.ts';
import type { Log } from '../../platform/log/log.ts';
import { evaluate } from '../../platform/rules/rules.ts';
import { rules } from './rules.ts';

/** A line in the log where a rule breaks, changes its severity or holds again: once over all nodes, not at every look. */
export async function tellAlerts(db: Db, log: Log): Promise<void> {
  const found = await evaluate(rules, db, log);
  const states = Object.fromEntries(found.filter(({ severity }) => severity !== 'skipped').map(({ name, severity }) => [name, severity]));
  const changes = await db.query<{ name: string; was: string }>('select c.name, c.was from marketplace.note_alerts($1) c', [JSON.stringify(states)]);
  for (const { name, was } of changes) {
    const { severity, value, evidence, advice } = found.find((rule) => rule.name === name)!;
    if (severity === 'ok') log.info({ rule: name, was }, `the alert is over: ${evidence}`);
    else log.error({ rule: name, severity, value, advice }, `alert: ${evidence}`);
  }
}
