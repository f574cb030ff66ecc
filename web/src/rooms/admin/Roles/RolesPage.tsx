import { Checkbox, Code, Table, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { updateRole } from '../../../../../src/rooms/admin/contract.ts';
import { call } from '../../../client.ts';
import { Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Problem } from '../../../kit/states/Problem.tsx';
import { offerUndo } from '../../../kit/states/undo.tsx';
import style from '../Admin.module.css';
import { AdminPage } from '../AdminPage.tsx';
import { forgetAdmin, operationsQuery, type Role, rolesQuery } from '../queries.ts';
import { useMay } from '../session.ts';
import { useRoleName, useScopeWords } from '../words.ts';

/** The scope without which personal columns are masked is no operation's. */
const personal = 'people:personal';

/** What each role may do: a matrix of scopes, changed by a click and changed back by another. */
export function RolesPage() {
  const text = useText();
  const roles = useQuery(rolesQuery);
  const operations = useQuery(operationsQuery).data ?? [];
  const save = useSave();
  const held = (roles.data ?? []).flatMap((role) => role.scopes);
  const asked = operations.flatMap(({ scope }) => (scope === null || scope === 'self' ? [] : [scope]));
  const scopes = [...new Set([...asked, personal, ...held])].toSorted((a, b) => a.localeCompare(b));
  return (
    <AdminPage tab="roles">
      <Panel about={text('role.matrixText')}>
        {save.error && <Problem error={save.error} />}
        <Answer query={roles} rows={8}>
          {(list) => (
            <div className={style.wide}>
              <Table className={style.matrix} verticalSpacing="xs" highlightOnHover>
                <RoleHeads roles={list} />
                <Table.Tbody>
                  {scopes.map((scope) => (
                    <ScopeRow
                      key={scope}
                      scope={scope}
                      roles={list}
                      operations={operations.filter((operation) => operation.scope === scope).map(({ operation }) => operation)}
                      isBusy={save.isPending}
                      onSet={(role, has) => save.mutate({ role, scope, has })}
                    />
                  ))}
                </Table.Tbody>
              </Table>
            </div>
          )}
        </Answer>
      </Panel>
    </AdminPage>
  );
}

function useSave() {
  const text = useText();
  const roleName = useRoleName();
  const write = async (role: string, scopes: string[]) => {
    await call(updateRole, { role, scopes });
    await forgetAdmin();
  };
  return useMutation({
    mutationFn: async ({ role, scope, has }: { role: Role; scope: string; has: boolean }) => {
      const rest = role.scopes.filter((one) => one !== scope);
      await write(role.role, has ? [...rest, scope] : rest);
    },
    onSuccess: (_answer, { role, scope, has }) =>
      offerUndo(text, text(has ? 'role.given' : 'role.taken', { role: roleName(role.role), scope }), () => write(role.role, role.scopes)),
  });
}

function RoleHeads({ roles }: { roles: Role[] }) {
  const text = useText();
  const roleName = useRoleName();
  return (
    <Table.Thead>
      <Table.Tr>
        <Table.Th>{text('role.scope')}</Table.Th>
        {roles.map(({ role }) => (
          <Table.Th key={role} ta="center">
            {roleName(role)}
            <Text size="xs" c="dimmed" fw={400}>
              <code>{role}</code>
            </Text>
          </Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
  );
}

interface ScopeRowProps {
  scope: string;
  roles: Role[];
  operations: string[];
  isBusy: boolean;
  onSet: (role: Role, has: boolean) => void;
}

function ScopeRow({ scope, roles, operations, isBusy, onSet }: ScopeRowProps) {
  const text = useText();
  const may = useMay();
  const roleName = useRoleName();
  const words = useScopeWords()(scope);
  return (
    <Table.Tr>
      <Table.Td miw={260}>
        {operations.length === 0 ? (
          <>
            {words} <Code>{scope}</Code>
          </>
        ) : (
          <details>
            <summary>
              {words} <Code>{scope}</Code>
            </summary>
            <ul className={style.operations}>
              {operations.map((operation) => (
                <li key={operation}>
                  <code>{operation}</code>
                </li>
              ))}
            </ul>
          </details>
        )}
      </Table.Td>
      {roles.map((role) => (
        <Table.Td key={role.role} ta="center">
          <Checkbox
            checked={role.scopes.includes(scope)}
            // Without these two nobody could give rights again.
            disabled={isBusy || !may(updateRole) || (role.role === 'admin' && scope.startsWith('admin:'))}
            onChange={(event) => onSet(role, event.currentTarget.checked)}
            aria-label={text('role.cell', { role: roleName(role.role), scope: words ?? scope })}
          />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}
