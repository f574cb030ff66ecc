import { SegmentedControl } from '@mantine/core';
import { Page } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import { CustomFields } from './CustomFields.tsx';
import { Departments } from './Departments.tsx';
import { Positions } from './Positions.tsx';
import { Sites } from './Sites.tsx';

const views = { departments: Departments, sites: Sites, positions: Positions, fields: CustomFields } as const;
type View = keyof typeof views;
const names = Object.keys(views) as View[];

/** How is the organisation made up, and who leads what? */
export function OrganisationPage() {
  const text = useText();
  const change = useChangeAddress();
  const wanted = useAddress()['view'];
  const view = names.find((one) => one === wanted) ?? 'departments';
  const Shown = views[view];
  return (
    <Page
      title={text('nav.organisation')}
      about={text(`organisation.about.${view}`)}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={text('organisation.view')}
          data={names.map((name) => ({ value: name, label: text(`organisation.${name}`) }))}
          value={view}
          onChange={(next) =>
            change({ view: next === 'departments' ? undefined : next, open: undefined, sort: undefined, filters: undefined, columns: undefined })
          }
        />
      }
    >
      <Shown />
    </Page>
  );
}
