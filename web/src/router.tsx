/** The addresses of the dashboard. Each page is a chunk of its own. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { NotFound } from './pages/NotFound.tsx';
import { PARTS, type Part } from './parts.ts';
import { Shell } from './Shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

/** Ids of jobs in an address */
const chosenJobs = ({ jobs }: Record<string, unknown>): { jobs?: string[] } =>
  Array.isArray(jobs) ? { jobs: jobs.filter((id) => typeof id === 'string') } : {};

const routes = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('./pages/Jobs.tsx'), 'Jobs'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/jobs/$id',
    component: lazyRouteComponent(() => import('./pages/Job.tsx'), 'JobPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/solar',
    validateSearch: ({ weather }): { weather?: string } => (typeof weather === 'string' ? { weather } : {}),
    component: lazyRouteComponent(() => import('./pages/Solar.tsx'), 'Solar'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/wind',
    validateSearch: ({ site }): { site?: string } => (typeof site === 'string' ? { site } : {}),
    component: lazyRouteComponent(() => import('./pages/WindFarm.tsx'), 'WindFarm'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/weather',
    component: lazyRouteComponent(() => import('./pages/Weather.tsx'), 'WeatherList'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/weather/$id',
    component: lazyRouteComponent(() => import('./pages/WeatherSet.tsx'), 'WeatherSet'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sites',
    component: lazyRouteComponent(() => import('./pages/Sites.tsx'), 'Sites'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sites/$id',
    component: lazyRouteComponent(() => import('./pages/Site.tsx'), 'SitePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reports',
    validateSearch: chosenJobs,
    component: lazyRouteComponent(() => import('./pages/Reports.tsx'), 'Reports'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/wind-files/$id',
    component: lazyRouteComponent(() => import('./pages/WindFile.tsx'), 'WindFilePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/compare',
    validateSearch: chosenJobs,
    component: lazyRouteComponent(() => import('./pages/Compare.tsx'), 'Compare'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/library',
    validateSearch: ({ part }): { part?: Part } => ({ part: PARTS.find((one) => one === part) }),
    component: lazyRouteComponent(() => import('./pages/Library.tsx'), 'Library'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/modules/$id',
    component: lazyRouteComponent(() => import('./pages/Component.tsx'), 'ModulePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/inverters/$id',
    component: lazyRouteComponent(() => import('./pages/Component.tsx'), 'InverterPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/turbines/$id',
    component: lazyRouteComponent(() => import('./pages/Component.tsx'), 'TurbinePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/deletions/$id',
    component: lazyRouteComponent(() => import('./pages/Deletion.tsx'), 'DeletionPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: lazyRouteComponent(() => import('./pages/ProviderSignIn.tsx'), 'ProviderSignIn'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/usage',
    component: lazyRouteComponent(() => import('./pages/Usage.tsx'), 'Usage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/webhooks',
    component: lazyRouteComponent(() => import('./pages/Webhooks.tsx'), 'Webhooks'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/webhooks/$id',
    component: lazyRouteComponent(() => import('./pages/Webhook.tsx'), 'WebhookPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/keys',
    component: lazyRouteComponent(() => import('./pages/Keys.tsx'), 'Keys'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/members',
    component: lazyRouteComponent(() => import('./pages/Members.tsx'), 'Members'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/audit',
    component: lazyRouteComponent(() => import('./pages/Audit.tsx'), 'Audit'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/account',
    component: lazyRouteComponent(() => import('./pages/Account.tsx'), 'Account'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/admin',
    component: lazyRouteComponent(() => import('./admin/Platform.tsx'), 'Platform'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/admin/organizations',
    component: lazyRouteComponent(() => import('./admin/Organizations.tsx'), 'Organizations'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/admin/organizations/$id',
    component: lazyRouteComponent(() => import('./admin/Organizations.tsx'), 'OrganizationPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/admin/people',
    component: lazyRouteComponent(() => import('./admin/lists.tsx'), 'People'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/admin/keys',
    component: lazyRouteComponent(() => import('./admin/lists.tsx'), 'Keys'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/admin/jobs',
    component: lazyRouteComponent(() => import('./admin/lists.tsx'), 'Jobs'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/admin/deliveries',
    component: lazyRouteComponent(() => import('./admin/lists.tsx'), 'Deliveries'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/admin/limits',
    component: lazyRouteComponent(() => import('./admin/Limits.tsx'), 'Limits'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/admin/plans',
    component: lazyRouteComponent(() => import('./admin/Plans.tsx'), 'Plans'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/admin/experiments',
    component: lazyRouteComponent(() => import('./admin/Experiments.tsx'), 'Experiments'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/admin/usage',
    component: lazyRouteComponent(() => import('./admin/Usage.tsx'), 'Usage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/admin/audit',
    component: lazyRouteComponent(() => import('./admin/lists.tsx'), 'Acts'),
  }),
]);

export const router = createRouter({ routeTree: routes, scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
