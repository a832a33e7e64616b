import { Anchor, Loader, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { api, me, queries } from '../api.ts';
import { Fault } from '../components/Fault.tsx';

/** Where an identity provider sends the browser back to: completes the sign-in, once. */
export function ProviderSignIn() {
  const t = useTranslations('sign');
  const navigate = useNavigate();
  const { error } = useQuery({
    queryKey: ['sign-in', location.search],
    queryFn: async () => {
      await api.request('POST /v1/auth/sign-in/complete', { body: { url: location.href } });
      await queries.invalidateQueries(me);
      await navigate({ to: '/', replace: true });
      return null;
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error === null) return <Loader aria-label={t('byOrganization')} />;
  return (
    <Stack>
      <Fault error={error} />
      <Anchor href="/">{t('again')}</Anchor>
    </Stack>
  );
}
