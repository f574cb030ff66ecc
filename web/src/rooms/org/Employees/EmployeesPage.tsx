import { Button, Menu } from '@mantine/core';
import { IconDownload, IconPlus, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { exportEmployees } from '../../../../../src/rooms/org/contract.ts';
import { url } from '../../../client.ts';
import { Page, Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import { ImportButton } from '../../../kit/states/ImportButton.tsx';
import { SidePanel } from '../../../kit/states/SidePanel.tsx';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import { useTableAddress } from '../../../shell/table-address.ts';
import { employeesQuery } from '../people_queries.ts';
import { EmployeeDetail } from './EmployeeDetail.tsx';
import { EmployeeFilterBar, useEmployeeFilters } from './EmployeeFilterBar.tsx';
import { EmployeeForm } from './EmployeeForm.tsx';
import { useEmployeeColumns } from './useEmployeeColumns.tsx';

const made = 'new';

/** Who works here, where do they belong, and since when? */
export function EmployeesPage() {
  const text = useText();
  const change = useChangeAddress();
  const { filters, isFiltered } = useEmployeeFilters();
  const query = useQuery(employeesQuery(filters));
  const [state, setState] = useTableAddress();
  const open = useAddress()['open'];
  const close = () => change({ open: undefined });
  const columns = useEmployeeColumns((employee) => change({ open: String(employee.employee_id) }));
  const employee = query.data?.find(({ employee_id }) => String(employee_id) === open);
  return (
    <Page
      title={text('nav.employees')}
      about={text('employee.about')}
      actions={
        <>
          <Menu>
            <Menu.Target>
              <Button variant="default" leftSection={<IconDownload size={16} stroke={1.6} />}>
                {text('employee.export')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Label>{text('employee.exportText')}</Menu.Label>
              {(['xlsx', 'csv'] as const).map((format) => (
                <Menu.Item key={format} component="a" href={url(exportEmployees, { ...filters, format })} download>
                  {format === 'xlsx' ? 'Excel (XLSX)' : 'CSV'}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
          <Button leftSection={<IconPlus size={16} />} onClick={() => change({ open: made })}>
            {text('employee.create')}
          </Button>
        </>
      }
    >
      <EmployeeFilterBar />
      <Panel flush>
        <Answer query={query} rows={8}>
          {(found) =>
            found.length === 0 && !isFiltered ? (
              <Empty
                icon={<IconUsers size={32} stroke={1.4} />}
                title={text('employee.emptyTitle')}
                actions={<ImportButton />}
                command="npx qh import people.xlsx --layout org_employees"
              >
                {text('employee.emptyText')}
              </Empty>
            ) : (
              <DataTable
                name={text('nav.employees')}
                rows={found}
                columns={columns}
                rowKey={(row) => row.employee_id}
                state={{ frozen: '2', ...state }}
                onState={setState}
                maxRows={18}
                empty={text(filters.my_team ? 'employee.noTeam' : 'employee.none')}
              />
            )
          }
        </Answer>
      </Panel>
      <SidePanel
        opened={open === made || employee !== undefined}
        onClose={close}
        title={employee ? employee.full_name : text('employee.create')}
        width={720}
      >
        {employee ? (
          <EmployeeDetail key={employee.employee_id} employee={employee} />
        ) : (
          <EmployeeForm onDone={(id) => change({ open: String(id) })} />
        )}
      </SidePanel>
    </Page>
  );
}
