import { useText } from '../../i18n/text.ts';
import { Status, type Tone } from '../../kit/states/Status.tsx';
import type { Batch } from './queries.ts';

const tones: Record<Batch['status'], Tone> = {
  queued: 'quiet',
  running: 'busy',
  completed: 'good',
  completed_with_errors: 'risk',
  failed: 'bad',
  undone: 'undone',
};

export function BatchStatus({ batch }: { batch: Batch }) {
  const text = useText();
  return (
    <Status tone={tones[batch.status]}>
      {batch.dry_run && batch.status === 'completed' ? text('status.checked') : text(`status.${batch.status}`)}
    </Status>
  );
}
