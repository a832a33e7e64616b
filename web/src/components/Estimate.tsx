import { Alert, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import type { JobEstimate } from '../../../src/client/index.ts';
import { Fault } from './Fault.tsx';
import { useNumbers } from './numbers.ts';
import { Warnings } from './Warnings.tsx';

/** Time without a change after which the API is asked [ms] */
const CALM_MS = 600;

interface EstimateProps<Body> {
  /** The request as it would start; nothing while a field that it needs is empty */
  readonly body: Body | undefined;
  readonly ask: (body: Body) => Promise<JobEstimate>;
}

/** What the job of a form would take, and what the API would refuse, before it starts. */
export function Estimate<Body>({ body, ask }: EstimateProps<Body>) {
  const t = useTranslations('estimate');
  const { number, duration } = useNumbers();
  const text = body && JSON.stringify(body);
  const [calm] = useDebouncedValue(text, CALM_MS);
  const query = useQuery({
    queryKey: ['estimate', calm],
    queryFn: () => ask(JSON.parse(calm!) as Body),
    enabled: calm !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  if (text === undefined) return <Text size="sm">{t('incomplete')}</Text>;
  if (query.isError) return <Fault error={query.error} />;
  if (!query.data) return <Text size="sm">{t('asking')}</Text>;
  const { estimated_s, limit_s, n_evaluations, warnings } = query.data;
  return (
    <Stack gap="xs">
      <Alert title={t('title')} role="status">
        <Text size="sm">
          {t('time', {
            time: estimated_s < 1 ? t('moment') : duration(estimated_s),
            limit: duration(limit_s),
          })}
          {n_evaluations !== null && ` ${t('evaluations', { n: number(n_evaluations) })}`}
        </Text>
      </Alert>
      <Warnings warnings={warnings} />
    </Stack>
  );
}
