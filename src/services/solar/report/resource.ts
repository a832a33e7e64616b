/** The sun: where the weather data come from, and what they hold by month. */
import { barChart } from '../../../documents/charts/charts.ts';
import type { Block, Figure, Section, Table } from '../../../documents/model.ts';
import { FULL_WIDTH } from '../../../documents/model.ts';
import type { ReportContext } from '../../reports/context.ts';
import { facts, figure, positionOf, weatherFormat, yearsOfWeather } from '../../reports/context.ts';
import type { SolarJob } from './load.ts';
import type { Monthly } from './monthly.ts';
import { sunPathBlocks } from './sun-path.ts';
import { sumOf } from './monthly.ts';

export function resourceSection(context: ReportContext, job: SolarJob, monthly: Monthly | null): Section {
  const { text } = context;
  return {
    title: text('resource.title'),
    blocks: [
      { type: 'paragraph', text: text('resource.solar_intro', { years: yearsOfWeather(context, job.weather.length) }) },
      sourceTable(context, job),
      ...sourcesCompared(context, job),
      ...(monthly ? [irradiationFigure(context, monthly), monthTable(context, monthly)] : []),
      ...sunPathBlocks(context, job),
    ],
  };
}

function sourceTable(context: ReportContext, job: SolarJob): Table {
  const { text, format } = context;
  const { row } = job.weather[0] ?? {};
  const summary = row?.summary;
  const gaps = summary?.gaps;
  return facts(context, text('resource.source'), [
    ...(row
      ? ([
          [
            text('resource.dataset'),
            job.weather.length > 1
              ? text('resource.datasets', { first: row.name, count: String(job.weather.length) })
              : row.name,
          ],
          [text('resource.format'), weatherFormat(row.format)],
          [text('resource.step'), `${row.step_minutes} min`],
          [text('resource.records'), format.fixed(row.row_count)],
          [text('resource.filled'), format.fixed(gaps?.nInterpolatedValues ?? 0)],
          [text('resource.clipped'), format.fixed(gaps?.nClippedNegatives ?? 0)],
          [
            text('resource.position'),
            positionOf(context, {
              name: '',
              latitudeDeg: row.latitude_deg,
              longitudeDeg: row.longitude_deg,
              elevationM: null,
            }),
          ],
        ] as const)
      : [[text('resource.dataset'), text('reproduce.deleted')] as const]),
    ...(summary
      ? ([
          [text('resource.mean_temperature'), format.temperature(summary.temp_air_mean_c)],
          [text('resource.mean_wind'), format.speed.with(summary.wind_speed_mean_m_s)],
        ] as const)
      : []),
  ]);
}

/** Compares the datasets, where a job has several; a deleted one is left out. */
function sourcesCompared({ text, format }: ReportContext, { weather }: SolarJob): Block[] {
  const rows = weather.flatMap(({ row }) => (row ? [row] : []));
  if (rows.length < 2) return [];
  const ghi = rows.map(({ summary }) => summary.ghi_annual_kwh_m2);
  const mean = sumOf(ghi) / ghi.length;
  const kwh = (value: number): string => format.fixed(value);
  return [
    {
      type: 'table',
      caption: text('resource.sources_table'),
      dense: rows.length > 8,
      columns: [
        { title: text('resource.dataset') },
        { title: text('resource.format') },
        { title: text('resource.ghi'), align: 'right' },
        { title: text('energy.to_mean'), align: 'right' },
        { title: text('resource.dni'), align: 'right' },
        { title: text('resource.dhi'), align: 'right' },
        { title: text('resource.mean_temperature'), align: 'right' },
      ],
      rows: rows.map(({ name, format: kind, summary }) => [
        name,
        weatherFormat(kind),
        kwh(summary.ghi_annual_kwh_m2),
        format.change(100 * (summary.ghi_annual_kwh_m2 / mean - 1), 1),
        kwh(summary.dni_annual_kwh_m2),
        kwh(summary.dhi_annual_kwh_m2),
        format.temperature(summary.temp_air_mean_c),
      ]),
    },
    {
      type: 'note',
      text: text('resource.sources_note', {
        spread: format.percent((100 * (Math.max(...ghi) - Math.min(...ghi))) / mean),
      }),
    },
  ];
}

function irradiationFigure({ text, format }: ReportContext, monthly: Monthly): Figure {
  return figure(
    text('resource.chart_caption'),
    text('resource.chart_alt', { ghi: format.fixed(sumOf(monthly.ghi)), poa: format.fixed(sumOf(monthly.poa)) }),
    barChart({
      width: FULL_WIDTH,
      height: 185,
      categories: format.months,
      series: [
        { name: text('resource.ghi'), values: monthly.ghi },
        { name: text('resource.dni'), values: monthly.dni },
        { name: text('resource.dhi'), values: monthly.dhi },
        { name: text('resource.poa'), values: monthly.poa },
      ],
      title: text('axis.irradiation'),
      format: format.tick,
    }),
  );
}

function monthTable({ text, format }: ReportContext, monthly: Monthly): Table {
  const kwh = (value: number): string => format.fixed(value, 1);
  return {
    type: 'table',
    caption: text('resource.table'),
    columns: [
      { title: text('table.month') },
      ...(['ghi', 'dni', 'dhi', 'poa'] as const).map((name) => ({
        title: text(`resource.${name}`),
        align: 'right' as const,
      })),
      { title: text('resource.temperature', { unit: format.isImperial ? '\u00b0F' : '\u00b0C' }), align: 'right' },
    ],
    rows: [
      ...format.months.map((month, m) => [
        month,
        kwh(monthly.ghi[m]),
        kwh(monthly.dni[m]),
        kwh(monthly.dhi[m]),
        kwh(monthly.poa[m]),
        format.temperature(monthly.tempC[m]).replace(/\u00a0.*/, ''),
      ]),
      [
        text('table.year'),
        ...[monthly.ghi, monthly.dni, monthly.dhi, monthly.poa].map((values) => format.fixed(sumOf(values))),
        format.temperature(sumOf(monthly.tempC) / 12).replace(/\u00a0.*/, ''),
      ],
    ],
    strong: [12],
  };
}
