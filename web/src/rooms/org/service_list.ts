import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useAddress } from '../../shell/address.ts';
import { type Service, servicesQuery } from './queries.ts';

const remembered = 'qh.service';

export interface ServiceContext {
  services: Service[];
  /** The one in the address, else the one looked at last, else the one with the most queues; none before there is any. */
  service: Service | undefined;
  query: UseQueryResult<Service[]>;
}

export function useService(): ServiceContext {
  const wanted = useAddress()['service'];
  const query = useQuery(servicesQuery);
  const services = query.data ?? [];
  const byCode = (code: string | null | undefined) => services.find((service) => service.service_code === code);
  const biggest = services.toSorted((a, b) => b.queue_count - a.queue_count || Number(a.is_demo) - Number(b.is_demo))[0];
  const service = wanted === undefined ? (byCode(localStorage.getItem(remembered)) ?? biggest) : byCode(wanted);
  if (wanted !== undefined && service) localStorage.setItem(remembered, wanted);
  return { services, service, query };
}
