import { Select, type SelectProps } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useField } from './Field.tsx';

interface ChoiceProps<Value extends string> extends Pick<SelectProps, 'maw' | 'placeholder' | 'searchable'> {
  readonly label: string;
  /** Field of the API's document that names the values */
  readonly of: string;
  readonly value: Value | null;
  readonly onChange: (value: Value | null) => void;
  readonly nameOf?: (value: Value) => string;
}

/** A filter of a list by one of a field's values, or by none */
export function Choice<Value extends string>({
  label,
  of,
  value,
  onChange,
  nameOf = (one) => one,
  ...more
}: ChoiceProps<Value>) {
  const t = useTranslations('admin');
  const values = (useField(of)?.enum ?? []) as readonly Value[];
  return (
    <Select
      label={label}
      value={value}
      onChange={(chosen) => onChange(chosen as Value | null)}
      data={values.map((one) => ({ value: one, label: nameOf(one) }))}
      placeholder={t('all')}
      clearable
      maw={240}
      {...more}
    />
  );
}
