/** Numbers with units, in the language of the page. */
import { useMemo } from 'react';
import { useFormatter } from 'use-intl';

const ENERGY = ['kWh', 'MWh', 'GWh', 'TWh'] as const;
const POWER = ['kW', 'MW', 'GW'] as const;

type Format = ReturnType<typeof useFormatter>;

function numbersOf(format: Format) {
  const number = (value: number, digits = 0): string =>
    format.number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const significant = (value: number, digits = 4): string => format.number(value, { maximumSignificantDigits: digits });
  const scaled = (value: number, units: readonly string[]): string => {
    const power = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log10(Math.max(Math.abs(value), 1)) / 3)));
    return `${significant(value / 1000 ** power)} ${units[power]}`;
  };
  return {
    number,
    significant,
    energy: (kwh: number): string => scaled(kwh, ENERGY),
    power: (kw: number): string => scaled(kw, POWER),
    percent: (value: number, digits = 1): string => `${number(value, digits)} %`,
    time: (instant: string): string => format.dateTime(new Date(instant), { dateStyle: 'medium', timeStyle: 'short' }),
    duration: (seconds: number): string => {
      const [minutes, rest] = [Math.floor(seconds / 60), Math.round(seconds % 60)];
      return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
    },
    /** Short names of the months, January first */
    months: Array.from({ length: 12 }, (_, month) =>
      format.dateTime(new Date(Date.UTC(2023, month, 15)), { month: 'short', timeZone: 'UTC' }),
    ),
  };
}
export type Numbers = ReturnType<typeof numbersOf>;

/** The same object as long as the language is the same */
export function useNumbers(): Numbers {
  const format = useFormatter();
  return useMemo(() => numbersOf(format), [format]);
}
