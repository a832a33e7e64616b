import { ActionIcon, Group, NumberInput, type NumberInputProps, Popover, SimpleGrid, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Children, type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { fromUnit, toUnit, unitIn } from '../../../src/lib/units.ts';
import { useLanguage, useUnits } from '../settings.tsx';
import { useNumbers } from './numbers.ts';

interface Schema {
  readonly description?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
}
interface Document {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The API's own document, from which the forms take meaning, unit, range, default and the default's source of a field. */
const apiDocument = queryOptions({
  queryKey: ['openapi'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async () => (await (await fetch('/openapi.json')).json()) as Document,
});

/** Reads what the API's own document says about a field, `OptimizeSolarRequest.system.dc_capacity_kw`. */
export function useField(path: string): Schema | undefined {
  const { data } = useQuery(apiDocument);
  if (!data) return undefined;
  const followed = (schema: Schema | undefined): Schema | undefined => {
    const ref = schema?.$ref ?? schema?.allOf?.[0]?.$ref;
    return ref ? followed(data.components.schemas[ref.split('/').at(-1)!]) : schema;
  };
  const [name, ...fields] = path.split('.');
  let schema: Schema | undefined = followed(data.components.schemas[name]);
  let found = schema;
  for (const field of fields) {
    found = schema?.properties?.[field];
    schema = followed(found);
  }
  return { ...schema, ...found, description: found?.description ?? schema?.description };
}

/** A field's label with its explanation from the API's document. */
export function FieldLabel({ label, of }: { readonly label: string; readonly of: string }): ReactNode {
  const t = useTranslations('common');
  const text = useField(of)?.description;
  return (
    <Group component="span" gap={4} display="inline-flex">
      {label}
      <Popover width={320} position="top" withArrow shadow="md">
        <Popover.Target>
          <ActionIcon variant="subtle" size={24} radius="xl" aria-label={t('help', { name: label })}>
            ?
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>
          <Text size="sm">{text ?? '…'}</Text>
        </Popover.Dropdown>
      </Popover>
    </Group>
  );
}

/** Fields side by side, on narrow screens one below the other */
export function FieldRow({ children }: { readonly children: ReactNode }) {
  return (
    <SimpleGrid cols={{ base: 1, xs: Children.toArray(children).length }} style={{ alignItems: 'end' }}>
      {children}
    </SimpleGrid>
  );
}

/** What a field for a number holds; text while it is empty */
export type Entry = number | string;
/** The number of a field, or nothing, so that the API takes its default. */
export const given = (entry: Entry): number | undefined => (entry === '' ? undefined : Number(entry));

interface QuantityInputProps extends Omit<NumberInputProps, 'value' | 'onChange' | 'min' | 'max' | 'suffix'> {
  /** In the metric unit, as all others here */
  readonly value: Entry;
  readonly onChange: (value: Entry) => void;
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  /** Whether the head of a column has the unit */
  readonly isUnitless?: boolean;
}

/** Digits of a converted number, which may have many */
const DIGITS = 7;

/** A number that is shown and typed in the reader's unit, and stored in the metric one. */
export function QuantityInput({ value, onChange, min, max, unit = '', isUnitless, ...more }: QuantityInputProps) {
  const { language } = useLanguage();
  const own = unitIn(useUnits().units, unit);
  // What is being typed may be no number yet, such as `1.`.
  const [typed, setTyped] = useState<Entry>();
  const shown = (metric: number): number => (own.per === 1 ? metric : Number(toUnit(own, metric).toPrecision(DIGITS)));
  return (
    <NumberInput
      value={typed ?? (value === '' ? '' : shown(Number(value)))}
      onChange={(entry) => {
        setTyped(entry);
        onChange(entry === '' || own.per === 1 ? entry : fromUnit(own, Number(entry)));
      }}
      onBlur={() => setTyped(undefined)}
      min={min === undefined ? undefined : shown(min)}
      max={max === undefined ? undefined : shown(max)}
      suffix={isUnitless || unit === '' ? undefined : ` ${own.name}`}
      decimalSeparator={language === 'de' ? ',' : '.'}
      {...more}
    />
  );
}

export interface NumberFieldProps {
  readonly label: string;
  readonly of: string;
  readonly value: Entry;
  readonly onChange: (value: Entry) => void;
  /** The metric unit of the API */
  readonly unit?: string;
  readonly step?: number;
  readonly isRequired?: boolean;
  /** What an empty field means, if the API states no number */
  readonly empty?: string;
}

/** A number, with range and default by the API's document; while it is empty, it shows the default. */
export function NumberField({ label, of, value, onChange, unit, step, isRequired, empty }: NumberFieldProps) {
  const t = useTranslations('common');
  const field = useField(of);
  const range = field?.anyOf?.find(({ minimum }) => minimum !== undefined) ?? field;
  const preset = typeof field?.default === 'number' ? field.default : undefined;
  const numbers = useNumbers();
  return (
    <QuantityInput
      label={<FieldLabel label={label} of={of} />}
      aria-label={label}
      value={value}
      onChange={onChange}
      min={range?.minimum}
      max={range?.maximum}
      step={step}
      unit={unit}
      required={isRequired}
      placeholder={
        isRequired
          ? undefined
          : preset === undefined
            ? (empty ?? t('without'))
            : t('default', { value: numbers.size(preset, unit ?? '') })
      }
    />
  );
}
