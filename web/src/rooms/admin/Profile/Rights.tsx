import { Code, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { departments } from '../../../../../src/rooms/org/contract.ts';
import { useText } from '../../../i18n/text.ts';
import style from '../Admin.module.css';
import { useServiceNames } from '../LimitPickers.tsx';
import { departmentsQuery } from '../queries.ts';
import { type Caller, useMay } from '../session.ts';
import { useRoleName, useScopeWords } from '../words.ts';

/** Role, limits, and each scope in words. */
export function Rights({ caller }: { caller: Caller }) {
  const text = useText();
  const roleName = useRoleName();
  const words = useScopeWords();
  const serviceNames = useServiceNames();
  const may = useMay();
  const all = useQuery({ ...departmentsQuery, enabled: caller.team_ids !== null && may(departments) }).data ?? [];
  const teams = caller.team_ids?.map((id) => all.find(({ department_id }) => department_id === id)?.department_name ?? `#${id}`);
  const scopes = caller.scopes.filter((scope) => scope !== 'self');
  const facts: [string, string][] = [
    [text('profile.who'), caller.kind === 'user' ? caller.display_name : text('profile.byKey', { name: caller.name })],
    ...(caller.kind === 'user' ? [[text('signIn.login'), caller.name] as [string, string]] : []),
    [text('person.role'), roleName(caller.role)],
    [text('limit.services'), serviceNames(caller.service_ids)],
    ...(teams ? [[text('limit.teams'), teams.join(', ')] as [string, string]] : []),
    ...(caller.cities ? [[text('limit.cities'), caller.cities.join(', ')] as [string, string]] : []),
  ];
  return (
    <>
      <dl className={style.facts}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Text fw={600} mt="md">
        {text('profile.may')}
      </Text>
      {scopes.length === 0 ? (
        <Text size="sm">{text('profile.onlySelf')}</Text>
      ) : (
        <ul className={style.words}>
          {scopes.map((scope) => (
            <li key={scope}>{words(scope) ?? <Code>{scope}</Code>}</li>
          ))}
        </ul>
      )}
      {caller.operations && (
        <>
          <Text fw={600} mt="md">
            {text('limit.operations')}
          </Text>
          <Code block>{caller.operations.join('\n')}</Code>
        </>
      )}
    </>
  );
}
