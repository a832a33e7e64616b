import { Button, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '../api.ts';
import { Fault } from '../components/Fault.tsx';
import { type Entry, FieldRow, NumberField } from '../components/Field.tsx';
import { curveOf } from '../power-curve.ts';

/** A form for a turbine of the organization, whose curve is pasted as a table. */
export function NewTurbine({ onCreated }: { readonly onCreated: () => Promise<void> }) {
  const t = useTranslations('library');
  const common = useTranslations('common');
  const [name, setName] = useState('');
  const [rotor, setRotor] = useState<Entry>('');
  const [hub, setHub] = useState<Entry>('');
  const [curve, setCurve] = useState('');
  const create = useMutation({
    mutationFn: () =>
      api.request('POST /v1/wind/turbines', {
        body: { name, rotor_diameter_m: Number(rotor), hub_height_m: Number(hub), ...curveOf(curve) },
      }),
    onSuccess: onCreated,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <details>
      <Text component="summary" style={{ cursor: 'pointer' }}>
        {t('newTurbine')}
      </Text>
      <form onSubmit={submit} aria-label={t('newTurbine')}>
        <Stack mt="sm" maw={560}>
          <TextInput
            label={common('name')}
            value={name}
            onChange={({ currentTarget: { value } }) => setName(value)}
            required
            maxLength={200}
          />
          <FieldRow>
            <NumberField
              label={t('rotor')}
              of="TurbineCurve.rotor_diameter_m"
              value={rotor}
              onChange={setRotor}
              unit="m"
              isRequired
            />
            <NumberField
              label={t('hub')}
              of="TurbineCurve.hub_height_m"
              value={hub}
              onChange={setHub}
              unit="m"
              isRequired
            />
          </FieldRow>
          <Textarea
            label={t('curve')}
            description={t('curveHint')}
            placeholder={'3 0 0.8\n4 120 0.8\n…'}
            value={curve}
            onChange={({ currentTarget: { value } }) => setCurve(value)}
            autosize
            minRows={4}
            maxRows={16}
            required
          />
          {create.isError && <Fault error={create.error} />}
          {create.data && <Text role="status">{t('stored', { names: create.data.name })}</Text>}
          <Button type="submit" variant="default" loading={create.isPending} w="fit-content">
            {common('create')}
          </Button>
        </Stack>
      </form>
    </details>
  );
}
