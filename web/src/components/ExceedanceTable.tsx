import { Stack, Text, Title } from '@mantine/core';
import { useTranslations } from 'use-intl';
import type { Exceedance } from '../../../src/client/index.ts';
import { exceedanceRows } from './charts.ts';
import { DataTable } from './DataTable.tsx';
import { useNumbers } from './numbers.ts';

export function ExceedanceTable({ exceedance }: { readonly exceedance: Exceedance }) {
  const t = useTranslations('result');
  const numbers = useNumbers();
  const { head, rows } = exceedanceRows(exceedance, numbers, (period) => t(`years.${period}`));
  // Without an uncertainty there are no levels beside P50.
  if (rows.length === 0 || !(exceedance.uncertainty_pct > 0)) return null;
  return (
    <Stack gap="xs">
      <Title order={3} size="h5">
        {t('exceedance')}
      </Title>
      <DataTable label={t('exceedance')} head={head} rows={rows} minWidth={480} hasRowHeads />
      <Text size="sm">
        {t('uncertainty', {
          pct: numbers.number(exceedance.uncertainty_pct, 1),
          year: numbers.number(exceedance.interannual_pct, 1),
        })}
      </Text>
    </Stack>
  );
}
