import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { useTranslations } from 'use-intl';
import type { Warning } from '../../../src/client/index.ts';

const COLORS = { info: 'blue', caution: 'yellow', severe: 'red' } as const;
const ORDER = ['severe', 'caution', 'info'] as const;

type Shown = Pick<Warning, 'severity' | 'message' | 'page' | 'pointer'> & { readonly code: string };

/** The doubts that the platform has about inputs or a result, the gravest first. */
export function Warnings({ warnings }: { readonly warnings: readonly Shown[] }) {
  const t = useTranslations('severity');
  if (warnings.length === 0) return null;
  const sorted = [...warnings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  return (
    <Stack gap="xs">
      {sorted.map(({ code, severity, message, page, pointer }) => (
        <Alert key={`${code} ${pointer} ${message}`} color={COLORS[severity]} title={t(severity)}>
          <Text size="sm">{message}</Text>
          <Anchor size="sm" href={page}>
            {code}
          </Anchor>
        </Alert>
      ))}
    </Stack>
  );
}
