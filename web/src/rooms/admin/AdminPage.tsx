import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { audit, backups, keys, retention, roles, users } from '../../../../src/rooms/admin/contract.ts';
import { Page } from '../../design/Page.tsx';
import { useText } from '../../i18n/text.ts';
import style from './Admin.module.css';
import { useMay } from './session.ts';

const tabs = [
  { id: 'people', to: '/admin/people', needs: users },
  { id: 'roles', to: '/admin/roles', needs: roles },
  { id: 'keys', to: '/admin/keys', needs: keys },
  { id: 'audit', to: '/admin/audit', needs: audit },
  { id: 'personal', to: '/admin/personal', needs: retention },
  { id: 'backups', to: '/admin/backups', needs: backups },
] as const;

interface AdminPageProps {
  tab: (typeof tabs)[number]['id'];
  actions?: ReactNode;
  children: ReactNode;
}

/** Who may do what, who did what: one page per question, side by side. */
export function AdminPage({ tab, actions, children }: AdminPageProps) {
  const text = useText();
  const may = useMay();
  return (
    <Page title={text(`admin.${tab}`)} about={text(`admin.${tab}.about`)} actions={actions}>
      <nav className={style.tabs} aria-label={text('nav.admin')}>
        {tabs
          .filter(({ needs }) => may(needs))
          .map(({ id, to }) => (
            <Link key={id} to={to} className={style.tab ?? ''}>
              {text(`admin.${id}`)}
            </Link>
          ))}
      </nav>
      {children}
    </Page>
  );
}
