import '@mantine/core/styles.css';
import './style.css';
import { Alert, type CSSVariablesResolver, createTheme, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from './api.ts';
import { UndoProvider } from './components/Undo.tsx';
import { router } from './router.tsx';
import { LanguageProvider, UnitsProvider } from './settings.tsx';

const theme = createTheme({
  primaryColor: 'cyan',
  // White text on it has the contrast of WCAG AA.
  primaryShade: { light: 9, dark: 9 },
  autoContrast: true,
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    // Long labels wrap on narrow screens.
    Button: {
      styles: {
        root: {
          display: 'inline-flex',
          alignItems: 'center',
          height: 'auto',
          minHeight: 'var(--button-height)',
          maxWidth: '100%',
        },
        label: { whiteSpace: 'normal', overflow: 'visible' },
      },
    },
    // A region that scrolls is reached by keyboard.
    TableScrollContainer: { defaultProps: { scrollAreaProps: { viewportProps: { tabIndex: 0 } } } },
    // The colour marks the edge: text of that colour on a tint of it has too little contrast.
    Alert: Alert.extend({
      defaultProps: { variant: 'default' },
      styles: (_, { color = 'cyan' }) => ({
        root: { borderInlineStart: `4px solid var(--mantine-color-${color}-filled)` },
      }),
    }),
    Loader: { defaultProps: { role: 'status' } },
  },
});

/** Small print in a grey that has the contrast of WCAG AA. */
const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-1)',
  },
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <LanguageProvider>
        <UnitsProvider>
          <QueryClientProvider client={queries}>
            <UndoProvider>
              <RouterProvider router={router} />
            </UndoProvider>
          </QueryClientProvider>
        </UnitsProvider>
      </LanguageProvider>
    </MantineProvider>
  </StrictMode>,
);
