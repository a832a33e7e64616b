import { Code, Stack, Text, TextInput } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { encode } from 'uqr';
import { useTranslations } from 'use-intl';
import type { NewSecondFactor } from '../../../src/client/index.ts';
import { api, me, proofOf, queries } from '../api.ts';
import { Loaded } from '../components/Page.tsx';
import { Part, Password, text } from '../components/Part.tsx';
import { Secret } from '../components/Secret.tsx';

const status = queryOptions({ queryKey: ['second-factor'], queryFn: () => api.request('GET /v1/auth/second-factor') });
const readAgain = () => queries.invalidateQueries(status);

interface FormProps {
  /** Shows recovery codes */
  readonly onCodes: (codes: readonly string[]) => void;
}

/** Sets the person's second factor up, makes recovery codes, and ends it. */
export function SecondFactor() {
  const t = useTranslations('secondFactor');
  const query = useQuery(status);
  const [codes, setCodes] = useState<readonly string[]>();
  const done = (): void => {
    setCodes(undefined);
    void queries.invalidateQueries(me);
  };
  if (codes) return <Secret title={t('codes')} secret={codes.join('\n')} onDone={done} />;
  return (
    <Loaded query={query}>
      {({ is_on, n_recovery_codes }) =>
        is_on ? <Existing onCodes={setCodes} n={n_recovery_codes} /> : <Missing onCodes={setCodes} />
      }
    </Loaded>
  );
}

function Missing({ onCodes }: FormProps) {
  const t = useTranslations('secondFactor');
  const account = useTranslations('account');
  const [begun, setBegun] = useState<NewSecondFactor>();
  if (begun === undefined)
    return (
      <Part
        key="begin"
        title={t('title')}
        hint={t('hint')}
        action={t('begin')}
        send={async (form) =>
          setBegun(
            await api.request('POST /v1/auth/second-factor', { body: { current_password: text(form, 'current') } }),
          )
        }
        onSent={readAgain}
      >
        <Password name="current" label={account('current')} />
      </Part>
    );
  return (
    <Part
      key="confirm"
      title={t('title')}
      hint={t('scan')}
      action={t('confirm')}
      send={async (form) => {
        const body = { one_time_code: text(form, 'code') };
        onCodes((await api.request('POST /v1/auth/second-factor/confirm', { body })).recovery_codes);
      }}
      onSent={readAgain}
    >
      <QrCode content={begun.uri} label={t('picture')} />
      <Text size="sm">{t('type')}</Text>
      <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {begun.secret}
      </Code>
      <TextInput name="code" label={t('code')} required inputMode="numeric" autoComplete="one-time-code" />
    </Part>
  );
}

function Existing({ onCodes, n }: FormProps & { readonly n: number }) {
  const t = useTranslations('secondFactor');
  const account = useTranslations('account');
  const bodyOf = (form: FormData) => ({ current_password: text(form, 'current'), ...proofOf(text(form, 'code')) });
  const fields = (
    <>
      <Password name="current" label={account('current')} />
      <TextInput name="code" label={t('anyCode')} required autoComplete="one-time-code" />
    </>
  );
  return (
    <Stack>
      <Part
        title={t('codes')}
        hint={t('remaining', { n })}
        action={t('replace')}
        send={async (form) =>
          onCodes(
            (await api.request('POST /v1/auth/second-factor/recovery-codes', { body: bodyOf(form) })).recovery_codes,
          )
        }
        onSent={readAgain}
      >
        {fields}
      </Part>
      <Part
        title={t('title')}
        hint={t('isOn')}
        action={t('end')}
        send={(form) => api.request('POST /v1/auth/second-factor/end', { body: bodyOf(form) })}
        onSent={() => Promise.all([readAgain(), queries.invalidateQueries(me)])}
      >
        {fields}
      </Part>
    </Stack>
  );
}

/** Light margin around the code, which cameras need [modules] */
const MARGIN = 4;

function QrCode({ content, label }: { readonly content: string; readonly label: string }) {
  const { data, size } = encode(content, { border: MARGIN });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg role="img" aria-label={label} width={220} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#ffffff" />
      <path d={dark.join('')} fill="#000000" />
    </svg>
  );
}
