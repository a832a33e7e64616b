import {
  ActionIcon,
  Anchor,
  AppShell,
  Box,
  Burger,
  Button,
  Group,
  ScrollArea,
  Text,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useLanguage, useUnits } from './settings.tsx';

interface FrameProps {
  /** What the navigation has; it is hidden while nobody is signed in */
  readonly navigation: (close: () => void) => ReactNode;
  readonly isSignedIn: boolean;
  readonly onSignOut: () => void;
  readonly isSigningOut: boolean;
  readonly children: ReactNode;
}

/** The frame of every page: navigation, theme, language, and the way out. */
export function Frame({ navigation, isSignedIn, onSignOut, isSigningOut, children }: FrameProps) {
  const t = useTranslations();
  const [isOpen, { toggle, close }] = useDisclosure();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const { language, setLanguage } = useLanguage();
  const { units, setUnits } = useUnits();
  const other = units === 'metric' ? 'imperial' : 'metric';
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !isOpen, desktop: !isSignedIn } }}
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
            {isSignedIn && (
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
            <Button variant="subtle" size="compact-sm" aria-label={t(`units.${other}`)} onClick={() => setUnits(other)}>
              {other === 'imperial' ? 'ft' : 'm'}
            </Button>
            <ActionIcon
              variant="subtle"
              aria-label={scheme === 'dark' ? t('theme.toLight') : t('theme.toDark')}
              onClick={() => setColorScheme(scheme === 'dark' ? 'light' : 'dark')}
            >
              {scheme === 'dark' ? '☀' : '☾'}
            </ActionIcon>
            {isSignedIn && (
              <Button variant="default" size="compact-sm" onClick={onSignOut} loading={isSigningOut}>
                {t('app.signOut')}
              </Button>
            )}
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('app.menu')}>
        <AppShell.Section grow component={ScrollArea}>
          {navigation(close)}
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="content">
        <Box maw={1200} mx="auto">
          {children}
        </Box>
      </AppShell.Main>
    </AppShell>
  );
}
