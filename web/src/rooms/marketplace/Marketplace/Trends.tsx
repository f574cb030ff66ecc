import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { Panel } from '../../../design/Page.tsx';
import { useFormat } from '../../../i18n/format.ts';
import { isMessageKey, useText } from '../../../i18n/text.ts';
import { ChartStack } from '../../../kit/chart/ChartStack.tsx';
import type { Span } from '../../../kit/chart/series.ts';
import { readZoom, writeZoom } from '../../../kit/picker/range.ts';
import type { Column } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useAddress, useChangeAddress } from '../../../shell/address.ts';
import { type Month, zone } from '../queries.ts';
import { monthSpan, panesOf } from './panes.ts';

/** The months as charts over one time axis, or as a table of every column. */
export function Trends({ months }: { months: Month[] }) {
  const text = useText();
  const format = useFormat();
  const address = useAddress();
  const change = useChangeAddress();
  const isTable = address['view'] === 'table';
  const panes = useMemo(() => panesOf(months, text, format), [months, text, format]);
  const whole: Span = { from: monthSpan(months[0]!.mes).from, to: monthSpan(months.at(-1)!.mes).to };
  const span = readZoom(address['zoom'], zone) ?? whole;
  return (
    <Panel
      title={text('market.trends')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={text('market.look')}
          value={isTable ? 'table' : 'chart'}
          onChange={(view) => change({ view })}
          data={[
            { value: 'chart', label: text('market.chart') },
            { value: 'table', label: text('market.table') },
          ]}
        />
      }
      flush={isTable}
    >
      {isTable ? (
        <Months months={months} />
      ) : (
        <ChartStack
          label={text('market.trends')}
          panes={panes}
          span={span}
          zone={zone}
          height={420}
          onZoom={(next) => change({ zoom: writeZoom(next, zone) })}
          onReset={() => change({ zoom: undefined })}
          onOpen={() => change({ view: 'table' })}
        />
      )}
    </Panel>
  );
}

const names = [
  'solicitudes_creadas',
  'solicitudes_aceptadas',
  'solicitudes_rechazadas',
  'solicitudes_expiradas',
  'solicitudes_sin_ofertas',
  'ofertas_totales',
  'ofertas_ganadoras',
  'ofertas_aceptadas',
  'tasa_aceptacion_pct',
  'tasa_conversion_ofertas_pct',
  'ofertas_promedio_por_solicitud',
  'volumen_transaccional_total',
  'precio_promedio_ofertas',
  'precio_minimo_ofertas',
  'precio_maximo_ofertas',
  'tiempo_promedio_cierre_seg',
  'tiempo_entrega_promedio',
  'garantia_promedio_meses',
  'clientes_activos',
  'asesores_activos',
  'marcas_vehiculos_solicitadas',
] as const satisfies readonly (keyof Month)[];

function Months({ months }: { months: Month[] }) {
  const text = useText();
  const format = useFormat();
  const address = useAddress();
  const change = useChangeAddress();
  const columns = useMemo(
    (): Column<Month>[] => [
      {
        id: 'mes',
        header: text('market.month'),
        type: 'text',
        width: 130,
        value: (month) => month.mes,
        text: (month) =>
          `${format.part(monthSpan(month.mes).from, zone, { year: 'numeric', month: 'short' })}${month.mes_en_curso ? ` (${text('market.running')})` : ''}`,
      },
      ...names.map((name): Column<Month> => ({
        id: name,
        // The words of the seed are those of its users.
        header: isMessageKey(`market.column.${name}`) ? text(`market.column.${name}`) : name,
        type: 'number',
        kind: /pct$|promedio/.test(name) ? 'seconds1' : 'count',
        width: 170,
        value: (month) => month[name],
      })),
    ],
    [text, format],
  );
  const state = {
    ...(address['monthSort'] === undefined ? {} : { sort: address['monthSort'] }),
    ...(address['monthFilters'] === undefined ? {} : { filters: address['monthFilters'] }),
  };
  return (
    <DataTable
      name={text('market.trends')}
      rows={months}
      columns={columns}
      rowKey={(month) => month.mes}
      state={state}
      onState={(next) =>
        change(
          { ...('sort' in next ? { monthSort: next.sort } : {}), ...('filters' in next ? { monthFilters: next.filters } : {}) },
          { replace: true },
        )
      }
    />
  );
}
