import { Tooltip } from '@mantine/core';
import {
  IconBuildingStore,
  IconChartLine,
  IconDatabaseSearch,
  IconFileImport,
  IconHeadset,
  IconHeartbeat,
  IconHierarchy2,
  IconRefresh,
  IconServer2,
  IconShieldCheck,
  IconShieldLock,
  IconSitemap,
  IconUsers,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { MessageKey } from '../i18n/en.ts';
import { useText } from '../i18n/text.ts';
import { sourcesQuery } from '../rooms/org/queries.ts';
import { useMay } from '../rooms/admin/session.ts';
import { pageNeeds } from './page-needs.ts';
import style from './Shell.module.css';

const rooms = [
  { to: '/intervals', label: 'nav.intervals', icon: IconChartLine },
  { to: '/agents', label: 'nav.agents', icon: IconHeadset },
  { to: '/import', label: 'nav.import', icon: IconFileImport },
  { to: '/sources', label: 'nav.sources', icon: IconHierarchy2 },
  { to: '/services', label: 'nav.services', icon: IconServer2 },
  { to: '/marketplace', label: 'nav.marketplace', icon: IconBuildingStore },
  { to: '/refresh', label: 'nav.refresh', icon: IconRefresh },
  { to: '/employees', label: 'nav.employees', icon: IconUsers },
  { to: '/organisation', label: 'nav.organisation', icon: IconSitemap },
  { to: '/explorer', label: 'nav.explorer', icon: IconDatabaseSearch },
  { to: '/data-quality', label: 'nav.quality', icon: IconShieldCheck },
  { to: '/system-health', label: 'nav.health', icon: IconHeartbeat },
  { to: '/admin', label: 'nav.admin', icon: IconShieldLock },
] as const satisfies readonly { to: string; label: MessageKey; icon: unknown }[];

interface NavigationProps {
  iconsOnly: boolean;
  /** Another page was chosen. */
  onLeave: () => void;
}

export function Navigation({ iconsOnly, onLeave }: NavigationProps) {
  const text = useText();
  const may = useMay();
  const mayOpen = (to: string) => may(pageNeeds[to] ?? { name: to, scope: null });
  const unmapped = useQuery({ ...sourcesQuery({ unmapped: true }), enabled: mayOpen('/sources') }).data?.length ?? 0;
  return (
    <nav className={`${style.side} ${iconsOnly ? style.iconsOnly : ''}`} aria-label={text('shell.navigation')}>
      <ul className={style.list}>
        {rooms
          .filter(({ to }) => mayOpen(to))
          .map(({ to, label, icon: Icon }) => (
            <li key={to}>
              <Tooltip label={text(label)} position="right" disabled={!iconsOnly}>
                <Link to={to} onClick={onLeave} className={style.link} aria-label={iconsOnly ? text(label) : undefined}>
                  <Icon size={18} stroke={1.6} aria-hidden />
                  {!iconsOnly && <span>{text(label)}</span>}
                  {to === '/sources' && unmapped > 0 && (
                    <span className={style.badge} title={text('nav.unmapped', { count: unmapped })}>
                      {unmapped}
                    </span>
                  )}
                </Link>
              </Tooltip>
            </li>
          ))}
      </ul>
    </nav>
  );
}
