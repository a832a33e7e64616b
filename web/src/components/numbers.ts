/** Numbers with units, in the language of the page. */
import { useMemo } from 'react';
import { useFormatter } from 'use-intl';
import { toUnit, type UnitSystem, unitIn } from '../../../src/lib/units.ts';
import { useUnits } from '../settings.tsx';

const ENERGY = ['kWh', 'MWh', 'GWh', 'TWh'] as const;
const POWER = ['kW', 'MW', 'GW'] as const;

/** Less than this is an error of rounding, in kW and kWh */
const NOTHING = 1e-3;

type Format = ReturnType<typeof useFormatter>;

function numbersOf(format: Format, system: UnitSystem) {
  const number = (value: number, digits = 0): string =>
    format.number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const significant = (value: number, digits = 4): string => format.number(value, { maximumSignificantDigits: digits });
  const scaled = (value: number, units: readonly string[]): string => {
    if (Math.abs(value) < NOTHING) return `0 ${units[0]}`;
    const power = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log10(Math.max(Math.abs(value), 1)) / 3)));
    return `${significant(value / 1000 ** power)} ${units[power]}`;
  };
  const unit = (metric: string): string => unitIn(system, metric).name;
  const inUnit = (value: number, metric: string): number => toUnit(unitIn(system, metric), value);
  return {
    number,
    significant,
    /** The name of the reader's unit in place of a metric one */
    unit,
    /** The number in the reader's unit, for charts and tables whose heads have the unit */
    inUnit,
    /** A metric quantity with the reader's unit */
    quantity: (value: number, metric: string, digits = 0): string =>
      `${number(inUnit(value, metric), digits)} ${unit(metric)}`,
    /** A size whose metric number has few digits, such as a hub height */
    size: (value: number, metric: string): string => `${significant(inUnit(value, metric))} ${unit(metric)}`.trimEnd(),
    energy: (kwh: number): string => scaled(kwh, ENERGY),
    power: (kw: number): string => scaled(kw, POWER),
    percent: (value: number, digits = 1): string => `${number(value, digits)} %`,
    time: (instant: string): string => format.dateTime(new Date(instant), { dateStyle: 'medium', timeStyle: 'short' }),
    duration: (seconds: number): string => {
      const [minutes, rest] = [Math.floor(seconds / 60), Math.round(seconds % 60)];
      return minutes === 0 ? `${rest} s` : rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
    },
    /** Short names of the months, January first */
    months: Array.from({ length: 12 }, (_, month) =>
      format.dateTime(new Date(Date.UTC(2023, month, 15)), { month: 'short', timeZone: 'UTC' }),
    ),
  };
}
export type Numbers = ReturnType<typeof numbersOf>;

/** The same object as long as language and units are the same */
export function useNumbers(): Numbers {
  const format = useFormatter();
  const { units } = useUnits();
  return useMemo(() => numbersOf(format, units), [format, units]);
}
