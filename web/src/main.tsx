import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './design/tokens.css';
import './design/categories.css';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { onSignedOut, queryClient } from './client.ts';
import { theme, variables } from './design/theme.ts';
import { activate, i18n, preferredLanguage } from './i18n/language.ts';
import { router } from './router.tsx';

await activate(preferredLanguage());

onSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (pathname !== '/sign-in' && pathname !== '/accept') void router.navigate({ to: '/sign-in', search: { next: href } });
});

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

createRoot(root).render(
  <I18nProvider i18n={i18n}>
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <Notifications position="bottom-right" limit={3} />
      </QueryClientProvider>
    </MantineProvider>
  </I18nProvider>,
);
