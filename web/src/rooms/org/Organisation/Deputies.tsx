import { Button, Group, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { addDeputy, endDeputy } from '../../../../../src/rooms/org/contract.ts';
import { call } from '../../../client.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { DayInput } from '../../../kit/picker/DayInput.tsx';
import { EmployeePicker } from '../../../kit/picker/EmployeePicker.tsx';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Problem } from '../../../kit/states/Problem.tsx';
import { SendForm } from '../../../kit/states/SendForm.tsx';
import { Status } from '../../../kit/states/Status.tsx';
import { addDays } from '../../../kit/time/zone.ts';
import { type Department, deputiesQuery, type Deputy } from '../people_queries.ts';
import style from '../People.module.css';
import { useChange } from '../useChange.ts';

/** Who stands in for the head, and from when to when. */
export function Deputies({ department }: { department: Department }) {
  const text = useText();
  const query = useQuery(deputiesQuery(department.department_code));
  return (
    <section className={style.section} aria-label={text('deputy.title')}>
      <Title order={2}>{text('deputy.title')}</Title>
      <Answer query={query} rows={2}>
        {(deputies) => (
          <ul className={style.list}>
            {deputies
              .filter(({ cancelled_at }) => cancelled_at === null)
              .map((deputy) => (
                <DeputyRow key={deputy.deputy_id} deputy={deputy} />
              ))}
          </ul>
        )}
      </Answer>
      <AddDeputy department={department.department_code} />
    </section>
  );
}

function DeputyRow({ deputy }: { deputy: Deputy }) {
  const text = useText();
  const format = useFormat();
  const end = useChange();
  const { deputy_id, deputy_name: name, start_date, end_date, is_active, department_code: department, deputy_number: employee, reason } = deputy;
  return (
    <li>
      <span>
        {name} <span className={style.quiet}>{[`${format.day(start_date)} – ${format.day(end_date)}`, reason].filter(Boolean).join(' · ')}</span>
      </span>
      {is_active && (
        <Group gap="sm" wrap="nowrap">
          <Status tone="good">{text('deputy.now')}</Status>
          <Button
            size="compact-xs"
            variant="subtle"
            loading={end.isPending}
            onClick={() =>
              end.mutate({
                done: text('deputy.endedToast', { name }),
                run: async () => {
                  const ended = await call(endDeputy, { deputy_id });
                  const from = addDays(ended.end_date, 1);
                  if (from > end_date) return undefined;
                  return () => call(addDeputy, { department, employee, start_date: from, end_date, ...(reason ? { reason } : {}) });
                },
              })
            }
          >
            {text('deputy.end')}
          </Button>
        </Group>
      )}
      {end.error && <Problem error={end.error} />}
    </li>
  );
}

function AddDeputy({ department }: { department: string }) {
  const text = useText();
  const [employee, setEmployee] = useState<string | null>(null);
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const add = useChange(() => {
    setEmployee(null);
    setReason('');
  });
  const submit = () => {
    if (employee === null || from === null || to === null) return;
    add.mutate({
      done: text('deputy.addedToast'),
      run: async () => {
        const made = await call(addDeputy, { department, employee, start_date: from, end_date: to, ...(reason ? { reason } : {}) });
        return () => call(endDeputy, { deputy_id: made.deputy_id, end_date: addDays(from, -1) });
      },
    });
  };
  return (
    <SendForm sends={add} onSend={submit} button={text('deputy.add')} minor disabled={employee === null || from === null || to === null}>
      <EmployeePicker label={text('deputy.who')} required value={employee} onChange={setEmployee} />
      <Group gap="sm" grow align="flex-start">
        <DayInput label={text('deputy.from')} required value={from} onChange={setFrom} />
        <DayInput label={text('deputy.to')} description={text('deputy.toText')} required value={to} onChange={setTo} />
      </Group>
      <TextInput label={text('employee.reason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </SendForm>
  );
}
