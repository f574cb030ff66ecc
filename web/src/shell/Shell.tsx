import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { useHotkeys, useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconMenu2 } from '@tabler/icons-react';
import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../i18n/text.ts';
import { AccountMenu } from './AccountMenu.tsx';
import { LanguageMenu } from './LanguageMenu.tsx';
import { Navigation } from './Navigation.tsx';
import { ServicePicker } from './ServicePicker.tsx';
import { ShortcutHelp } from './ShortcutHelp.tsx';
import { ThemeMenu } from './ThemeMenu.tsx';
import style from './Shell.module.css';

export function Shell() {
  const text = useText();
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const [collapsed, setCollapsed] = useLocalStorage({ key: 'qh.navigation', defaultValue: false, getInitialValueInEffect: false });
  const [open, setOpen] = useState(false);
  const toggle = () => (isNarrow ? setOpen(!open) : setCollapsed(!collapsed));
  useHotkeys([['[', toggle]]);
  const layout = isNarrow ? (open ? 'over' : 'hidden') : collapsed ? 'icons' : 'full';
  return (
    <div className={style.shell} data-navigation={layout}>
      <a className={style.skip} href="#main">
        {text('shell.skip')}
      </a>
      <header className={style.bar}>
        <Tooltip label={text('shell.toggleNavigation')}>
          <ActionIcon aria-label={text('shell.toggleNavigation')} aria-expanded={layout === 'full' || layout === 'over'} onClick={toggle}>
            <IconMenu2 size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <span className={style.brand}>Quarterhour</span>
        <ServicePicker />
        <Group gap={4} ml="auto" wrap="nowrap">
          <ShortcutHelp />
          <LanguageMenu />
          <ThemeMenu />
          <AccountMenu />
        </Group>
      </header>
      {layout !== 'hidden' && <Navigation iconsOnly={layout === 'icons'} onLeave={() => setOpen(false)} />}
      {layout === 'over' && <button type="button" className={style.scrim} aria-label={text('common.close')} onClick={() => setOpen(false)} />}
      <main id="main" className={style.main} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}
