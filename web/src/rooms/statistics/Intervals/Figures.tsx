import { SegmentedControl, Stack } from '@mantine/core';
import { useViewportSize } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useMemo } from 'react';
import { Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { ChartStack } from '../../../kit/chart/ChartStack.tsx';
import type { Span } from '../../../kit/chart/series.ts';
import { readZoom, writeZoom } from '../../../kit/picker/range.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Loading } from '../../../kit/states/Loading.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import type { Service } from '../../org/queries.ts';
import { type Interval, seriesQuery, totalQuery } from '../queries.ts';
import { Cards } from './Cards.tsx';
import { panesOf } from './panes.ts';
import { ChartTools } from './ChartTools.tsx';
import type { IntervalsView } from './useIntervals.ts';

// What is not seen at first is loaded when it is wanted.
const DrillDown = lazy(() => import('../../../kit/drill/DrillDown.tsx').then((part) => ({ default: part.DrillDown })));
const IntervalTable = lazy(() => import('./IntervalTable.tsx').then((part) => ({ default: part.IntervalTable })));
const QueueTable = lazy(() => import('./QueueTable.tsx').then((part) => ({ default: part.QueueTable })));

const views = ['chart', 'table', 'queues'] as const;

/** Cards, and beneath them the same figures as charts, as a table, or by queue. */
export function Figures({ service, view }: { service: Service; view: IntervalsView }) {
  const text = useText();
  const format = useFormat();
  const address = useAddress();
  const change = useChangeAddress();
  const { height } = useViewportSize();
  const { zone, window, loaded, shown, earlier, grain, comparison } = view;
  const series = useQuery(seriesQuery(loaded, grain));
  const before = useQuery(seriesQuery(earlier?.loaded, grain));
  const total = useQuery(totalQuery(shown));
  const totalBefore = useQuery(totalQuery(earlier?.shown));
  const look = views.find((one) => one === address['view']) ?? 'chart';

  const open = useCallback(
    (kpi: string, span: Span, queue?: string) => change({ open: `${kpi}@${writeZoom(span, zone)}`, openQueue: queue }),
    [change, zone],
  );
  const openRow = useCallback(
    (kpi: string, item: Interval) => open(kpi, { from: Date.parse(item.interval_start), to: Date.parse(item.interval_end) }),
    [open],
  );
  const openQueue = useCallback((kpi: string, queue: string) => open(kpi, window, queue), [open, window]);
  const goToQueue = useCallback(
    (queue: string) => change({ queue, view: undefined, sort: undefined, filters: undefined, columns: undefined }),
    [change],
  );

  const panes = useMemo(
    () =>
      panesOf({
        items: series.data ?? [],
        earlier: earlier && before.data ? { items: before.data, shift: earlier.shift, label: text(`compare.${comparison}`) } : undefined,
        service,
        text,
        format,
      }),
    [series.data, before.data, earlier, comparison, service, text, format],
  );
  const [kpi, opened] = (address['open'] ?? '').split('@');
  const openedSpan = readZoom(opened, zone) ?? window;
  const inWindow = useMemo(
    () => (series.data ?? []).filter((item) => Date.parse(item.interval_end) > window.from && Date.parse(item.interval_start) < window.to),
    [series.data, window],
  );
  const name = `${service.service_code}${shown.queue ? ` ${shown.queue}` : ''} ${writeZoom(window, zone).replaceAll(':', '').replace('~', ' ')}`;

  return (
    <Stack gap="md">
      <Cards
        total={total}
        earlier={earlier ? totalBefore.data : undefined}
        comparison={comparison}
        service={service}
        onOpen={(one) => open(one, window)}
      />
      <Panel
        flush
        actions={look === 'chart' ? <ChartTools name={name} items={inWindow} zone={zone} /> : undefined}
        about={
          <SegmentedControl
            size="xs"
            aria-label={text('intervals.view')}
            data={views.map((one) => ({ value: one, label: text(`intervals.view.${one}`) }))}
            value={look}
            onChange={(next) => change({ view: next === 'chart' ? undefined : next, sort: undefined, filters: undefined, columns: undefined })}
          />
        }
      >
        <Suspense fallback={<Loading rows={8} />}>
          {look === 'queues' ? (
            <QueueTable name={name} question={shown} onQueue={goToQueue} onOpen={openQueue} />
          ) : (
            <Answer query={series} rows={8}>
              {() =>
                look === 'table' ? (
                  <IntervalTable name={name} items={inWindow} zone={zone} onOpen={openRow} />
                ) : (
                  <ChartStack
                    label={text('intervals.of', { service: service.service_name })}
                    panes={panes}
                    span={window}
                    zone={zone}
                    height={Math.max(380, height - 304)}
                    onZoom={(span) => change({ zoom: writeZoom(span, zone) })}
                    onReset={() => view.zoom && change({ zoom: undefined })}
                    onOpen={open}
                  />
                )
              }
            </Answer>
          )}
        </Suspense>
      </Panel>
      {kpi && (
        <Suspense>
          <DrillDown
            kpi={kpi}
            question={{ ...shown, queue: address['openQueue'] ?? shown.queue, span: openedSpan }}
            onClose={() => change({ open: undefined, openQueue: undefined })}
          />
        </Suspense>
      )}
    </Stack>
  );
}
