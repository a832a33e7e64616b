/** The addresses of the dashboard. Each page is a chunk of its own. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { NotFound } from './pages/NotFound.tsx';
import { Shell } from './Shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

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
    path: '/reports',
    component: lazyRouteComponent(() => import('./pages/Reports.tsx'), 'Reports'),
  }),
]);

export const router = createRouter({ routeTree: routes, scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
