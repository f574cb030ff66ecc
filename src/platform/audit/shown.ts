/** What the audit may hold of a value. It is never changed, so nothing that must be erasable or secret goes in. */

/** Fields that are secrets wherever they stand. */
const secretFields = new Set(['password', 'current_password', 'new_password', 'secret', 'token', 'link', 'key']);
const hidden = '***';
const maxItems = 50;
const maxText = 500;
const maxBytes = 16_384;

/** The value without secrets, personal data, long lists and long texts. */
export function shownValue(value: unknown, personalFields: ReadonlySet<string>): unknown {
  const shown = shorten(value, personalFields);
  const bytes = shown === undefined ? 0 : Buffer.byteLength(JSON.stringify(shown));
  return bytes > maxBytes ? { bytes } : shown;
}

function shorten(value: unknown, personal: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return value.length > maxText ? `${value.slice(0, maxText)}…` : value;
  if (Array.isArray(value)) return value.length > maxItems ? { count: value.length } : value.map((item) => shorten(item, personal));
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !secretFields.has(name))
      .map(([name, part]) => [name, part !== null && personal.has(name) ? hidden : shorten(part, personal)]),
  );
}

/** The fields in which two records differ; all of the one where there is no other. */
export function changedFields(before: Record<string, unknown> | null, after: Record<string, unknown> | null) {
  if (before === null || after === null) return { before, after };
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => name !== 'updated_at' && JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  const pick = (from: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(changed.map((name) => [name, from[name] ?? null]));
  return { before: pick(before), after: pick(after) };
}
