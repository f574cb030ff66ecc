import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconChartLine, IconListDetails, IconUsers } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { AnchorLink, ButtonLink } from '../../../design/links.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { ProgressBar } from '../../../kit/states/ProgressBar.tsx';
import { BatchStatus } from '../BatchStatus.tsx';
import { chartAddress } from '../chart-address.ts';
import { canUndo } from '../kinds.ts';
import { type Batch, forgetFigures, isUnderWay } from '../queries.ts';
import { useRuleText } from '../rules.ts';
import { useUndo } from '../useUndo.ts';
import style from './Batch.module.css';

const counts = ['rows_inserted', 'rows_updated', 'rows_unchanged', 'rows_duplicates', 'rows_rejected', 'rows_ignored', 'rows_total'] as const;
const phases = ['reading', 'checking', 'loading'] as const;

/** How an import goes or went: live progress, then what came of it and where to go from here. */
export function BatchSummary({ batch, isWholePage }: { batch: Batch; isWholePage?: boolean }) {
  const text = useText();
  const format = useFormat();
  const undo = useUndo();
  const underWay = isUnderWay(batch);
  useRefreshWhenDone(underWay);
  const chart = chartAddress(batch);
  const phase = phases.find((one) => one === batch.phase);
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <BatchStatus batch={batch} />
        {!isWholePage && <Text fw={600}>{batch.filename}</Text>}
        <Text size="sm" c="dimmed">
          {[batch.service, batch.duration_ms !== null && format.duration(batch.duration_ms)].filter(Boolean).join(' · ')}
        </Text>
        <Group gap="sm" ml="auto">
          {chart && (
            <ButtonLink to="/intervals" search={chart} leftSection={<IconChartLine size={16} />}>
              {text('batch.chart')}
            </ButtonLink>
          )}
          {!isWholePage && (
            <ButtonLink variant="default" to="/import/$batchId" params={{ batchId: batch.batch_id }} leftSection={<IconListDetails size={16} />}>
              {text('batch.details')}
            </ButtonLink>
          )}
          {batch.layout === 'org_employees' && canUndo(batch) && (
            <ButtonLink to="/employees" leftSection={<IconUsers size={16} />}>
              {text('batch.employees')}
            </ButtonLink>
          )}
          {canUndo(batch) && (
            <Button variant="default" leftSection={<IconArrowBackUp size={16} />} loading={undo.isPending} onClick={() => undo.mutate(batch)}>
              {text('batch.undo')}
            </Button>
          )}
        </Group>
      </Group>
      {underWay && (
        <>
          <ProgressBar
            label={phase ? text(`phase.${phase}`) : text(`status.${batch.status}`)}
            percent={batch.progress_pct}
            rate={batch.rows_per_second}
            secondsLeft={batch.seconds_left}
          />
          <Text size="xs" c="dimmed">
            {text('batch.leave')}
          </Text>
        </>
      )}
      {batch.detail && (
        <Text className={style.detail} lang="en">
          {batch.detail}
        </Text>
      )}
      {!underWay && (
        <dl className={style.counts}>
          {counts.map((name) => (
            <div key={name} data-bad={(name === 'rows_rejected' && batch[name] > 0) || undefined}>
              <dt>{text(`count.${name}`)}</dt>
              <dd>{format.number(batch[name])}</dd>
            </div>
          ))}
        </dl>
      )}
      {!underWay && batch.warnings.length > 0 && <Warnings batch={batch} />}
    </Stack>
  );
}

function Warnings({ batch }: { batch: Batch }) {
  const text = useText();
  const rule = useRuleText();
  const search = batch.service === null ? {} : { service: batch.service };
  return (
    <ul className={style.warnings}>
      {batch.warnings.map((warning) => (
        <li key={warning.code + warning.message}>
          {rule(warning.code, warning.message)}
          {warning.row_number !== null && ` (${text('batch.row', { row: warning.row_number })})`}
          {warning.names && warning.names.length > 0 && <span className={style.names}> {warning.names.join(', ')}</span>}
          {/UNMAPPED/.test(warning.code) && (
            <>
              {' '}
              <AnchorLink to="/sources" search={search}>
                {text('batch.mapNow')}
              </AnchorLink>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The end of an import changes figures, services and sources; pages that show them ask again. */
function useRefreshWhenDone(underWay: boolean): void {
  const before = useRef(underWay);
  useEffect(() => {
    if (before.current && !underWay) void forgetFigures();
    before.current = underWay;
  }, [underWay]);
}
