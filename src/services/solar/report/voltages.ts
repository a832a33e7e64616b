/** The voltages of the strings against the limits of the inverter. */
import type { Block, Table } from '../../../documents/model.ts';
import { curvePoints, diodeParameters } from '../../../solar/power/single-diode.ts';
import { openCircuitV } from '../../../solar/library/component.ts';
import type { VoltageLimits } from '../../../solar/system.ts';
import type { ReportContext } from '../../reports/context.ts';
import { orDash } from '../../reports/context.ts';
import { toSolarSystem } from '../engine-system.ts';
import { MIN_CELL_TEMP_C } from '../system.ts';
import type { SolarJob } from './load.ts';

/** The voltages of the strings of one length [V]; null where the inverter states no limit */
export interface StringVoltages {
  readonly modulesPerString: number;
  readonly coldC: number;
  readonly coldOpenV: number;
  readonly coldMppV: number;
  readonly standardMppV: number;
  /** Hottest cell of the hourly series, while the plant produces [degC]; null without series */
  readonly hotC: number | null;
  readonly hotMppV: number | null;
  readonly maxDcV: number | null;
  readonly mppMinV: number | null;
  readonly mppMaxV: number | null;
}

/** Returns the voltages in full sun for each length of strings; empty where modules have no voltage. */
export function stringVoltages({ system: { system }, hourly }: SolarJob): StringVoltages[] {
  const { module, inverter, subarrays = [] } = toSolarSystem(system);
  if (module.type === 'pvwatts') return [];
  const lengths = [...new Set(subarrays.map((one) => one.modulesPerString ?? module.modulesPerString))];
  const coldC = system.min_cell_temp_c ?? MIN_CELL_TEMP_C;
  let hotC: number | null = null;
  for (const { columns } of hourly)
    for (let i = 0; i < columns.temp_cell_c.length; i++)
      if (columns.dc_kw[i] > 0 && columns.temp_cell_c[i] > (hotC ?? -273)) hotC = columns.temp_cell_c[i];
  const limits: VoltageLimits = inverter.type === 'sandia' || inverter.type === 'curve' ? inverter : {};
  const mppV = (celsius: number): number => curvePoints(diodeParameters(module, 1000, celsius)).vMpV;
  // Modules on their own, and no limit to compare with: nothing to check.
  const hasLimits = (limits.maxDcV ?? limits.mppMinV ?? limits.mppMaxV) !== undefined;
  if (!hasLimits && [module.modulesPerString, ...lengths].every((length) => length === 1)) return [];
  const openV = openCircuitV(module, coldC);
  const [coldV, standardV, hotV] = [coldC, 25, hotC].map((celsius) => (celsius === null ? null : mppV(celsius)));
  return (lengths.length > 0 ? lengths : [module.modulesPerString]).map((modulesPerString) => ({
    modulesPerString,
    coldC,
    coldOpenV: modulesPerString * openV,
    coldMppV: modulesPerString * coldV!,
    standardMppV: modulesPerString * standardV!,
    hotC,
    hotMppV: hotV === null ? null : modulesPerString * hotV,
    maxDcV: limits.maxDcV ?? null,
    mppMinV: limits.mppMinV ?? null,
    mppMaxV: limits.mppMaxV ?? null,
  }));
}

/** Returns the table of the voltages, and what follows from the limits. */
export function voltageBlocks({ text, format }: ReportContext, job: SolarJob): Block[] {
  const all = stringVoltages(job);
  const [first] = all;
  if (!first) return [];
  const volts = (value: number | null): string => orDash(value, (one) => format.unit(format.fixed(one), 'V'));
  const { coldC, hotC, maxDcV, mppMinV, mppMaxV } = first;
  const rows: (readonly [name: string, of: (one: StringVoltages) => string])[] = [
    [text('volts.modules'), ({ modulesPerString }) => format.plain(modulesPerString)],
    [text('volts.cold_open', { cold: format.temperature(coldC) }), ({ coldOpenV }) => volts(coldOpenV)],
    [text('volts.max'), (one) => volts(one.maxDcV)],
    ...(maxDcV === null
      ? []
      : [
          [
            text('volts.margin'),
            ({ coldOpenV }: StringVoltages) => format.percent(100 * (1 - coldOpenV / maxDcV)),
          ] as const,
        ]),
    [text('volts.cold_mpp', { cold: format.temperature(coldC) }), ({ coldMppV }) => volts(coldMppV)],
    [text('volts.standard_mpp'), ({ standardMppV }) => volts(standardMppV)],
    ...(hotC === null
      ? []
      : [
          [
            text('volts.hot_mpp', { hot: format.temperature(hotC) }),
            ({ hotMppV }: StringVoltages) => volts(hotMppV),
          ] as const,
        ]),
    [
      text('volts.window'),
      () => (mppMinV === null && mppMaxV === null ? '\u2013' : `${volts(mppMinV)} \u2026 ${volts(mppMaxV)}`),
    ],
  ];
  const table: Table = {
    type: 'table',
    caption: text('volts.table'),
    pairs: all.length === 1,
    columns: [
      { title: text('table.quantity') },
      ...all.map((_, k) => ({
        title: all.length > 1 ? text('volts.strings', { number: String(k + 1) }) : text('table.value'),
        align: 'right' as const,
      })),
    ],
    rows: rows.map(([name, of]) => [name, ...all.map(of)]),
  };
  const isBelow = all.some(({ hotMppV }) => hotMppV !== null && mppMinV !== null && hotMppV < mppMinV);
  const isAbove = all.some(({ coldMppV }) => mppMaxV !== null && coldMppV > mppMaxV);
  const loss = job.system.waterfall.steps.find(({ name }) => name === 'mpp_window');
  const verdict =
    maxDcV === null && mppMinV === null && mppMaxV === null
      ? text('volts.no_limits')
      : isBelow || isAbove
        ? text('volts.outside', {
            loss: format.percent(Math.max(0, -(100 * (loss?.change_kwh ?? 0)) / job.system.annual_energy_kwh), 2),
          })
        : text('volts.inside');
  return [table, { type: 'note', text: verdict }];
}
