/** Energy by month, by hour and by year of weather. */
import { monthHourChart } from '../../../documents/charts/charts.ts';
import type { Figure, Section, Table } from '../../../documents/model.ts';
import { FULL_WIDTH } from '../../../documents/model.ts';
import type { ReportContext } from '../../reports/context.ts';
import { figure, monthFigure } from '../../reports/context.ts';
import type { SolarJob } from './load.ts';
import type { Monthly } from './monthly.ts';
import { sumOf } from './monthly.ts';
import { acCapacityKw } from './plant.ts';

export function energySection(context: ReportContext, job: SolarJob, monthly: Monthly | null): Section {
  const { text, format } = context;
  const { system } = job;
  return {
    title: text('energy.title'),
    blocks: [
      {
        type: 'paragraph',
        text: text('energy.solar_intro', {
          energy: format.energy(system.annual_energy_kwh, text('unit.per_year')).with(system.annual_energy_kwh),
          hours: format.fixed(system.annual_energy_kwh / acCapacityKw(job)),
        }),
      },
      ...(monthly ? [monthFigure(context, system.monthly_energy_kwh), hourFigure(context, monthly)] : []),
      ...(monthly
        ? [mainTable(context, job, monthly), normalisedTable(context, job, monthly)]
        : [monthTable(context, job)]),
      ...(system.yearly_energy_kwh.length > 1 ? [yearTable(context, job)] : []),
    ],
  };
}

/** Draws the mean power by month and hour. */
function hourFigure({ text, format }: ReportContext, monthly: Monthly): Figure {
  const power = format.power(Math.max(...monthly.byHourKw.flat()));
  return figure(
    text('energy.hour_caption'),
    text('energy.hour_alt', { most: power.with(Math.max(...monthly.byHourKw.flat())) }),
    monthHourChart({
      width: FULL_WIDTH,
      height: 152,
      months: format.months,
      values: monthly.byHourKw.map((row) => row.map(power.value)),
      xTitle: text('axis.hour'),
      title: text('axis.mean_power', { unit: power.unit }),
      format: (value) => format.digits(value),
    }),
  );
}

/** Hours of a month of a common year */
const hoursOf = (month: number): number => 24 * new Date(Date.UTC(2023, month + 1, 0)).getUTCDate();
const right = (title: string): Table['columns'][number] => ({ title, align: 'right' });

/** Returns the months in PVsyst's quantities and names. @see PVsyst 7 help, "Simulation variables: Grid system" */
function mainTable({ text, format }: ReportContext, { system }: SolarJob, monthly: Monthly): Table {
  const { ghi, dhi, tempC, poa, effective, arrayKwh } = monthly;
  const array = format.energy(system.annual_energy_kwh / 12);
  const dc = system.system.dc_capacity_kw;
  const air = (celsius: number): string => format.temperature(celsius).replace(/\u00a0.*/, '');
  const row = (name: string, plane: readonly number[], celsius: number, dcKwh: number, kwh: number, pr: number) => {
    const [horizontal, diffuse, inPlane, ...behind] = plane.map((value) => format.fixed(value, 1));
    return [
      name,
      horizontal,
      diffuse,
      air(celsius),
      inPlane,
      ...behind,
      array.of(dcKwh),
      array.of(kwh),
      format.percent(pr),
    ];
  };
  return {
    type: 'table',
    caption: text('energy.main_table', { unit: array.unit, air: format.isImperial ? '\u00b0F' : '\u00b0C' }),
    dense: true,
    columns: [
      { title: text('table.month') },
      ...['GlobHor', 'DiffHor', 'T_Amb', 'GlobInc', ...(effective ? ['GlobEff'] : []), 'EArray', 'E_Grid', 'PR'].map(
        right,
      ),
    ],
    rows: [
      ...format.months.map((month, m) => {
        const kwh = system.monthly_energy_kwh[m];
        const plane = [ghi[m], dhi[m], poa[m], ...(effective ? [effective[m]] : [])];
        return row(month, plane, tempC[m], arrayKwh[m], kwh, (100 * kwh) / dc / poa[m]);
      }),
      row(
        text('table.year'),
        [ghi, dhi, poa, ...(effective ? [effective] : [])].map(sumOf),
        sumOf(tempC) / 12,
        system.annual_dc_energy_kwh,
        system.annual_energy_kwh,
        100 * system.performance_ratio,
      ),
    ],
    strong: [12],
  };
}

/** Returns yields and losses of each month for a kW of DC power, by IEC 61724-1 [kWh/kWp a day] */
function normalisedTable({ text, format }: ReportContext, { system }: SolarJob, monthly: Monthly): Table {
  const dc = system.system.dc_capacity_kw;
  const row = (name: string, hours: number, poa: number, dcKwh: number, kwh: number, factorPct: number) => {
    const [reference, array, final] = [poa, dcKwh / dc, kwh / dc].map((value) => (24 * value) / hours);
    return [
      name,
      ...[reference, array, final, reference - array, array - final].map((value) => format.fixed(value, 2)),
      format.percent(factorPct),
    ];
  };
  return {
    type: 'table',
    caption: text('energy.normalised_table'),
    dense: true,
    columns: [
      { title: text('table.month') },
      ...['Yr', 'Ya', 'Yf', 'Lc', 'Ls', text('energy.capacity_factor')].map(right),
    ],
    rows: [
      ...format.months.map((month, m) => {
        const kwh = system.monthly_energy_kwh[m];
        return row(month, hoursOf(m), monthly.poa[m], monthly.arrayKwh[m], kwh, (100 * kwh) / dc / hoursOf(m));
      }),
      row(
        text('table.year'),
        8760,
        system.poa_unshaded_annual_kwh_m2,
        system.annual_dc_energy_kwh,
        system.annual_energy_kwh,
        system.capacity_factor_dc_pct,
      ),
    ],
    strong: [12],
  };
}

/** Returns the months of a plant without series. */
function monthTable({ text, format }: ReportContext, { system }: SolarJob): Table {
  const energy = format.energy(system.annual_energy_kwh / 12);
  const dc = system.system.dc_capacity_kw;
  return {
    type: 'table',
    caption: text('energy.table'),
    columns: [
      { title: text('table.month') },
      right(text('variants.energy', { unit: energy.unit })),
      right(text('variants.yield')),
      right(text('energy.capacity_factor')),
    ],
    rows: [
      ...format.months.map((month, m) => {
        const kwh = system.monthly_energy_kwh[m];
        return [month, energy.of(kwh), format.fixed(kwh / dc, 1), format.percent((100 * kwh) / dc / hoursOf(m))];
      }),
      [
        text('table.year'),
        energy.of(system.annual_energy_kwh),
        format.fixed(system.specific_yield_kwh_per_kw),
        format.percent(system.capacity_factor_dc_pct),
      ],
    ],
    strong: [12],
  };
}

/** Compares each year of weather with the mean of all years. */
function yearTable({ text, format }: ReportContext, job: SolarJob): Table {
  const { system } = job;
  const years = format.energy(system.annual_energy_kwh);
  return {
    type: 'table',
    caption: text('energy.years'),
    columns: [
      { title: text('energy.weather_year') },
      { title: text('variants.energy', { unit: years.unit }), align: 'right' },
      { title: text('energy.to_mean'), align: 'right' },
    ],
    rows: system.yearly_energy_kwh.map((kwh, year) => [
      job.weather[year].row?.name ?? job.weather[year].id,
      years.of(kwh),
      format.percent(100 * (kwh / system.annual_energy_kwh - 1)),
    ]),
  };
}
