import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect, retainSearchParams } from '@tanstack/react-router';
import { needPages } from './i18n/language.ts';
import { HomePage } from './shell/HomePage.tsx';
import { ErrorPage, NotFoundPage } from './shell/problem-pages.tsx';
import { Shell } from './shell/Shell.tsx';

/** Everything in the address is plain text: `?service=VTM&from=2025-01-24`; pages give it meaning. */
export type Address = Record<string, string | undefined>;

const asText = (search: Record<string, unknown>): Address =>
  Object.fromEntries(Object.entries(search).map(([key, value]) => [key, value === undefined ? undefined : String(value)]));

/** A page whose texts are not among the first ones: they are there before it shows. */
async function page<Module>(module: Promise<Module>): Promise<Module> {
  await needPages();
  return await module;
}

const root = createRootRoute({ notFoundComponent: NotFoundPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: asText,
  component: lazyRouteComponent(() => import('./rooms/admin/SignIn/SignInPage.tsx'), 'SignInPage'),
});

const accept = createRoute({
  getParentRoute: () => root,
  path: '/accept',
  component: lazyRouteComponent(() => page(import('./rooms/admin/Accept/AcceptPage.tsx')), 'AcceptPage'),
});

/** The service that is being looked at stays when another page is opened. */
const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  validateSearch: asText,
  search: { middlewares: [retainSearchParams(['service'])] },
  component: Shell,
  notFoundComponent: NotFoundPage,
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: HomePage,
});

const intervals = createRoute({
  getParentRoute: () => shell,
  path: '/intervals',
  component: lazyRouteComponent(() => import('./rooms/statistics/Intervals/IntervalsPage.tsx'), 'IntervalsPage'),
});

const agents = createRoute({
  getParentRoute: () => shell,
  path: '/agents',
  component: lazyRouteComponent(() => page(import('./rooms/statistics/Agents/AgentsPage.tsx')), 'AgentsPage'),
});

const imports = createRoute({
  getParentRoute: () => shell,
  path: '/import',
  component: lazyRouteComponent(() => page(import('./rooms/ingest/Import/ImportPage.tsx')), 'ImportPage'),
});

const batch = createRoute({
  getParentRoute: () => shell,
  path: '/import/$batchId',
  component: lazyRouteComponent(() => page(import('./rooms/ingest/Batch/BatchPage.tsx')), 'BatchPage'),
});

const sources = createRoute({
  getParentRoute: () => shell,
  path: '/sources',
  component: lazyRouteComponent(() => page(import('./rooms/org/Sources/SourcesPage.tsx')), 'SourcesPage'),
});

const health = createRoute({
  getParentRoute: () => shell,
  path: '/system-health',
  component: lazyRouteComponent(() => page(import('./rooms/quality/Health/HealthPage.tsx')), 'HealthPage'),
});

const services = createRoute({
  getParentRoute: () => shell,
  path: '/services',
  component: lazyRouteComponent(() => page(import('./rooms/org/Services/ServicesPage.tsx')), 'ServicesPage'),
});

const profile = createRoute({
  getParentRoute: () => shell,
  path: '/profile',
  component: lazyRouteComponent(() => page(import('./rooms/admin/Profile/ProfilePage.tsx')), 'ProfilePage'),
});

const administration = [
  createRoute({
    getParentRoute: () => shell,
    path: '/admin',
    beforeLoad: () => {
      throw redirect({ to: '/admin/people' });
    },
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/admin/people',
    component: lazyRouteComponent(() => page(import('./rooms/admin/People/PeoplePage.tsx')), 'PeoplePage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/admin/roles',
    component: lazyRouteComponent(() => page(import('./rooms/admin/Roles/RolesPage.tsx')), 'RolesPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/admin/keys',
    component: lazyRouteComponent(() => page(import('./rooms/admin/Keys/KeysPage.tsx')), 'KeysPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/admin/audit',
    component: lazyRouteComponent(() => page(import('./rooms/admin/Audit/AuditPage.tsx')), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/admin/personal',
    component: lazyRouteComponent(() => page(import('./rooms/admin/Personal/PersonalPage.tsx')), 'PersonalPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/admin/backups',
    component: lazyRouteComponent(() => page(import('./rooms/admin/Backups/BackupsPage.tsx')), 'BackupsPage'),
  }),
] as const;

const explorer = createRoute({
  getParentRoute: () => shell,
  path: '/explorer',
  component: lazyRouteComponent(() => page(import('./rooms/database/Explorer/ExplorerPage.tsx')), 'ExplorerPage'),
});

const quality = createRoute({
  getParentRoute: () => shell,
  path: '/data-quality',
  component: lazyRouteComponent(() => page(import('./rooms/quality/DataQuality/DataQualityPage.tsx')), 'DataQualityPage'),
});

const marketplace = createRoute({
  getParentRoute: () => shell,
  path: '/marketplace',
  component: lazyRouteComponent(() => page(import('./rooms/marketplace/Marketplace/MarketplacePage.tsx')), 'MarketplacePage'),
});

const marketplaceRefresh = createRoute({
  getParentRoute: () => shell,
  path: '/refresh',
  component: lazyRouteComponent(() => page(import('./rooms/marketplace/Refresh/RefreshPage.tsx')), 'RefreshPage'),
});

const employees = createRoute({
  getParentRoute: () => shell,
  path: '/employees',
  component: lazyRouteComponent(() => page(import('./rooms/org/Employees/EmployeesPage.tsx')), 'EmployeesPage'),
});

const organisation = createRoute({
  getParentRoute: () => shell,
  path: '/organisation',
  component: lazyRouteComponent(() => page(import('./rooms/org/Organisation/OrganisationPage.tsx')), 'OrganisationPage'),
});

const text = {
  parse: (search: string): Address => Object.fromEntries(new URLSearchParams(search)),
  stringify: (search: Record<string, unknown>): string => {
    const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
    const query = new URLSearchParams(entries.map(([key, value]) => [key, String(value)])).toString();
    return query && `?${query}`;
  },
};

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    accept,
    shell.addChildren([
      home,
      profile,
      ...administration,
      intervals,
      agents,
      imports,
      batch,
      sources,
      services,
      marketplace,
      marketplaceRefresh,
      employees,
      organisation,
      explorer,
      quality,
      health,
    ]),
  ]),
  parseSearch: text.parse,
  stringifySearch: text.stringify,
  defaultPreload: 'intent',
  defaultErrorComponent: ErrorPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
