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
      monthTable(context, job, monthly),
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

function monthTable({ text, format }: ReportContext, { system }: SolarJob, monthly: Monthly | null): Table {
  const energy = format.energy(system.annual_energy_kwh / 12);
  const dc = system.system.dc_capacity_kw;
  const hours = (month: number): number => 24 * new Date(Date.UTC(2023, month + 1, 0)).getUTCDate();
  return {
    type: 'table',
    caption: text('energy.table'),
    columns: [
      { title: text('table.month') },
      ...(monthly ? [{ title: text('energy.poa_column'), align: 'right' as const }] : []),
      { title: text('variants.energy', { unit: energy.unit }), align: 'right' },
      { title: text('variants.yield'), align: 'right' },
      ...(monthly ? [{ title: text('figure.performance_ratio'), align: 'right' as const }] : []),
      { title: text('energy.capacity_factor'), align: 'right' },
    ],
    rows: [
      ...format.months.map((month, m) => {
        const kwh = system.monthly_energy_kwh[m];
        return [
          month,
          ...(monthly ? [format.fixed(monthly.poa[m], 1)] : []),
          energy.of(kwh),
          format.fixed(kwh / dc, 1),
          ...(monthly ? [monthly.poa[m] > 0 ? format.percent((100 * kwh) / dc / monthly.poa[m]) : '\u2013'] : []),
          format.percent((100 * kwh) / dc / hours(m)),
        ];
      }),
      [
        text('table.year'),
        ...(monthly ? [format.fixed(sumOf(monthly.poa))] : []),
        energy.of(system.annual_energy_kwh),
        format.fixed(system.specific_yield_kwh_per_kw),
        ...(monthly ? [format.percent(100 * system.performance_ratio)] : []),
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
