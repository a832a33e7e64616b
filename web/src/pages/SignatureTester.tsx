import { Alert, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Fault } from '../components/Fault.tsx';

/** Signs as the platform does: base64 of the HMAC-SHA256 of `id.timestamp.body`. The secret does not leave the browser. */
async function signatureOf(secret: string, id: string, timestamp: string, body: string): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.replace(/^whsec_/, '')), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signed = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`${id}.${timestamp}.${body}`));
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(signed)))}`;
}

/** Computes the signature of a request that was received, to compare it with the one in its header. */
export function SignatureTester() {
  const t = useTranslations('signature');
  const [fields, setFields] = useState({ secret: '', id: '', timestamp: '', signature: '', body: '' });
  const { secret, id, timestamp, signature, body } = fields;
  const isFilled = secret !== '' && id !== '' && timestamp !== '' && body !== '';
  const computed = useQuery({
    queryKey: ['signature', fields],
    queryFn: () => signatureOf(secret, id, timestamp, body),
    enabled: isFilled,
    retry: false,
    // The secret is forgotten when the page is left.
    gcTime: 0,
  });
  const text = (name: keyof typeof fields, label: string) => (
    <TextInput
      label={label}
      value={fields[name]}
      onChange={({ currentTarget: { value } }) => setFields({ ...fields, [name]: value.trim() })}
      autoComplete="off"
    />
  );
  const isEqual = signature.split(' ').includes(computed.data ?? '');
  return (
    <Paper withBorder p="md">
      <Stack>
        <Title order={2} size="h4">
          {t('title')}
        </Title>
        <Text size="sm">{t('intro')}</Text>
        {text('secret', t('secret'))}
        {text('id', 'webhook-id')}
        {text('timestamp', 'webhook-timestamp')}
        {text('signature', 'webhook-signature')}
        <Textarea
          label={t('body')}
          value={body}
          onChange={({ currentTarget: { value } }) => setFields({ ...fields, body: value })}
          autosize
          minRows={3}
          maxRows={12}
        />
        {computed.isError && <Fault error={computed.error} />}
        {isFilled && computed.data && (
          <Alert
            color={signature === '' ? 'blue' : isEqual ? 'green' : 'red'}
            title={signature === '' ? t('computed') : isEqual ? t('equal') : t('different')}
            role="status"
          >
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {computed.data}
            </Text>
          </Alert>
        )}
      </Stack>
    </Paper>
  );
}
