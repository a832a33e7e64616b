import {
  ActionIcon,
  Anchor,
  AppShell,
  Box,
  Burger,
  Button,
  Group,
  Loader,
  NavLink,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useRef } from 'react';
import { useTranslations } from 'use-intl';
import { api, me } from './api.ts';
import { Fault } from './components/Fault.tsx';
import { SignIn } from './pages/SignIn.tsx';
import { useLanguage } from './settings.tsx';

const PAGES = [
  ['/', 'jobs'],
  ['/solar', 'solar'],
  ['/weather', 'weather'],
  ['/sites', 'sites'],
  ['/reports', 'reports'],
] as const;

/** The frame of every page: navigation, theme, language, and the form to sign in while nobody is. */
export function Shell() {
  const t = useTranslations();
  const [isOpen, { toggle, close }] = useDisclosure();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const { language, setLanguage } = useLanguage();
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

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen, desktop: !caller.data } }}
      padding="md"
    >
      <Anchor
        href="#content"
        pos="absolute"
        left={-9999}
        onFocus={({ currentTarget }) => currentTarget.style.setProperty('left', '8px')}
        onBlur={({ currentTarget }) => currentTarget.style.setProperty('left', '-9999px')}
        style={{ zIndex: 300 }}
      >
        {t('app.skip')}
      </Anchor>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            {caller.data && (
              <Burger opened={isOpen} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('app.menu')} />
            )}
            <img src="/favicon.svg" alt="" width={28} height={28} />
            <Text fw={700} visibleFrom="xs">
              {t('app.name')}
            </Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={() => setLanguage(language === 'en' ? 'de' : 'en')}
              lang={language === 'en' ? 'de' : 'en'}
            >
              {t('theme.language')}
            </Button>
            <ActionIcon
              variant="subtle"
              aria-label={scheme === 'dark' ? t('theme.toLight') : t('theme.toDark')}
              onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
            >
              {scheme === 'dark' ? '☀' : '☾'}
            </ActionIcon>
            {caller.data && (
              <Button variant="default" size="compact-sm" onClick={() => signOut.mutate()} loading={signOut.isPending}>
                {t('app.signOut')}
              </Button>
            )}
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('app.menu')}>
        {PAGES.map(([to, name]) => (
          <NavLink
            key={to}
            component={Link}
            to={to}
            label={t(`nav.${name}`)}
            active={to === '/' ? path === '/' || path.startsWith('/jobs') : path.startsWith(to)}
            onClick={close}
          />
        ))}
        <NavLink href="/docs" label={t('app.docs')} />
        {caller.data && (
          <Text size="sm" mt="auto" p="xs">
            {caller.data.organization.name}
          </Text>
        )}
      </AppShell.Navbar>
      <AppShell.Main id="content">
        <Box maw={1200} mx="auto">
          {signOut.isError && <Fault error={signOut.error} />}
          {caller.isPending ? (
            <Loader aria-label={t('common.loading')} />
          ) : caller.isError ? (
            <Fault error={caller.error} onRetry={() => void caller.refetch()} />
          ) : caller.data ? (
            <Outlet />
          ) : (
            <SignIn isExpired={wasIn.current} />
          )}
        </Box>
      </AppShell.Main>
    </AppShell>
  );
}
