/** The report of a photovoltaic plant. */
import { camelKeys } from '../../../lib/case.ts';
import { barChart, lineChart, monthHourChart, scatterChart } from '../../../documents/charts/charts.ts';
import type { Block, DataSheet, KeyFigure, Section } from '../../../documents/model.ts';
import { FULL_WIDTH, HALF_WIDTH } from '../../../documents/model.ts';
import type { ProjectInput } from '../../../finance/project.ts';
import { plantProject } from '../../economics/project.ts';
import { bankableSections, summarySections } from '../../reports/bankable.ts';
import { shownName } from '../../../series/columns.ts';
import { acRatingKw } from '../../../solar/system.ts';
import { toSolarSystem } from '../system.ts';
import { economicsFigures } from '../../reports/economics.ts';
import type { Place, Series } from '../../reports/report-job.ts';
import type { SolarDesignView, SolarJob } from './load.ts';
import { solarReferences } from './references.ts';
import { term } from '../../reports/text/text.ts';
import type { Exceedance, LossBlocks, ReportContext } from '../../reports/context.ts';
import {
  facts,
  figure,
  listedLevels,
  lossBlocks,
  monthFigure,
  p90Of,
  placeBySite,
  placeOfWeather,
  positionOf,
  weatherFormat,
  yearsOfWeather,
} from '../../reports/context.ts';

export const placeOf = ({ site, weather: [first] }: SolarJob, fallback: string): Place | null =>
  placeBySite(site, first && placeOfWeather(stationOf(first.row?.name ?? '') || fallback, first));

/** A file's name without its ending. */
const stationOf = (name: string): string => name.replace(/(\.(csv|gz|epw|json|tm2|tmy3|txt))+$/i, '');

const acCapacityKw = ({ system: { system } }: SolarJob): number => acRatingKw(toSolarSystem(system));

/** The plant as a project: from the search, or with the economics of the report's request. */
export function solarProject(job: SolarJob, { request }: ReportContext): ProjectInput | null {
  if (job.design && !request.economics) {
    const { assumptions, best } = job.design;
    const { costs, ...terms } = assumptions.economics;
    const isTracker = job.system.system.mounting.type === 'one_axis';
    return {
      ...(camelKeys(terms) as ProjectInput),
      annualEnergyKwh: best.annual_energy_kwh,
      capitalCost: best.economics.capital_cost,
      operatingCostPerYear:
        job.system.system.dc_capacity_kw *
        (costs.operation_per_kw_dc_year + (isTracker ? costs.tracker_operation_per_kw_dc_year : 0)),
    };
  }
  if (!request.economics) return null;
  const ratedKw = job.system.system.dc_capacity_kw;
  const capitalCost = ratedKw * request.economics.costs.per_kw;
  return plantProject(request.economics, { ratedKw, capitalCost, netKwh: job.system.annual_energy_kwh, cableM: 0 });
}

function solarFigures(job: SolarJob, { text, format }: ReportContext): KeyFigure[] {
  const { system } = job;
  const dc = format.power(system.system.dc_capacity_kw);
  const ac = format.power(acCapacityKw(job));
  const energy = format.energy(system.annual_energy_kwh, text('unit.per_year'));
  return [
    { label: text('figure.dc_capacity'), value: dc.of(system.system.dc_capacity_kw), unit: `${dc.unit} DC` },
    { label: text('figure.ac_capacity'), value: ac.of(acCapacityKw(job)), unit: `${ac.unit} AC` },
    { label: text('figure.p50'), value: energy.of(system.annual_energy_kwh), unit: energy.unit },
    {
      label: text('figure.p90'),
      value: energy.of(p90Of(system.exceedance.one_year, system.annual_energy_kwh)),
      unit: energy.unit,
    },
    { label: text('figure.specific_yield'), value: format.fixed(system.specific_yield_kwh_per_kw), unit: 'kWh/kWp' },
    { label: text('figure.performance_ratio'), value: format.fixed(100 * system.performance_ratio, 1), unit: '%' },
    {
      label: text('figure.capacity_factor_dc_ac'),
      value: `${format.fixed(system.capacity_factor_dc_pct, 1)} / ${format.fixed(system.capacity_factor_ac_pct, 1)}`,
      unit: '%',
    },
    { label: text('figure.poa'), value: format.fixed(system.poa_annual_kwh_m2), unit: 'kWh/m\u00b2' },
  ];
}

export function mountingOf({ text, format }: ReportContext, { system: { system } }: SolarJob): string {
  const { mounting } = system;
  const deg = (value: number): string => `${format.plain(Math.round(value * 10) / 10)}\u00b0`;
  switch (mounting.type) {
    case 'fixed':
    case 'roof':
      return text(mounting.type === 'fixed' ? 'mounting.fixed' : 'mounting.roof', {
        tilt: deg(mounting.tilt_deg),
        azimuth: deg(mounting.azimuth_deg),
      });
    case 'one_axis':
      return text('mounting.one_axis', { max: deg(mounting.max_angle_deg), azimuth: deg(mounting.axis_azimuth_deg) });
    case 'two_axis':
      return text('mounting.two_axis', { max: deg(mounting.max_tilt_deg) });
  }
}

// Monthly figures -----------------------------------------------------------------------------------------------------

export interface Monthly {
  readonly ghi: number[];
  readonly dni: number[];
  readonly dhi: number[];
  readonly poa: number[];
  readonly energyKwh: number[];
  readonly tempC: number[];
  /** [12][24] mean AC power by local standard time [kW] */
  readonly byHourKw: number[][];
}

/** Means over the years of what the hourly series hold; months by local standard time. */
function monthlyOf(hourly: readonly Series[]): Monthly | null {
  if (hourly.length === 0) return null;
  const zeros = (): number[] => new Array(12).fill(0);
  const [ghi, dni, dhi, poa, energyKwh, tempC, counts] = Array.from({ length: 7 }, zeros);
  const byHourKw = Array.from({ length: 12 }, () => new Array<number>(24).fill(0));
  const hourCounts = Array.from({ length: 12 }, () => new Array<number>(24).fill(0));
  for (const { columns, meta } of hourly) {
    const { step_minutes: stepMinutes = 60, utc_offset_h: offsetH = 0 } = meta as {
      step_minutes?: number;
      utc_offset_h?: number;
    };
    const hours = stepMinutes / 60;
    const { time_ms: time } = columns;
    for (let i = 0; i < time.length; i++) {
      const local = new Date(time[i] + offsetH * 3.6e6);
      const month = local.getUTCMonth();
      const hour = local.getUTCHours();
      ghi[month] += (columns.ghi_w_m2[i] * hours) / 1000;
      dni[month] += (columns.dni_w_m2[i] * hours) / 1000;
      dhi[month] += (columns.dhi_w_m2[i] * hours) / 1000;
      poa[month] += (columns.poa_w_m2[i] * hours) / 1000;
      energyKwh[month] += columns.ac_kw[i] * hours;
      tempC[month] += columns.temp_air_c[i];
      counts[month]++;
      byHourKw[month][hour] += columns.ac_kw[i];
      hourCounts[month][hour]++;
    }
  }
  const years = hourly.length;
  const perYear = (values: number[]): number[] => values.map((value) => value / years);
  return {
    ghi: perYear(ghi),
    dni: perYear(dni),
    dhi: perYear(dhi),
    poa: perYear(poa),
    energyKwh: perYear(energyKwh),
    tempC: tempC.map((value, month) => value / Math.max(counts[month], 1)),
    byHourKw: byHourKw.map((row, month) => row.map((value, hour) => value / Math.max(hourCounts[month][hour], 1))),
  };
}

// Sections ------------------------------------------------------------------------------------------------------------

const sumOf = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export function solarSummarySections(context: ReportContext, job: SolarJob): Section[] {
  const project = solarProject(job, context);
  return summarySections(context, {
    summary: summaryText(context, job),
    figures: [...solarFigures(job, context), ...(project ? economicsFigures(context, project) : [])],
    more: [
      ...(job.hourly.length > 0 ? [monthFigure(context, job.system.monthly_energy_kwh)] : []),
      facts(context, context.text('design.table'), designRows(context, job).slice(0, 10)),
    ],
    losses: solarLosses(context, job).figure,
    exceedance: solarExceedance(context, job),
  });
}

const summaryText = (context: ReportContext, job: SolarJob): string => {
  const { text, format } = context;
  const { system, weather } = job;
  const energy = format.energy(system.annual_energy_kwh, text('unit.per_year'));
  const { annual_energy_kwh: meanKwh } = system;
  const { one_year, ten_years } = system.exceedance;
  return text('summary.solar', {
    dc: format.power(system.system.dc_capacity_kw).with(system.system.dc_capacity_kw),
    energy: energy.with(meanKwh),
    p90: energy.with(p90Of(one_year, meanKwh)),
    p90_ten: energy.with(p90Of(ten_years, meanKwh)),
    yield: format.fixed(system.specific_yield_kwh_per_kw),
    pr: format.percent(100 * system.performance_ratio),
    years: yearsOfWeather(context, weather.length),
    uncertainty: format.percent(job.system.exceedance.uncertainty_pct),
  });
};

export const solarExceedance = ({ text }: ReportContext, job: SolarJob): Exceedance => {
  const { annual_energy_kwh: meanKwh, exceedance } = job.system;
  const { one_year, ten_years, empirical } = exceedance;
  return {
    p50Kwh: meanKwh,
    uncertaintyPct: exceedance.uncertainty_pct,
    interannualPct: exceedance.interannual_pct,
    components: job.uncertaintyPct,
    levels: [
      { key: 'one_year', name: text('uncertainty.any_year'), kwh: listedLevels(one_year, meanKwh) },
      { key: 'ten_years', name: text('uncertainty.ten_year_mean'), kwh: listedLevels(ten_years, meanKwh) },
      ...(empirical
        ? [
            {
              key: 'empirical',
              name: text('uncertainty.of_years', { years: String(job.weather.length) }),
              kwh: listedLevels(empirical, meanKwh),
            },
          ]
        : []),
    ],
  };
};

/** @param search a design search that goes with the analysis */
export function solarSections(context: ReportContext, job: SolarJob, search: SolarJob | null): Section[] {
  const { text } = context;
  const project = solarProject(job, context);
  const design = job.design ? job : search?.design ? search : null;
  // Economics of the job that the report is about, or of the best design of the additional search.
  const economics = project
    ? { job, input: project }
    : design && { job: design, input: solarProject(design, context)! };
  const isOfSearch = economics?.job.design && !context.request.economics;
  const monthly = monthlyOf(job.hourly);
  const time = text('site.utc_offset', { offset: `UTC${offsetText(job.weather[0]?.row?.utc_offset_h ?? 0)}` });
  return bankableSections(context, {
    summary: summaryText(context, job),
    figures: [...solarFigures(job, context), ...(project ? economicsFigures(context, project) : [])],
    findings: findings(context, job),
    place: placeOf(job, text('site.default_name')),
    siteSentences: [time],
    chapters: [
      resourceSection(context, job, monthly),
      designSection(context, job),
      ...(job.systems.length > 1 ? [variantsSection(context, job)] : []),
      energySection(context, job, monthly),
      lossSection(context, job),
    ],
    exceedance: solarExceedance(context, job),
    search: design && searchSection(context, design),
    project: economics && {
      input: economics.input,
      exceedance: solarExceedance(context, economics.job),
      title: text(isOfSearch ? 'economics.of_search' : 'economics.title'),
    },
    methods: ['method.solar', 'method.solar_losses'],
    references: [job, ...(search ? [search] : [])].flatMap(solarReferences),
    limits: ['limits.weather', 'limits.models'],
    inputs: [
      { name: text('assumptions.system'), input: job.system.system },
      { name: text('assumptions.models'), input: withoutSystem(job.job.input) },
    ],
    jobs: [job, ...(search ? [search] : [])],
    notes: job.isRecomputed ? [text('reproduce.recomputed')] : [],
  });
}

const withoutSystem = (input: Record<string, unknown>): object => {
  const { systems: _, system: _system, modules: _modules, inverters: _inverters, ...rest } = input;
  return rest;
};

const offsetText = (hours: number): string => `${hours < 0 ? '\u2212' : '+'}${Math.abs(hours)}`;

function findings({ text, format }: ReportContext, job: SolarJob): string[] {
  const { start_kwh, steps } = job.system.waterfall;
  const largest = steps
    .map(({ name, change_kwh }, k) => ({ name, change_kwh, before: k === 0 ? start_kwh : steps[k - 1].remaining_kwh }))
    .filter(({ change_kwh }) => change_kwh < 0)
    .sort((a, b) => a.change_kwh - b.change_kwh)
    .slice(0, 3);
  const { annual_energy_kwh: meanKwh, exceedance } = job.system;
  const sources = Object.entries(job.uncertaintyPct).sort(([, a], [, b]) => b - a);
  return [
    text('finding.losses', {
      list: format.list(
        largest.map(
          ({ name, change_kwh, before }) => `${term(text, name)} (${format.percent((100 * change_kwh) / before)})`,
        ),
      ),
    }),
    ...(sources.length > 0
      ? [text('finding.uncertainty', { source: term(text, sources[0][0]), percent: format.percent(sources[0][1]) })]
      : []),
    text('finding.p90', { percent: format.percent((100 * p90Of(exceedance.one_year, meanKwh)) / meanKwh) }),
  ];
}

function resourceSection(context: ReportContext, job: SolarJob, monthly: Monthly | null): Section {
  const { text, format } = context;
  const { row } = job.weather[0] ?? {};
  const summary = row?.summary as Record<string, number> | undefined;
  const gaps = (row?.summary as { gaps?: Record<string, unknown> } | undefined)?.gaps;
  const filled = gaps
    ? Object.values(gaps).reduce<number>((total, value) => total + (typeof value === 'number' ? value : 0), 0)
    : 0;
  const blocks: Block[] = [
    { type: 'paragraph', text: text('resource.solar_intro', { years: yearsOfWeather(context, job.weather.length) }) },
    facts(context, text('resource.source'), [
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
            [text('resource.filled'), format.fixed(filled)],
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
    ]),
  ];
  if (monthly) {
    const kwh = (value: number): string => format.fixed(value, 1);
    blocks.push(
      figure(
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
      ),
      {
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
      },
    );
  }
  return { title: text('resource.title'), blocks };
}

function designRows(context: ReportContext, job: SolarJob): [string, string][] {
  const { text, format } = context;
  const { system } = job.system;
  const { mounting, module, inverter } = system;
  const name = (part: { type: string; name?: string }): string => part.name ?? term(text, part.type);
  const gcr = mounting.type === 'one_axis' ? mounting.gcr : system.rows?.gcr;
  return [
    [text('design.dc'), format.power(system.dc_capacity_kw).with(system.dc_capacity_kw)],
    [text('design.ac'), format.power(acCapacityKw(job)).with(acCapacityKw(job))],
    [text('design.ratio'), format.fixed(system.dc_capacity_kw / acCapacityKw(job), 2)],
    [text('design.mounting'), mountingOf(context, job)],
    ...(gcr === undefined ? [] : [[text('design.gcr'), format.fixed(gcr, 2)] as [string, string]]),
    [text('design.module'), name(module as { type: string; name?: string })],
    ...('modules_per_string' in module && module.modules_per_string
      ? [
          (module.modules_per_string === 1
            ? [text('design.modules'), format.fixed(module.strings ?? 0)]
            : [
                text('design.strings'),
                `${format.digits(module.strings ?? 0, 1)} \u00d7 ${format.digits(module.modules_per_string, 1)}`,
              ]) as [string, string],
        ]
      : []),
    [text('design.inverter'), name(inverter as { type: string; name?: string })],
    ...('count' in inverter && inverter.count
      ? [[text('design.inverters'), format.plain(inverter.count)] as [string, string]]
      : []),
    [text('design.temperature_coefficient'), format.unit(format.fixed(100 * system.gamma_per_k, 2), '%/K')],
    [text('design.albedo'), format.fixed(system.albedo, 2)],
    ...(system.bifacial
      ? [[text('design.bifaciality'), format.percent(100 * system.bifacial.bifaciality, 0)] as [string, string]]
      : []),
    ...(system.export_limit_kw === undefined
      ? []
      : [
          [text('design.export_limit'), format.power(system.export_limit_kw).with(system.export_limit_kw)] as [
            string,
            string,
          ],
        ]),
    ...(system.degradation
      ? [
          [
            text('design.degradation'),
            text('design.degradation_value', {
              percent: format.percent(system.degradation.pct_per_year, 2),
              year: format.plain(system.degradation.year),
            }),
          ] as [string, string],
        ]
      : []),
    ...(system.availability_pct === undefined
      ? []
      : [[text('design.availability'), format.percent(system.availability_pct)] as [string, string]]),
  ];
}

function designSection(context: ReportContext, job: SolarJob): Section {
  const { text, format } = context;
  const { system } = job.system;
  const { decomposition = 'weather' } = job.job.input as { decomposition?: string };
  return {
    title: text('design.title'),
    blocks: [
      { type: 'paragraph', text: text('design.intro') },
      facts(context, text('design.table'), designRows(context, job)),
      facts(context, text('design.models'), [
        [text('model.decomposition'), term(text, decomposition)],
        [text('model.transposition'), term(text, system.transposition)],
        [text('model.iam'), term(text, system.iam.type)],
        [text('model.spectral'), term(text, system.spectral.type)],
        [text('model.temperature'), term(text, system.temperature.type)],
        [text('model.module'), term(text, system.module.type)],
        [text('model.inverter'), term(text, system.inverter.type)],
        [text('model.rows'), system.rows ? term(text, system.rows.model) : text('economics.none')],
        [
          text('model.soiling'),
          system.soiling ? term(text, system.soiling.type) : format.percent(system.losses_pct.soiling),
        ],
        [text('model.snow'), system.snow ? term(text, system.snow.type) : format.percent(system.losses_pct.snow)],
      ]),
    ],
  };
}

function variantsSection({ text, format }: ReportContext, job: SolarJob): Section {
  const shown = [...job.systems].sort((a, b) => b.specific_yield_kwh_per_kw - a.specific_yield_kwh_per_kw).slice(0, 12);
  const energy = format.energy(
    Math.max(...shown.map(({ annual_energy_kwh }) => annual_energy_kwh)),
    text('unit.per_year'),
  );
  return {
    title: text('variants.title'),
    blocks: [
      {
        type: 'paragraph',
        text: text('variants.intro', { count: String(job.systems.length), chosen: String(job.system.index + 1) }),
      },
      {
        type: 'table',
        caption: text('variants.table'),
        columns: [
          { title: text('variants.system') },
          { title: text('design.dc'), align: 'right' },
          { title: text('variants.energy', { unit: energy.unit }), align: 'right' },
          { title: text('variants.yield'), align: 'right' },
          { title: text('figure.performance_ratio'), align: 'right' },
        ],
        rows: shown.map((one) => [
          `${one.index + 1}${one.system.name ? `: ${one.system.name}` : ''}`,
          format.power(one.system.dc_capacity_kw).with(one.system.dc_capacity_kw),
          energy.of(one.annual_energy_kwh),
          format.fixed(one.specific_yield_kwh_per_kw),
          format.percent(100 * one.performance_ratio),
        ]),
        strong: [shown.findIndex(({ index }) => index === job.system.index)].filter((k) => k >= 0),
      },
    ],
  };
}

function energySection(context: ReportContext, job: SolarJob, monthly: Monthly | null): Section {
  const { text, format } = context;
  const { system } = job;
  const energy = format.energy(system.annual_energy_kwh / 12);
  const dc = system.system.dc_capacity_kw;
  const hours = (month: number): number => 24 * new Date(Date.UTC(2023, month + 1, 0)).getUTCDate();
  const blocks: Block[] = [
    {
      type: 'paragraph',
      text: text('energy.solar_intro', {
        energy: format.energy(system.annual_energy_kwh, text('unit.per_year')).with(system.annual_energy_kwh),
        hours: format.fixed(system.annual_energy_kwh / acCapacityKw(job)),
      }),
    },
  ];
  if (monthly) {
    blocks.push(monthFigure(context, job.system.monthly_energy_kwh));
    const power = format.power(Math.max(...monthly.byHourKw.flat()));
    blocks.push(
      figure(
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
      ),
    );
  }
  blocks.push({
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
  });
  if (system.years.length > 1) {
    const years = format.energy(system.annual_energy_kwh);
    blocks.push({
      type: 'table',
      caption: text('energy.years'),
      columns: [
        { title: text('energy.weather_year') },
        { title: text('variants.energy', { unit: years.unit }), align: 'right' },
        { title: text('energy.to_mean'), align: 'right' },
      ],
      rows: system.years.map(({ weather_id, annual_energy_kwh }) => [
        job.weather.find(({ id }) => id === weather_id)?.row?.name ?? weather_id,
        years.of(annual_energy_kwh),
        format.percent(100 * (annual_energy_kwh / system.annual_energy_kwh - 1)),
      ]),
    });
  }
  return { title: text('energy.title'), blocks };
}

function lossSection(context: ReportContext, job: SolarJob): Section {
  const { text } = context;
  const losses = solarLosses(context, job);
  return {
    title: text('loss.title'),
    blocks: [{ type: 'paragraph', text: text('loss.solar_intro') }, losses.figure, losses.table],
  };
}

/** The chain from irradiation to energy at the meter. */
function solarLosses(context: ReportContext, { system }: SolarJob): LossBlocks {
  const { text } = context;
  const { start_kwh, steps } = system.waterfall;
  return lossBlocks(
    context,
    { name: text('loss.start'), kwh: start_kwh },
    steps
      // Effects that the plant does not have would fill the figure with zeros.
      .filter(({ change_kwh }) => Math.abs(change_kwh) > 1e-6 * start_kwh)
      .map(({ name, change_kwh }) => ({ name: term(text, name), kwh: change_kwh })),
    text('loss.end'),
  );
}

function searchSection(context: ReportContext, job: SolarJob): Section {
  const { text, format } = context;
  const design = job.design!;
  const { best, convergence, sensitivity } = design;
  // A tracker turns: tilt and azimuth that the search gave it mean nothing.
  const isUnused = (name: string, values: SolarDesignView['values']): boolean =>
    values.mounting === 'one_axis' && (name === 'tilt_deg' || name === 'azimuth_deg');
  // Designs that only differ in such values count as one.
  const keyOf = ({ values }: SolarDesignView): string =>
    JSON.stringify(Object.entries(values).filter(([name]) => !isUnused(name, values)));
  const pareto = [...new Map(design.pareto.map((one) => [keyOf(one), one])).values()];
  const names = Object.keys(best.objectives);
  const scaled = (name: string): { unit: string; value: (v: number) => number; show: (v: number) => string } => {
    const most = Math.max(
      ...pareto.map(({ objectives }) => Math.abs(objectives[name])),
      Math.abs(best.objectives[name]),
    );
    switch (name) {
      case 'lcoe':
        return { unit: `${format.currency}/MWh`, value: (v) => v * 1000, show: (v) => format.fixed(v * 1000, 2) };
      case 'npv': {
        const { unit, value, of } = format.money(most);
        return { unit, value, show: of };
      }
      case 'energy':
      case 'energy_p90': {
        const { unit, value, of } = format.energy(most, text('unit.per_year'));
        return { unit, value, show: of };
      }
      case 'land_use':
        return format.isImperial
          ? { unit: 'acres', value: (v) => v / 4046.856, show: (v) => format.digits(v / 4046.856) }
          : { unit: 'ha', value: (v) => v / 1e4, show: (v) => format.digits(v / 1e4) };
      case 'specific_yield':
        return { unit: 'kWh/kWp', value: (v) => v, show: (v) => format.fixed(v) };
      default:
        return { unit: '%', value: (v) => v, show: (v) => format.fixed(v, 2) };
    }
  };
  const axis = (name: string): string => `${term(text, name)} [${scaled(name).unit}]`;
  const shownValue = (name: string, values: SolarDesignView['values']): string => {
    const value = values[name];
    if (isUnused(name, values)) return '\u2013';
    return typeof value === 'number' ? format.digits(value) : term(text, value);
  };
  const axes = names.map(scaled);
  const blocks: Block[] = [
    {
      type: 'paragraph',
      text:
        text('search.intro', {
          method: term(text, design.method),
          evaluations: format.fixed(design.n_evaluations),
          objectives: format.list(names.map((name) => term(text, name))),
          seed: String(job.job.seed),
        }) + (context.request.economics ? ` ${text('search.own_costs')}` : ''),
    },
    facts(context, text('search.best'), [
      ...Object.keys(best.values)
        .filter((name) => !isUnused(name, best.values))
        .map((name) => [term(text, name), shownValue(name, best.values)] as const),
      ...names.map((name, k) => [axis(name), axes[k].show(best.objectives[name])] as const),
      ...(names.includes('land_use') ? [] : [[text('search.land'), format.areaM2(best.land_m2)] as const]),
      [text('economics.capital_cost'), format.money(best.economics.capital_cost).with(best.economics.capital_cost)],
    ]),
  ];
  const [first, second] = names;
  const figures = [];
  if (second && pareto.length > 1)
    figures.push(
      figure(
        text('search.pareto_caption'),
        text('search.pareto_alt', { count: String(pareto.length), x: axis(second), y: axis(first) }),
        scatterChart({
          width: HALF_WIDTH,
          height: 190,
          points: pareto.map(
            ({ objectives }) => [axes[1].value(objectives[second]), axes[0].value(objectives[first])] as const,
          ),
          marked: {
            x: axes[1].value(best.objectives[second]),
            y: axes[0].value(best.objectives[first]),
            label: text('search.best_label'),
          },
          xTitle: axis(second),
          yTitle: axis(first),
          xFormat: format.tick,
          yFormat: format.tick,
        }),
      ),
    );
  if (convergence.length > 1)
    figures.push(
      figure(
        text('search.convergence_caption'),
        text('search.convergence_alt', { value: axes[0].show(convergence[convergence.length - 1].best) }),
        lineChart({
          width: figures.length > 0 ? HALF_WIDTH : FULL_WIDTH,
          height: 190,
          series: [
            {
              name: axis(first),
              points: convergence.map(
                ({ n_evaluations, best: value }) => [n_evaluations, axes[0].value(value)] as const,
              ),
            },
          ],
          xTitle: text('search.evaluations'),
          yTitle: axis(first),
          xFormat: format.tick,
          yFormat: format.tick,
        }),
      ),
    );
  if (figures.length > 0) blocks.push({ type: 'figures', figures });
  if (pareto.length > 1) {
    const shown = [...pareto].sort((a, b) => a.objectives[first] - b.objectives[first]);
    const every = Math.ceil(shown.length / 12);
    const variables = Object.keys(best.values);
    blocks.push({
      type: 'table',
      caption: text('search.pareto_table', {
        shown: String(Math.ceil(shown.length / every)),
        count: String(shown.length),
      }),
      dense: true,
      columns: [
        ...variables.map((name) => ({ title: term(text, name), align: 'right' as const })),
        ...names.map((name) => ({ title: axis(name), align: 'right' as const })),
        { title: text('search.energy', { unit: 'MWh' }), align: 'right' },
      ],
      rows: shown
        .filter((_, k) => k % every === 0)
        .map((one) => [
          ...variables.map((name) => shownValue(name, one.values)),
          ...names.map((name, k) => axes[k].show(one.objectives[name])),
          format.fixed(one.annual_energy_kwh / 1000),
        ]),
    });
  }
  const changed = sensitivity.filter(({ name }) => !isUnused(name, best.values));
  const order = [...new Set(changed.map(({ name }) => name))];
  if (changed.length > 0)
    blocks.push({
      type: 'table',
      caption: text('search.sensitivity'),
      columns: [
        { title: text('search.changed') },
        { title: text('table.value'), align: 'right' },
        ...names.map((name) => ({ title: axis(name), align: 'right' as const })),
      ],
      rows: [...changed]
        .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name) || a.value - b.value)
        .map(({ name, value, objectives }) => [
          term(text, name),
          name === 'capital_cost'
            ? format.money(value).with(value)
            : name === 'price_per_kwh'
              ? format.perMwh(value)
              : format.digits(value, 4),
          ...names.map((one, k) => axes[k].show(objectives[one])),
        ]),
    });
  return { title: text('search.title'), blocks };
}

// Data ----------------------------------------------------------------------------------------------------------------

export function solarSheets(job: SolarJob, prefix = ''): DataSheet[] {
  const { system } = job;
  const monthly = monthlyOf(job.hourly);
  const months = Array.from({ length: 12 }, (_, m) => m + 1);
  return [
    {
      name: `${prefix}monthly`,
      columns: [
        { name: 'month', values: months },
        ...(monthly
          ? [
              { name: 'ghi_kwh_m2', values: monthly.ghi },
              { name: 'dni_kwh_m2', values: monthly.dni },
              { name: 'dhi_kwh_m2', values: monthly.dhi },
              { name: 'poa_kwh_m2', values: monthly.poa },
              { name: 'temp_air_c', values: monthly.tempC },
            ]
          : []),
        { name: 'energy_kwh', values: system.monthly_energy_kwh },
      ],
    },
    {
      name: `${prefix}losses`,
      columns: [
        { name: 'step', values: ['start', ...system.waterfall.steps.map(({ name }) => name)] },
        { name: 'change_kwh', values: [null, ...system.waterfall.steps.map(({ change_kwh }) => change_kwh)] },
        {
          name: 'remaining_kwh',
          values: [system.waterfall.start_kwh, ...system.waterfall.steps.map(({ remaining_kwh }) => remaining_kwh)],
        },
      ],
    },
    ...job.hourly.map(
      ({ columns }, year): DataSheet => ({
        name: `${prefix}hourly${job.hourly.length > 1 ? `_${year + 1}` : ''}`,
        columns: Object.entries(columns).map(([name, values]) => ({ name: shownName(name), values })),
        // The workbook holds one year of hours; the data pack all of them.
        workbookRows: year === 0 ? 17_568 : 0,
        instants: ['time'],
      }),
    ),
  ];
}
