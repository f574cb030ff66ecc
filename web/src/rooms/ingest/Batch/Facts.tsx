import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { zoneName } from '../../../kit/time/zone.ts';
import { useKindText } from '../kinds.ts';
import type { Batch } from '../queries.ts';
import style from './Batch.module.css';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** How the file was read; what its kind does not have is left out, and by whom it was handed in. */
export function Facts({ batch }: { batch: Batch }) {
  const text = useText();
  const format = useFormat();
  const kind = useKindText();
  const zone = batch.time_zone ?? 'UTC';
  const facts: [string, string | null][] = [
    [text('import.layout'), kind(batch.layout)],
    [text('import.interval'), batch.interval_type ? text(`interval.${batch.interval_type as '15m' | '30m' | '1h'}`) : null],
    [text('picker.service'), batch.service],
    [text('picker.zone'), batch.time_zone && zoneName(batch.time_zone)],
    [
      text('batch.data'),
      batch.data_start && batch.data_end
        ? `${format.dateTime(Date.parse(batch.data_start), zone)} – ${format.dateTime(Date.parse(batch.data_end), zone)}`
        : null,
    ],
    [text('import.mode'), text(batch.mode === 'partial' ? 'import.partial' : 'import.all_or_nothing')],
    [text('batch.at'), format.dateTime(Date.parse(batch.created_at), here)],
    [text('batch.by'), batch.created_by],
    [text('batch.size'), format.number(batch.file_bytes, 'bytes')],
    ['SHA-256', `${batch.sha256.slice(0, 12)}…`],
  ];
  return (
    <dl className={style.found}>
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
