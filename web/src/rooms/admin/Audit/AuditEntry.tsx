import { Code, Table, Title } from '@mantine/core';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { CopyButton } from '../../../kit/states/CopyButton.tsx';
import style from '../Admin.module.css';
import type { Entry } from '../queries.ts';
import { whoOf } from './AuditPage.tsx';
import { differences } from './differences.ts';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** One row of the audit: what was, what is, and where it stands in the chain. */
export function AuditEntry({ entry }: { entry: Entry }) {
  const text = useText();
  const format = useFormat();
  const list = differences(entry);
  const facts: [string, string, boolean?][] = [
    [text('audit.at'), format.dateTime(Date.parse(entry.at), here)],
    [text('audit.who'), whoOf(text, entry), entry.principal_kind === 'job'],
    [text('audit.operation'), entry.operation, true],
    [text('audit.object'), entry.object ?? '–', true],
    [text('audit.request'), entry.request_id ?? '–', true],
    ['SHA-256', entry.hash, true],
  ];
  const whole = JSON.stringify(entry, null, 2);
  return (
    <>
      <dl className={style.facts}>
        {facts.map(([name, value, isCode]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{isCode ? <code>{value}</code> : value}</dd>
          </div>
        ))}
      </dl>
      <section className={style.section}>
        <Title order={2}>{text('audit.change')}</Title>
        {list.length > 0 ? (
          <div className={style.wide}>
            <Table verticalSpacing="xs">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{text('audit.field')}</Table.Th>
                  <Table.Th>{text('audit.before')}</Table.Th>
                  <Table.Th>{text('audit.after')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {list.map(({ field, before, after }) => (
                  <Table.Tr key={field}>
                    <Table.Td>
                      <code>{field}</code>
                    </Table.Td>
                    <Table.Td>{before === undefined ? '–' : <code className={style.before}>{before}</code>}</Table.Td>
                    <Table.Td>{after === undefined ? '–' : <code className={style.after}>{after}</code>}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        ) : (
          text('audit.noFields')
        )}
      </section>
      <section className={style.section}>
        <Title order={2}>
          JSON <CopyButton value={whole} />
        </Title>
        <Code block>{whole}</Code>
      </section>
    </>
  );
}
