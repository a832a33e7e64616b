/** The rules by which turbines stop or run in a mode: a form for all that the API takes, but for receptors in metres. */
import {
  Button,
  Fieldset,
  Group,
  MultiSelect,
  NumberInput,
  Paper,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Curtailment, CurtailmentRule, TurbineMode } from '../../../src/client/index.ts';
import { type Entry, FieldLabel, FieldRow, given, NumberField, type NumberFieldProps } from '../components/Field.tsx';
import { useNumbers } from '../components/numbers.ts';
import { useTerm } from '../components/terms.ts';
import { useUndo } from '../components/Undo.tsx';
import { curveOf } from '../power-curve.ts';

const TYPES = ['noise', 'bats', 'shadow_flicker', 'sector_management', 'other'] as const;
type Type = (typeof TYPES)[number];
type Sector = readonly [from: Entry, to: Entry];

interface RuleDraft {
  readonly type: Type;
  readonly name: string;
  /** Numbers of turbines as results have them, from 1 */
  readonly turbines: string;
  readonly mode: string | null;
  readonly sectors: readonly Sector[];
  readonly speedFrom: Entry;
  readonly speedBelow: Entry;
  readonly hourFrom: Entry;
  readonly hourTo: Entry;
  readonly months: readonly string[];
  readonly sun: Entry;
  readonly tempFrom: Entry;
  readonly tempBelow: Entry;
  readonly rain: Entry;
  /** Lines of latitude, longitude and, where it is stated, height */
  readonly receptors: string;
  readonly budget: Entry;
  readonly sunMin: Entry;
  readonly distance: Entry;
}

interface ModeDraft {
  readonly name: string;
  readonly curve: string;
  readonly thrust: TurbineMode['generic_thrust'] | null;
  readonly density: Entry;
}

export interface CurtailmentDraft {
  readonly rules: readonly RuleDraft[];
  readonly modes: readonly ModeDraft[];
  readonly timeZone: string | null;
  readonly latitude: Entry;
  readonly longitude: Entry;
}

export const NO_CURTAILMENT: CurtailmentDraft = { rules: [], modes: [], timeZone: null, latitude: '', longitude: '' };

const EMPTY_RULE = {
  name: '',
  turbines: '',
  mode: null,
  sectors: [],
  speedFrom: '',
  speedBelow: '',
  hourFrom: '',
  hourTo: '',
  months: [],
  sun: '',
  tempFrom: '',
  tempBelow: '',
  rain: '',
  receptors: '',
  budget: '',
  sunMin: '',
  distance: '',
} as const;
/** What a new rule has: conditions without which the API refuses its type, with the values of the API's example */
const NEW_RULES: Readonly<Record<Type, RuleDraft>> = {
  noise: { ...EMPTY_RULE, type: 'noise' },
  bats: {
    ...EMPTY_RULE,
    type: 'bats',
    speedBelow: 6,
    sun: -0.833,
    tempFrom: 10,
    months: ['5', '6', '7', '8', '9', '10'],
  },
  shadow_flicker: { ...EMPTY_RULE, type: 'shadow_flicker' },
  sector_management: { ...EMPTY_RULE, type: 'sector_management', sectors: [[345, 15]] },
  other: { ...EMPTY_RULE, type: 'other' },
};
const EMPTY_MODE: ModeDraft = { name: '', curve: '', thrust: null, density: '' };

const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
const numbersIn = (text: string): number[] => text.match(/-?\d+(\.\d+)?/g)?.map(Number) ?? [];

function ruleOf(rule: RuleDraft, isSearch: boolean): CurtailmentRule {
  const turbines = numbersIn(rule.turbines);
  const common = {
    ...(rule.name && { name: rule.name }),
    ...(turbines.length > 0 && !isSearch && { turbine_indices: turbines.map((n) => n - 1) }),
    ...(rule.sectors.length > 0 && {
      wind_directions: rule.sectors.map(([from, to]) => ({ from_deg: Number(from), to_deg: Number(to) })),
    }),
    wind_speed_from_m_s: given(rule.speedFrom),
    wind_speed_below_m_s: given(rule.speedBelow),
    ...((rule.hourFrom !== '' || rule.hourTo !== '') && {
      hours: { from_h: Number(rule.hourFrom), to_h: Number(rule.hourTo) },
    }),
    ...(rule.months.length > 0 && { months: rule.months.map(Number) }),
    sun_elevation_below_deg: given(rule.sun),
    temp_air_from_c: given(rule.tempFrom),
    temp_air_below_c: given(rule.tempBelow),
    precipitation_max_mm_h: given(rule.rain),
  };
  if (rule.type === 'shadow_flicker')
    return {
      ...common,
      type: rule.type,
      receptors: rule.receptors
        .split('\n')
        .map(numbersIn)
        .filter(({ length }) => length > 0)
        .map(([latitude_deg, longitude_deg, height_m]) => ({ latitude_deg, longitude_deg, height_m })),
      budget_h_per_year: given(rule.budget),
      sun_elevation_min_deg: given(rule.sunMin),
      distance_max_m: given(rule.distance),
    };
  const ofTurbines = { ...common, ...(rule.mode && { turbine_mode: rule.mode }) };
  return rule.type === 'bats'
    ? { ...ofTurbines, type: rule.type, wind_speed_below_m_s: Number(rule.speedBelow) }
    : { ...ofTurbines, type: rule.type };
}

/** The rules of a form as the API takes them; nothing without rules. */
export function curtailmentOf(draft: CurtailmentDraft, isSearch: boolean): Curtailment | undefined {
  if (draft.rules.length === 0) return undefined;
  return {
    rules: draft.rules.map((rule) => ruleOf(rule, isSearch)),
    ...(draft.modes.length > 0 && {
      modes: draft.modes.map(({ name, curve, thrust, density }) => ({
        name,
        ...curveOf(curve),
        ...(thrust && { generic_thrust: thrust }),
        air_density_kg_m3: given(density),
      })),
    }),
    time_zone: draft.timeZone ?? browserZone(),
    latitude_deg: given(draft.latitude),
    longitude_deg: given(draft.longitude),
  };
}

interface CurtailmentFieldsProps {
  readonly value: CurtailmentDraft;
  readonly onChange: (change: (now: CurtailmentDraft) => CurtailmentDraft) => void;
  readonly isSearch: boolean;
}

export function CurtailmentFields({ value, onChange, isSearch }: CurtailmentFieldsProps) {
  const t = useTranslations('curtailment');
  const term = useTerm();
  const undoable = useUndo();
  const [type, setType] = useState<Type>('noise');
  const { rules, modes } = value;
  /** Takes a rule or mode out of its list, and puts it back by undo. */
  const remove = <List extends 'rules' | 'modes'>(list: List, index: number, name: string): void => {
    const removed = value[list][index];
    onChange((now) => ({ ...now, [list]: now[list].toSpliced(index, 1) }));
    undoable(t('removed', { name }), () =>
      onChange((now) => ({ ...now, [list]: [...now[list].slice(0, index), removed, ...now[list].slice(index)] })),
    );
  };
  const put = <List extends 'rules' | 'modes'>(
    list: List,
    index: number,
    part: Partial<CurtailmentDraft[List][number]>,
  ) => onChange((now) => ({ ...now, [list]: now[list].map((one, at) => (at === index ? { ...one, ...part } : one)) }));
  return (
    <Fieldset legend={term('curtailment')}>
      <Stack>
        <Text size="sm">{t('hint')}</Text>
        {rules.map((rule, k) => (
          <Rule
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place in the list
            key={k}
            title={`${k + 1}: ${term(rule.type)}`}
            rule={rule}
            modes={modes.map(({ name }) => name).filter(Boolean)}
            isSearch={isSearch}
            onChange={(part) => put('rules', k, part)}
            onRemove={() => remove('rules', k, `${k + 1}: ${term(rule.type)}`)}
          />
        ))}
        <Group align="end">
          <Select
            label={t('type')}
            value={type}
            onChange={(chosen) => chosen && setType(chosen as Type)}
            data={TYPES.map((one) => ({ value: one, label: term(one) }))}
            allowDeselect={false}
          />
          <Button
            variant="default"
            onClick={() => onChange((now) => ({ ...now, rules: [...now.rules, NEW_RULES[type]] }))}
          >
            {t('add')}
          </Button>
        </Group>
        {rules.length > 0 && (
          <>
            {modes.map((mode, k) => (
              <Mode
                // biome-ignore lint/suspicious/noArrayIndexKey: a mode is its place in the list
                key={k}
                title={t('mode', { n: k + 1 })}
                mode={mode}
                onChange={(part) => put('modes', k, part)}
                onRemove={() => remove('modes', k, mode.name || t('mode', { n: k + 1 }))}
              />
            ))}
            <Button
              variant="default"
              w="fit-content"
              onClick={() => onChange((now) => ({ ...now, modes: [...now.modes, EMPTY_MODE] }))}
            >
              {t('addMode')}
            </Button>
            <Select
              label={<FieldLabel label={t('timeZone')} of="Curtailment.time_zone" />}
              aria-label={t('timeZone')}
              value={value.timeZone ?? browserZone()}
              onChange={(timeZone) => onChange((now) => ({ ...now, timeZone }))}
              data={[...new Set([browserZone(), ...Intl.supportedValuesOf('timeZone')])]}
              searchable
              limit={50}
              allowDeselect={false}
            />
            <FieldRow>
              {(['latitude', 'longitude'] as const).map((name) => (
                <NumberField
                  key={name}
                  label={t(name)}
                  of={`Curtailment.${name}_deg`}
                  value={value[name]}
                  onChange={(entry) => onChange((now) => ({ ...now, [name]: entry }))}
                  unit="°"
                  empty={t('ofPlaces')}
                />
              ))}
            </FieldRow>
          </>
        )}
      </Stack>
    </Fieldset>
  );
}

interface PartProps {
  readonly title: string;
  readonly onRemove: () => void;
}

function Rule({
  title,
  rule,
  modes,
  isSearch,
  onChange,
  onRemove,
}: PartProps & {
  readonly rule: RuleDraft;
  readonly modes: readonly string[];
  readonly isSearch: boolean;
  readonly onChange: (part: Partial<RuleDraft>) => void;
}) {
  const t = useTranslations('curtailment');
  const { months } = useNumbers();
  const number = (
    name: keyof RuleDraft,
    field: string,
    more: Pick<NumberFieldProps, 'unit' | 'step' | 'isRequired'> & { readonly schema?: string } = {},
  ) => {
    const { schema = 'CurtailmentRuleBats', ...rest } = more;
    return (
      <NumberField
        label={t(`fields.${name as 'sun'}`)}
        of={`${schema}.${field}`}
        value={rule[name] as Entry}
        onChange={(value) => onChange({ [name]: value })}
        {...rest}
      />
    );
  };
  const isShadow = rule.type === 'shadow_flicker';
  const shadow = { schema: 'CurtailmentRuleShadowFlicker' };
  return (
    <Paper withBorder p="sm" component="section" aria-label={title}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h6">
            {title}
          </Title>
          <Button variant="default" size="compact-sm" onClick={onRemove}>
            {t('remove')}
          </Button>
        </Group>
        <FieldRow>
          <TextInput
            label={<FieldLabel label={t('name')} of="CurtailmentRuleBats.name" />}
            aria-label={t('name')}
            value={rule.name}
            onChange={({ currentTarget: { value } }) => onChange({ name: value })}
            maxLength={100}
          />
          {!isSearch && (
            <TextInput
              label={t('turbines')}
              value={rule.turbines}
              onChange={({ currentTarget: { value } }) => onChange({ turbines: value })}
              placeholder={t('allTurbines')}
            />
          )}
          {!isShadow && (
            <Select
              label={<FieldLabel label={t('turbineMode')} of="CurtailmentRuleBats.turbine_mode" />}
              aria-label={t('turbineMode')}
              value={rule.mode}
              onChange={(mode) => onChange({ mode })}
              data={[...new Set([...modes, ...(rule.mode ? [rule.mode] : [])])]}
              placeholder={t('stop')}
              clearable
            />
          )}
        </FieldRow>
        {isShadow && (
          <>
            <Textarea
              label={<FieldLabel label={t('fields.receptors')} of="CurtailmentRuleShadowFlicker.receptors" />}
              aria-label={t('fields.receptors')}
              description={t('receptorsHint')}
              value={rule.receptors}
              onChange={({ currentTarget: { value } }) => onChange({ receptors: value })}
              autosize
              minRows={2}
              required
            />
            <FieldRow>
              {number('budget', 'budget_h_per_year', { unit: 'h/a', ...shadow })}
              {number('sunMin', 'sun_elevation_min_deg', { unit: '°', ...shadow })}
              {number('distance', 'distance_max_m', { unit: 'm', step: 100, ...shadow })}
            </FieldRow>
          </>
        )}
        <Sectors
          sectors={rule.sectors}
          isRequired={rule.type === 'sector_management'}
          onChange={(sectors) => onChange({ sectors })}
        />
        <FieldRow>
          {number('speedFrom', 'wind_speed_from_m_s', { unit: 'm/s', step: 0.5 })}
          {number('speedBelow', 'wind_speed_below_m_s', { unit: 'm/s', step: 0.5, isRequired: rule.type === 'bats' })}
        </FieldRow>
        <FieldRow>
          {(['hourFrom', 'hourTo'] as const).map((name) => (
            <NumberInput
              key={name}
              label={t(`fields.${name}`)}
              value={rule[name]}
              onChange={(value) => onChange({ [name]: value })}
              min={0}
              max={24}
              suffix=" h"
              required={rule.hourFrom !== '' || rule.hourTo !== ''}
            />
          ))}
        </FieldRow>
        <MultiSelect
          label={t('months')}
          value={[...rule.months]}
          onChange={(chosen) => onChange({ months: chosen })}
          data={months.map((label, k) => ({ value: String(k + 1), label }))}
          placeholder={rule.months.length === 0 ? t('allMonths') : undefined}
          clearable
        />
        <FieldRow>
          {number('sun', 'sun_elevation_below_deg', { unit: '°' })}
          {number('rain', 'precipitation_max_mm_h', { unit: 'mm/h', step: 0.1 })}
        </FieldRow>
        <FieldRow>
          {number('tempFrom', 'temp_air_from_c', { unit: '°C' })}
          {number('tempBelow', 'temp_air_below_c', { unit: '°C' })}
        </FieldRow>
      </Stack>
    </Paper>
  );
}

/** Sectors of wind directions, which may enclose north */
function Sectors({
  sectors,
  isRequired,
  onChange,
}: {
  readonly sectors: readonly Sector[];
  readonly isRequired: boolean;
  readonly onChange: (sectors: readonly Sector[]) => void;
}) {
  const t = useTranslations('curtailment');
  return (
    <Stack gap="xs">
      {sectors.map((sector, k) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sector is its place in the list
        <Group key={k} align="end">
          {([0, 1] as const).map((end) => (
            <NumberInput
              key={end}
              label={t(end === 0 ? 'sectorFrom' : 'sectorTo', { n: k + 1 })}
              value={sector[end]}
              onChange={(value) => onChange(sectors.with(k, end === 0 ? [value, sector[1]] : [sector[0], value]))}
              min={0}
              max={360}
              suffix=" °"
              required
              w={160}
            />
          ))}
          <Button variant="subtle" onClick={() => onChange(sectors.toSpliced(k, 1))} disabled={isRequired && k === 0}>
            {t('removeSector', { n: k + 1 })}
          </Button>
        </Group>
      ))}
      <Button variant="subtle" size="compact-sm" w="fit-content" onClick={() => onChange([...sectors, ['', '']])}>
        {t('addSector')}
      </Button>
    </Stack>
  );
}

function Mode({
  title,
  mode,
  onChange,
  onRemove,
}: PartProps & { readonly mode: ModeDraft; readonly onChange: (part: Partial<ModeDraft>) => void }) {
  const t = useTranslations('curtailment');
  const library = useTranslations('library');
  const term = useTerm();
  return (
    <Paper withBorder p="sm" component="section" aria-label={title}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Title order={3} size="h6">
            {title}
          </Title>
          <Button variant="default" size="compact-sm" onClick={onRemove}>
            {t('remove')}
          </Button>
        </Group>
        <TextInput
          label={<FieldLabel label={t('modeName')} of="TurbineMode.name" />}
          aria-label={t('modeName')}
          value={mode.name}
          onChange={({ currentTarget: { value } }) => onChange({ name: value })}
          required
          maxLength={100}
        />
        <Textarea
          label={library('curve')}
          description={library('curveHint')}
          value={mode.curve}
          onChange={({ currentTarget: { value } }) => onChange({ curve: value })}
          autosize
          minRows={3}
          maxRows={10}
          required
        />
        <FieldRow>
          <Select
            label={<FieldLabel label={t('thrust')} of="TurbineMode.generic_thrust" />}
            aria-label={t('thrust')}
            value={mode.thrust}
            onChange={(thrust) => onChange({ thrust: thrust as ModeDraft['thrust'] })}
            data={(['frohboese_schmuck', 'momentum'] as const).map((value) => ({ value, label: term(value) }))}
            placeholder={t('ofCurve')}
            clearable
          />
          <NumberField
            label={t('density')}
            of="TurbineMode.air_density_kg_m3"
            value={mode.density}
            onChange={(density) => onChange({ density })}
            unit="kg/m³"
            step={0.01}
          />
        </FieldRow>
      </Stack>
    </Paper>
  );
}
