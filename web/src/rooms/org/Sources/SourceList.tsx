import { Checkbox, SegmentedControl, Text, TextInput } from '@mantine/core';
import { IconGripVertical, IconSearch } from '@tabler/icons-react';
import { type DragEvent, useMemo } from 'react';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Status } from '../../../kit/states/Status.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import type { Source } from '../queries.ts';
import { dragType } from './drag.ts';
import style from './Sources.module.css';

interface SourceListProps {
  sources: Source[];
  chosen: ReadonlySet<number>;
  onChosen: (chosen: ReadonlySet<number>) => void;
}

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const sets = ['all', 'unmapped', 'mapped'] as const;

/** Unmapped names first; rows are chosen by click, Shift for a stretch, and dragged onto a queue. */
export function SourceList({ sources, chosen, onChosen }: SourceListProps) {
  const text = useText();
  const address = useAddress();
  const change = useChangeAddress();
  const set = sets.find((one) => one === address['show']) ?? 'all';
  const search = (address['find'] ?? '').toLocaleLowerCase();
  const rows = useMemo(() => {
    const wanted = sources.filter(
      ({ external_name, queue_name, is_mapped }) =>
        (set === 'all' || is_mapped === (set === 'mapped')) && `${external_name} ${queue_name ?? ''}`.toLocaleLowerCase().includes(search),
    );
    return wanted.toSorted(
      (a, b) => Number(a.is_mapped) - Number(b.is_mapped) || a.external_name.localeCompare(b.external_name, undefined, { numeric: true }),
    );
  }, [sources, set, search]);

  const toggle = (index: number, extend: boolean) => {
    const row = rows[index];
    if (!row) return;
    const next = new Set(chosen);
    const last = rows.findLastIndex(({ source_id }, at) => at < index && chosen.has(source_id));
    if (extend && last >= 0) for (const { source_id } of rows.slice(last, index + 1)) next.add(source_id);
    else if (!next.delete(row.source_id)) next.add(row.source_id);
    onChosen(next);
  };
  const drag = (event: DragEvent, row: Source) => {
    const ids = chosen.has(row.source_id) ? [...chosen] : [row.source_id];
    event.dataTransfer.setData(dragType, ids.join(','));
    event.dataTransfer.effectAllowed = 'link';
  };
  const isAll = rows.length > 0 && rows.every(({ source_id }) => chosen.has(source_id));
  return (
    <>
      <div className={style.tools}>
        <Checkbox
          checked={isAll}
          indeterminate={!isAll && chosen.size > 0}
          onChange={() => onChosen(new Set(isAll ? [] : rows.map(({ source_id }) => source_id)))}
          aria-label={text('source.selectAll')}
        />
        <TextInput
          aria-label={text('source.find')}
          placeholder={text('source.find')}
          leftSection={<IconSearch size={16} stroke={1.6} />}
          value={address['find'] ?? ''}
          onChange={(event) => change({ find: event.currentTarget.value || undefined }, { replace: true })}
        />
        <SegmentedControl
          size="xs"
          aria-label={text('source.show')}
          data={sets.map((one) => ({ value: one, label: text(`source.show.${one}`) }))}
          value={set}
          onChange={(next) => change({ show: next === 'all' ? undefined : next })}
        />
      </div>
      {rows.length === 0 ? (
        <Text c="dimmed" p="md">
          {text('table.nothingMatches')}
        </Text>
      ) : (
        <ul className={style.names}>
          {rows.map((row, index) => (
            // Dragging is a shortcut; the checkboxes and the bar do the same by keyboard.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
            <li
              key={row.source_id}
              className={style.name}
              draggable
              data-chosen={chosen.has(row.source_id) || undefined}
              onDragStart={(event) => drag(event, row)}
            >
              <IconGripVertical size={16} stroke={1.6} className={style.grip} aria-hidden />
              <Checkbox
                checked={chosen.has(row.source_id)}
                onChange={(event) => toggle(index, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
                label={row.external_name}
                classNames={{ label: style.nameText, root: style.nameBox }}
              />
              <Text size="xs" c="dimmed">
                {text(`kind.${row.kind}`)}
              </Text>
              <Target source={row} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Target({ source }: { source: Source }) {
  const text = useText();
  const format = useFormat();
  const dated = source.mappings.filter(({ valid_from }) => valid_from !== null);
  const history = dated
    .map(({ valid_from, queue }) =>
      text('source.since', { date: format.date(Date.parse(valid_from ?? ''), here), queue: queue ?? text('source.noQueue') }),
    )
    .join('; ');
  return (
    <span className={style.target} title={history}>
      {source.is_mapped ? source.queue_name : <Status tone="risk">{text('source.notMapped')}</Status>}
      {dated.length > 0 && (
        <Text span size="xs" c="dimmed">
          {' '}
          {text('source.dated', { count: dated.length })}
        </Text>
      )}
    </span>
  );
}
