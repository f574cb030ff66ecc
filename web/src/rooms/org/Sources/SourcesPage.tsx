import { Stack } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconHierarchy2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Page, Panel } from '../../../design/Page.tsx';
import { useText } from '../../../i18n/text.ts';
import { ImportButton } from '../../../kit/states/ImportButton.tsx';
import { Answer } from '../../../kit/states/Answer.tsx';
import { Empty } from '../../../kit/states/Empty.tsx';
import { offerUndo, tell, undoLast } from '../../../kit/states/undo.tsx';
import { problemOf } from '../../../client.ts';
import { type Mapping, mapAll } from '../mapping.ts';
import { queuesQuery, type Source, sourcesQuery } from '../queries.ts';
import { useService } from '../service_list.ts';
import { MapBar } from './MapBar.tsx';
import { QueueTargets } from './QueueTargets.tsx';
import { SourceList } from './SourceList.tsx';
import style from './Sources.module.css';

/** Which queue does each name of the reports belong to? */
export function SourcesPage() {
  const text = useText();
  const { service } = useService();
  const code = service?.service_code;
  const sources = useQuery({ ...sourcesQuery(code ? { service: code } : {}), enabled: code !== undefined });
  const queues = useQuery({ ...queuesQuery(code), enabled: code !== undefined });
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  useHotkeys([['mod+z', undoLast]]);

  const map = async (targets: Source[], mapping: Mapping) => {
    if (targets.length === 0) return;
    try {
      const undo = await mapAll(targets, mapping);
      setChosen(new Set());
      const queue = queues.data?.find(({ group_code }) => group_code === mapping.queue)?.group_name ?? mapping.queue ?? text('source.noQueue');
      offerUndo(text, text('source.mappedToast', { count: targets.length, queue }), undo);
    } catch (error) {
      tell(text, problemOf(error).detail);
    }
  };
  const named = sources.data?.filter(({ is_total }) => !is_total) ?? [];
  const selected = named.filter(({ source_id }) => chosen.has(source_id));
  const unmapped = named.filter(({ is_mapped }) => !is_mapped).length;
  return (
    <Page title={text('nav.sources')} about={text('source.about')}>
      <Answer query={sources} rows={8}>
        {() =>
          named.length === 0 ? (
            <Panel>
              <Empty icon={<IconHierarchy2 size={32} stroke={1.4} />} title={text('source.emptyTitle')} actions={<ImportButton />}>
                {text('source.emptyText')}
              </Empty>
            </Panel>
          ) : (
            <div className={style.columns}>
              <Stack gap="md">
                <MapBar
                  service={code ?? ''}
                  selected={selected}
                  queues={queues.data ?? []}
                  onMap={(mapping) => void map(selected, mapping)}
                  onClear={() => setChosen(new Set())}
                />
                <Panel title={text('source.names')} about={unmapped > 0 ? text('nav.unmapped', { count: unmapped }) : text('source.allMapped')} flush>
                  <SourceList sources={named} chosen={chosen} onChosen={setChosen} />
                </Panel>
              </Stack>
              <QueueTargets
                service={code ?? ''}
                queues={queues.data ?? []}
                sources={named}
                onDrop={(ids, queue) =>
                  void map(
                    named.filter(({ source_id }) => ids.includes(source_id)),
                    { queue },
                  )
                }
              />
            </div>
          )
        }
      </Answer>
    </Page>
  );
}
