import { Button, Group, Stack, Table, Text } from '@mantine/core';
import type { OutputOf } from '../../../../../src/platform/contract/operation.ts';
import type { erasePerson } from '../../../../../src/rooms/admin/contract.ts';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { saveFile } from '../../../kit/export/sheet.ts';
import { CopyButton } from '../../../kit/states/CopyButton.tsx';
import { Status } from '../../../kit/states/Status.tsx';
import style from '../Admin.module.css';

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What was replaced where; the audit keeps the same. */
export function Certificate({ certificate }: { certificate: OutputOf<typeof erasePerson> }) {
  const text = useText();
  const format = useFormat();
  const { erased_at, replaced, sha256, employee_id, user_id } = certificate;
  const save = () =>
    saveFile(
      new Blob([JSON.stringify(certificate)], { type: 'application/json' }),
      `erasure-${employee_id ?? user_id ?? ''}-${erased_at.slice(0, 10)}.json`,
    );
  return (
    <Stack gap="sm" role="status">
      <Group gap="sm">
        <Status tone="good">{text('erase.done')}</Status>
        <Text size="sm">{format.dateTime(Date.parse(erased_at), here)}</Text>
        <Button variant="default" onClick={save}>
          {text('erase.save')}
        </Button>
      </Group>
      <Table verticalSpacing="xs" className={style.small ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text('erase.column')}</Table.Th>
            <Table.Th ta="end" miw={64}>
              {text('erase.rows')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {replaced.map(({ table, column, rows }) => (
            <Table.Tr key={`${table}.${column}`}>
              <Table.Td>
                <code>
                  {table}.{column}
                </code>
              </Table.Td>
              <Table.Td ta="end">{format.number(rows)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" className={style.small}>
        SHA-256 <code>{sha256}</code> <CopyButton value={sha256} />
      </Text>
    </Stack>
  );
}
