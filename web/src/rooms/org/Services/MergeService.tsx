import { Button, Select, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { mergeServices } from '../../../../../src/rooms/statistics/contract.ts';
import { call } from '../../../client.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Problem } from '../../../kit/states/Problem.tsx';
import { tell } from '../../../kit/states/undo.tsx';
import { forgetMappings } from '../mapping.ts';
import type { Service } from '../queries.ts';
import style from './Services.module.css';

const conflicts = ['refuse', 'keep_into', 'keep_from'] as const;

export function MergeService({ service, others, onDone }: { service: Service; others: Service[]; onDone: () => void }) {
  const text = useText();
  const format = useFormat();
  const [into, setInto] = useState<string | null>(null);
  const [keep, setKeep] = useState<(typeof conflicts)[number]>('refuse');
  const merge = useMutation({
    mutationFn: (target: string) => call(mergeServices, { from: service.service_code, into: target, conflicts: keep }),
    onSuccess: async ({ service_code, rows_moved }) => {
      await forgetMappings();
      tell(text, text('merge.done', { service: service_code, rows: format.number(rows_moved) }));
      onDone();
    },
  });
  return (
    <section className={style.section}>
      <Title order={2}>{text('merge.title')}</Title>
      <Text size="sm" c="dimmed">
        {text('merge.about', { code: service.service_code })}
      </Text>
      <Select
        label={text('merge.into')}
        data={others.map(({ service_code, service_name }) => ({ value: service_code, label: `${service_name} (${service_code})` }))}
        value={into}
        onChange={setInto}
        searchable
      />
      <Select
        label={text('merge.conflicts')}
        data={conflicts.map((one) => ({ value: one, label: text(`merge.${one}`) }))}
        value={keep}
        onChange={(next) => setKeep(conflicts.find((one) => one === next) ?? 'refuse')}
        allowDeselect={false}
      />
      {merge.error && <Problem error={merge.error} />}
      <Button variant="default" disabled={into === null} loading={merge.isPending} onClick={() => into && merge.mutate(into)}>
        {text('merge.do')}
      </Button>
    </section>
  );
}
