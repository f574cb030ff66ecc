import { IconChartLine } from '@tabler/icons-react';
import { Page, Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import { ImportButton } from '../../../kit/states/ImportButton.tsx';
import { zoneAt } from '../../../kit/time/zone.ts';
import { useAddress } from '../../../shell/address.ts';
import { useService } from '../../org/service_list.ts';
import { Figures } from './Figures.tsx';
import { Filters } from './Filters.tsx';
import { useIntervals } from './useIntervals.ts';

/** How did this queue do, when and why did it dip? */
export function IntervalsPage() {
  const text = useText();
  const format = useFormat();
  const { service, services, query } = useService();
  const { span, view } = useIntervals(service);
  const wanted = useAddress()['service'];
  const shown =
    view &&
    `${format.dateTime(view.window.from, view.zone)} – ${format.dateTime(view.window.to, view.zone)} · ${zoneAt(view.window.from, view.zone)}`;
  const empty = (title: string, command: string) => (
    <Panel>
      <Empty icon={<IconChartLine size={32} stroke={1.4} />} title={title} actions={<ImportButton />} command={command}>
        {text('intervals.emptyText')}
      </Empty>
    </Panel>
  );
  return (
    <Page title={service ? text('intervals.of', { service: service.service_name }) : text('nav.intervals')} about={shown}>
      <Answer query={query} rows={6}>
        {() => {
          if (!service)
            return empty(
              services.length === 0 ? text('intervals.emptyTitle') : text('intervals.unknownService', { service: wanted ?? '' }),
              'npx qh import report.xlsx',
            );
          return (
            <Answer query={span} rows={6}>
              {() =>
                view ? (
                  <>
                    <Filters service={service} view={view} />
                    <Figures service={service} view={view} />
                  </>
                ) : (
                  empty(
                    text('intervals.noDataTitle', { service: service.service_name }),
                    `npx qh import report.xlsx --service ${service.service_code}`,
                  )
                )
              }
            </Answer>
          );
        }}
      </Answer>
    </Page>
  );
}
