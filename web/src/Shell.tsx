import { Divider, Loader, NavLink, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api, isAdminPath, me } from './api.ts';
import { Fault } from './components/Fault.tsx';
import { Frame } from './Frame.tsx';
import { SignIn } from './pages/SignIn.tsx';

const SecondFactor = lazy(async () => ({ default: (await import('./pages/SecondFactor.tsx')).SecondFactor }));

const AdminShell = lazy(async () => ({ default: (await import('./admin/AdminShell.tsx')).AdminShell }));

const PAGES = [
  ['/', 'jobs'],
  ['/solar', 'solar'],
  ['/wind', 'wind'],
  ['/weather', 'weather'],
  ['/sites', 'sites'],
  ['/library', 'library'],
  ['/compare', 'compare'],
  ['/reports', 'reports'],
] as const;
const OFFICE = [
  ['/usage', 'usage'],
  ['/webhooks', 'webhooks'],
  ['/keys', 'keys'],
  ['/members', 'members'],
  ['/audit', 'audit'],
  ['/account', 'account'],
] as const;

const FRAME_KEY = 'tessellate.frame';

/** What surrounds a page: that of the platform's administrators, or that of its customers. */
export function Shell() {
  const t = useTranslations('common');
  const isAdmin = useRouterState({ select: ({ location }) => isAdminPath(location.pathname) });
  if (!isAdmin) return <CustomerShell />;
  return (
    <Suspense fallback={<Loader aria-label={t('loading')} />}>
      <AdminShell />
    </Suspense>
  );
}

/** The pages of customers, and the form to sign in while nobody is. */
function CustomerShell() {
  const t = useTranslations();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const caller = useQuery(me);

  const signOut = useMutation({
    mutationFn: () => api.request('DELETE /v1/auth/session'),
    onSuccess: () => {
      // The next person at this browser finds no drafts.
      sessionStorage.clear();
      location.assign('/');
    },
  });
  const wasIn = useRef(false);
  if (caller.data) wasIn.current = true;
  // While the answer is on its way, the page has the frame that it had last: nothing moves when it comes.
  const [hadFrame] = useState(() => localStorage.getItem(FRAME_KEY) === 'yes');
  const isIn = caller.isPending ? hadFrame : Boolean(caller.data);
  useEffect(() => localStorage.setItem(FRAME_KEY, isIn ? 'yes' : 'no'), [isIn]);

  const link = ([to, name]: (typeof PAGES | typeof OFFICE)[number], close: () => void) => (
    <NavLink
      key={to}
      component={Link}
      to={to}
      label={t(`nav.${name}`)}
      active={to === '/' ? path === '/' || path.startsWith('/jobs') : path.startsWith(to)}
      onClick={close}
    />
  );

  return (
    <Frame
      isSignedIn={isIn}
      onSignOut={signOut.mutate}
      isSigningOut={signOut.isPending}
      navigation={(close) => (
        <>
          {PAGES.map((page) => link(page, close))}
          <Divider my="xs" label={caller.data?.organization.name} />
          {OFFICE.map((page) => link(page, close))}
          <NavLink href="/docs" label={t('app.docs')} />
        </>
      )}
    >
      {signOut.isError && <Fault error={signOut.error} />}
      {caller.isPending ? (
        <Loader aria-label={t('common.loading')} />
      ) : path.startsWith('/deletions/') || path === '/sign-in' ? (
        // What became of a deleted organization is for those who no longer have an account.
        <Outlet />
      ) : caller.isError ? (
        <Fault error={caller.error} onRetry={() => void caller.refetch()} />
      ) : caller.data?.is_second_factor_missing ? (
        <Suspense fallback={<Loader aria-label={t('common.loading')} />}>
          <Text mb="md">{t('secondFactor.required')}</Text>
          <SecondFactor />
        </Suspense>
      ) : caller.data ? (
        <Outlet />
      ) : (
        <SignIn isExpired={wasIn.current} />
      )}
    </Frame>
  );
}
