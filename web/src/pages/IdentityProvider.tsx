import { Code, PasswordInput, Stack, Switch, Text, TextInput } from '@mantine/core';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'use-intl';
import { ApiError } from '../../../src/client/index.ts';
import { api, me, queries } from '../api.ts';
import { Confirm } from '../components/Confirm.tsx';
import { Fault } from '../components/Fault.tsx';
import { Loaded } from '../components/Page.tsx';
import { Part, text } from '../components/Part.tsx';

const provider = queryOptions({
  queryKey: ['identity-provider'],
  queryFn: () =>
    api
      .request('GET /v1/organization/identity-provider')
      .catch((error: unknown) =>
        error instanceof ApiError && error.code === 'request.not_found' ? null : Promise.reject(error),
      ),
});

/** Where the people of the organization sign in besides the platform; owners decide about it. */
export function IdentityProvider() {
  const t = useTranslations('identityProvider');
  const isOwner = useQuery(me).data?.scopes.includes('organization:own') ?? false;
  const query = useQuery({ ...provider, enabled: isOwner });
  if (!isOwner) return null;
  return (
    <Loaded query={query}>
      {(set) => (
        <Stack gap="xs" key={set?.changed_at}>
          <Part
            title={t('title')}
            hint={t('hint')}
            onSent={() => queries.invalidateQueries(provider)}
            send={(form) =>
              api.request('POST /v1/organization/identity-provider', {
                body: {
                  issuer: text(form, 'issuer'),
                  client_id: text(form, 'client_id'),
                  client_secret: text(form, 'client_secret'),
                  email_domains: text(form, 'email_domains')
                    .split(/[\s,;]+/)
                    .filter(Boolean),
                  is_membership_automatic: form.has('is_membership_automatic'),
                },
              })
            }
          >
            <Text size="sm">
              {t('redirect')} <Code>{set?.redirect_uri ?? `${location.origin}/sign-in`}</Code>
            </Text>
            <TextInput name="issuer" type="url" label={t('issuer')} defaultValue={set?.issuer} required />
            <TextInput name="client_id" label={t('clientId')} defaultValue={set?.client_id} required />
            <PasswordInput name="client_secret" label={t('clientSecret')} required autoComplete="off" />
            <TextInput
              name="email_domains"
              label={t('domains')}
              description={t('domainsHint')}
              defaultValue={set?.email_domains.join(', ')}
            />
            <Switch
              name="is_membership_automatic"
              label={t('automatic')}
              defaultChecked={set?.is_membership_automatic}
            />
          </Part>
          {set && (
            <>
              <RequireProvider />
              <Text size="sm">
                {t('link')} <Code>{set.sign_in_url}</Code>
              </Text>
              <Confirm
                label={t('remove')}
                title={t('removeTitle')}
                text={t('removeText')}
                onConfirm={async () => {
                  await api.request('DELETE /v1/organization/identity-provider');
                  await queries.invalidateQueries(provider);
                }}
              />
            </>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

/** Whether people other than owners may sign in by password, too */
function RequireProvider() {
  const t = useTranslations('identityProvider');
  const organization = useQuery(me).data?.organization;
  const change = useMutation({
    mutationFn: (is_identity_provider_required: boolean) =>
      api.request('PATCH /v1/organization', { body: { is_identity_provider_required } }),
    onSuccess: () => queries.invalidateQueries(me),
  });
  return (
    <>
      <Switch
        label={t('require')}
        description={t('requireHint')}
        checked={organization?.is_identity_provider_required}
        onChange={({ currentTarget: { checked } }) => change.mutate(checked)}
        disabled={change.isPending}
      />
      {change.isError && <Fault error={change.error} />}
    </>
  );
}
