import { UnstyledButton } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import type { MessageKey } from '../../../i18n/en.ts';
import type { Kind } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import type { Column } from '../../../kit/table/column.ts';
import { DataTable } from '../../../kit/table/DataTable.tsx';
import { useTableAddress } from '../../../shell/table-address.ts';
import type { Advisor } from '../queries.ts';

interface RankingProps {
  advisors: Advisor[];
  isCity: boolean;
  onOpen: (advisor: string) => void;
  tools: ReactNode;
}

const figures = [
  ['ofertas_ganadoras', 'market.won', 'count'],
  ['ofertas_historicas_total', 'market.offers', 'count'],
  ['tasa_conversion_ofertas_pct', 'market.conversion', 'pct'],
  ['entregas_exitosas', 'market.deliveries', 'count'],
  ['tasa_respuesta_pct', 'market.answered', 'pct'],
  ['tiempo_promedio_respuesta_seg', 'market.response', 'seconds'],
  ['volumen_total_ofertas', 'market.volume', 'count'],
  ['confianza_auditada', 'market.trust', 'ratio'],
] as const satisfies readonly (readonly [keyof Advisor, MessageKey, Kind])[];

/** A rank that went down in number went up. */
export function movement(now: number | null, before: number | null): string {
  if (now === null || before === null) return '·';
  if (now === before) return '=';
  return now < before ? `▲ ${before - now}` : `▼ ${now - before}`;
}

/** The advisors in the order of their rank in the city or in the nation, with what moved since the day before. */
export function Ranking({ advisors, isCity, onOpen, tools }: RankingProps) {
  const text = useText();
  const [state, setState] = useTableAddress();
  const columns = useMemo((): Column<Advisor>[] => {
    const rank = (advisor: Advisor) => (isCity ? advisor.ranking_ciudad : advisor.ranking_nacional);
    const before = (advisor: Advisor) => (isCity ? advisor.ranking_ciudad_anterior : advisor.ranking_nacional_anterior);
    return [
      { id: 'rank', header: text('market.rank'), type: 'number', width: 75, value: rank },
      { id: 'movement', header: text('market.movement'), type: 'text', width: 90, value: (advisor) => movement(rank(advisor), before(advisor)) },
      {
        id: 'asesor_nombre',
        header: text('market.advisor'),
        type: 'text',
        width: 190,
        value: (advisor) => advisor.asesor_nombre,
        renderCell: (advisor) => <UnstyledButton onClick={() => onOpen(advisor.asesor_id)}>{advisor.asesor_nombre}</UnstyledButton>,
        onOpen: (advisor) => onOpen(advisor.asesor_id),
      },
      { id: 'ciudad', header: text('market.city'), type: 'text', width: 120, value: (advisor) => advisor.ciudad },
      ...figures.map(([id, label, kind]): Column<Advisor> => ({
        id,
        header: text(label),
        ...(id === 'volumen_total_ofertas' ? { unit: text('market.unitCop') } : {}),
        ...(id === 'tasa_conversion_ofertas_pct' ? { unit: text('market.unitPct') } : {}),
        type: 'number',
        kind,
        width: 125,
        value: (advisor) => advisor[id],
      })),
    ];
  }, [text, isCity, onOpen]);
  return (
    <DataTable
      name={text('market.ranking')}
      rows={advisors}
      columns={columns}
      rowKey={(advisor) => advisor.asesor_id}
      state={state}
      onState={setState}
      tools={tools}
      empty={text('market.nobody')}
    />
  );
}
