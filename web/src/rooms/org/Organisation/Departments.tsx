import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconSitemap } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import { SidePanel } from '../../../kit/states/SidePanel.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import { departmentsQuery } from '../people_queries.ts';
import { DepartmentDetail } from './DepartmentDetail.tsx';
import { DepartmentForm } from './DepartmentForm.tsx';
import { DepartmentTree } from './DepartmentTree.tsx';

const made = 'new';

export function Departments() {
  const text = useText();
  const change = useChangeAddress();
  const query = useQuery(departmentsQuery);
  const open = useAddress()['open'];
  const [search, setSearch] = useState('');
  const close = () => change({ open: undefined });
  const department = query.data?.find(({ department_code }) => department_code === open);
  // A new one lies below the one that was open.
  const parent = open?.startsWith(`${made}:`) ? open.slice(made.length + 1) : '';
  const isNew = open === made || parent !== '';
  return (
    <>
      <Panel
        title={text('organisation.departments')}
        flush
        actions={
          <>
            <TextInput
              aria-label={text('department.find')}
              placeholder={text('department.find')}
              leftSection={<IconSearch size={16} stroke={1.6} />}
              w="clamp(160px, 24vw, 320px)"
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            <Button leftSection={<IconPlus size={16} />} onClick={() => change({ open: made })}>
              {text('department.create')}
            </Button>
          </>
        }
      >
        <Answer query={query} rows={8}>
          {(departments) =>
            departments.length === 0 ? (
              <Empty
                icon={<IconSitemap size={32} stroke={1.4} />}
                title={text('department.emptyTitle')}
                command={`npx qh org create-department COMPANY "Company" --department-type company`}
              >
                {text('department.emptyText')}
              </Empty>
            ) : (
              <DepartmentTree departments={departments} search={search} onOpen={(code) => change({ open: code })} />
            )
          }
        </Answer>
      </Panel>
      <SidePanel
        opened={isNew || department !== undefined}
        onClose={close}
        title={department ? department.department_name : text('department.create')}
        width={640}
      >
        {department ? (
          <DepartmentDetail key={department.department_id} department={department} departments={query.data ?? []} />
        ) : (
          isNew && <DepartmentForm parent={parent} onDone={(code) => change({ open: code })} />
        )}
      </SidePanel>
    </>
  );
}
