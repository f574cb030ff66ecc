import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useText } from '../../../i18n/text.ts';
import { LanguageMenu } from '../../../shell/LanguageMenu.tsx';
import { ThemeMenu } from '../../../shell/ThemeMenu.tsx';
import style from './SignIn.module.css';

/** The pages that are seen before one is signed in. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  const text = useText();
  useEffect(() => {
    document.title = `${title} · Quarterhour`;
  }, [title]);
  return (
    <div className={style.page}>
      <Group className={style.corner} gap="xs">
        <LanguageMenu />
        <ThemeMenu />
      </Group>
      <main className={style.card}>
        <Stack gap="md">
          <div>
            <img src="/favicon.svg" alt="" className={style.logo} />
            <Title order={1}>Quarterhour</Title>
            <Text c="dimmed">{text('signIn.about')}</Text>
          </div>
          {children}
        </Stack>
      </main>
    </div>
  );
}
