import { Table, Text } from '@mantine/core';
import type { MessageKey } from '../../../i18n/en.ts';
import { type Kind, useFormat } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/text.ts';
import { SidePanel } from '../../../kit/states/SidePanel.tsx';
import { type Advisor, zone } from '../queries.ts';
import { movement } from './Ranking.tsx';

interface AdvisorPanelProps {
  advisors: Advisor[];
  /** Whose, from the address. */
  advisor: string | undefined;
  onClose: () => void;
}

/** Of labels that do not name it themselves. */
const units: Partial<Record<keyof Advisor, MessageKey>> = {
  tasa_conversion_ofertas_pct: 'market.unitPct',
  volumen_total_ofertas: 'market.unitCop',
  percentil_ofertas_ganadoras_ciudad: 'market.unitPct',
  percentil_ofertas_ganadoras_nacional: 'market.unitPct',
};

/** What made the rank, in the order in which it decides. */
const reasons = [
  ['ofertas_ganadoras', 'market.won', 'count'],
  ['tiempo_promedio_respuesta_seg', 'market.response', 'seconds'],
  ['confianza', 'market.trustOwn', 'ratio'],
] as const satisfies readonly (readonly [keyof Advisor, MessageKey, Kind])[];

const rest = [
  ['ofertas_historicas_total', 'market.offers', 'count'],
  ['tasa_conversion_ofertas_pct', 'market.conversion', 'pct'],
  ['ofertas_aceptadas_cliente', 'market.accepted', 'count'],
  ['entregas_exitosas', 'market.deliveries', 'count'],
  ['tasa_exito_completo_pct', 'market.success', 'pct'],
  ['monto_promedio_ofertas', 'market.meanAmount', 'count'],
  ['volumen_total_ofertas', 'market.volume', 'count'],
  ['notificaciones_recibidas', 'market.notified', 'count'],
  ['tasa_respuesta_pct', 'market.answered', 'pct'],
  ['auditorias_realizadas', 'market.audits', 'count'],
  ['confianza_auditada', 'market.trust', 'ratio'],
  ['percentil_ofertas_ganadoras_ciudad', 'market.percentileCity', 'pct'],
  ['percentil_ofertas_ganadoras_nacional', 'market.percentileNation', 'pct'],
] as const satisfies readonly (readonly [keyof Advisor, MessageKey, Kind])[];

/** An advisor: the ranks, what decides them, and everything else that is known. */
export function AdvisorPanel({ advisors, advisor, onClose }: AdvisorPanelProps) {
  const text = useText();
  const format = useFormat();
  const found = advisors.find(({ asesor_id }) => asesor_id === advisor);
  const lines = (list: typeof reasons | typeof rest) =>
    found &&
    list.map(([name, label, kind]) => (
      <Table.Tr key={name}>
        <Table.Td>{units[name] === undefined ? text(label) : `${text(label)}, ${text(units[name])}`}</Table.Td>
        <Table.Td ta="right">{format.number(found[name], kind)}</Table.Td>
      </Table.Tr>
    ));
  return (
    <SidePanel opened={found !== undefined} onClose={onClose} title={<Text fw={600}>{found?.asesor_nombre}</Text>} width={440}>
      {found && (
        <>
          <Text size="sm" c="dimmed">
            {[found.punto_venta, found.ciudad, found.departamento].filter(Boolean).join(' · ')}
          </Text>
          <Text my="sm">
            {text('market.ranks', { city: format.number(found.ranking_ciudad), nation: format.number(found.ranking_nacional) })}{' '}
            {movement(found.ranking_nacional, found.ranking_nacional_anterior)}
          </Text>
          <Text fw={600}>{text('market.decides')}</Text>
          <Table>
            <Table.Tbody>{lines(reasons)}</Table.Tbody>
          </Table>
          <Text fw={600} mt="md">
            {text('market.alsoKnown')}
          </Text>
          <Table>
            <Table.Tbody>{lines(rest)}</Table.Tbody>
          </Table>
          <Text size="xs" c="dimmed" mt="sm">
            {text('market.asOf', { at: format.dateTime(Date.parse(found.calculado_at), zone), zone })}
          </Text>
        </>
      )}
    </SidePanel>
  );
}
