import { ActionIcon, Group, Popover, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';

interface Schema {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
}
interface Document {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Reads what the API's own document says about a field, `OptimizeSolarRequest.system.dc_capacity_kw`. */
function useFieldText(path: string): string | undefined {
  const { data } = useQuery({
    queryKey: ['openapi'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await (await fetch('/openapi.json')).json()) as Document,
  });
  if (!data) return undefined;
  const followed = (schema: Schema | undefined): Schema | undefined => {
    const ref = schema?.$ref ?? schema?.allOf?.[0]?.$ref;
    return ref ? followed(data.components.schemas[ref.split('/').at(-1)!]) : schema;
  };
  const [name, ...fields] = path.split('.');
  let schema: Schema | undefined = followed(data.components.schemas[name]);
  let description: string | undefined;
  for (const field of fields) {
    const next: Schema | undefined = schema?.properties?.[field];
    description = next?.description;
    schema = followed(next);
  }
  return description ?? schema?.description;
}

/** A field's label with its explanation from the API's document: meaning, unit, range, default and the default's source. */
export function FieldLabel({ label, of }: { readonly label: string; readonly of: string }): ReactNode {
  const t = useTranslations('common');
  const text = useFieldText(of);
  return (
    <Group component="span" gap={4} display="inline-flex">
      {label}
      <Popover width={320} position="top" withArrow shadow="md">
        <Popover.Target>
          <ActionIcon variant="subtle" size="sm" radius="xl" aria-label={t('help', { name: label })}>
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
