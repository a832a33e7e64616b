/** Types of turbines: their curves, and the models of their wakes. */
import { lineChart } from '../../../documents/charts/charts.ts';
import type { Section, Table } from '../../../documents/model.ts';
import { HALF_WIDTH } from '../../../documents/model.ts';
import type { TurbineSpec } from '../../../wind/turbine/turbine.ts';
import { powerKw, ratedPowerKw, runningSpeeds, thrustCoefficient } from '../../../wind/turbine/turbine.ts';
import { hasThrust } from '../../../wind/turbine/turbine-library.ts';
import type { ReportContext } from '../../reports/context.ts';
import { facts, figure } from '../../reports/context.ts';
import { term } from '../../reports/text/text.ts';
import { wakeModelOf } from '../setup.ts';
import type { WindJob } from './wind-job.ts';
import { kindsOf, yieldOf } from './wind-job.ts';

export function turbineSection(context: ReportContext, job: WindJob): Section {
  const { text, format } = context;
  const { specs } = job;
  const kinds = kindsOf(job);
  const used = specs
    .map((spec, k) => ({ spec, count: kinds.filter((kind) => kind === k).length }))
    .filter(({ count }) => count > 0);
  const shown = used.slice(0, 4);
  const power = format.power(Math.max(...used.map(({ spec }) => ratedPowerKw(spec))));
  const wake = wakeModelOf(job.body);
  const names = format.list(shown.map(({ spec }) => spec.name));
  const curveFigure = (
    caption: string,
    alt: string,
    yTitle: string,
    curve: (spec: TurbineSpec) => readonly (readonly [number, number])[],
  ) =>
    figure(
      caption,
      alt,
      lineChart({
        width: HALF_WIDTH,
        height: 165,
        series: shown.map(({ spec }) => ({
          name: spec.name,
          points: curve(spec).map(([ws, value]) => [format.speed.value(ws), value] as const),
        })),
        xTitle: text('axis.speed', { unit: format.speed.unit }),
        yTitle,
        xFormat: format.tick,
        yFormat: format.tick,
        fromZero: true,
      }),
    );
  return {
    title: text('turbine.title'),
    blocks: [
      {
        type: 'table',
        caption: text('turbine.table'),
        columns: [
          { title: text('turbine.type') },
          { title: text('turbine.count'), align: 'right' },
          { title: text('turbine.rated'), align: 'right' },
          { title: text('turbine.rotor'), align: 'right' },
          { title: text('turbine.hub'), align: 'right' },
          { title: text('turbine.specific'), align: 'right' },
        ],
        rows: used.map(({ spec, count }) => [
          spec.name,
          String(count),
          power.with(ratedPowerKw(spec)),
          format.heightM(spec.diameterM),
          format.heightM(spec.hubHeightM),
          format.unit(format.fixed((ratedPowerKw(spec) * 1000) / (Math.PI * (spec.diameterM / 2) ** 2)), 'W/m\u00b2'),
        ]),
      },
      {
        type: 'figures',
        figures: [
          curveFigure(
            text('turbine.curve_caption'),
            text('turbine.curve_alt', { names }),
            text('axis.power', { unit: power.unit }),
            (spec) => curveOf(spec).map(([ws, kw]) => [ws, power.value(kw)] as const),
          ),
          curveFigure(
            text('turbine.thrust_caption'),
            text('turbine.thrust_alt', { names }),
            text('axis.thrust'),
            thrustOf,
          ),
        ],
      },
      ...curveTables(
        context,
        used.map(({ spec }) => spec),
      ),
      facts(context, text('turbine.models'), [
        [text('turbine.wake_model'), term(text, wake.name)],
        ...(wake.kind === 'superposed'
          ? [[text('turbine.superposition'), term(text, wake.superposition)] as const]
          : []),
        ...(wake.kind === 'superposed' && wake.turbulence
          ? [[text('turbine.turbulence'), term(text, wake.turbulence.kind)] as const]
          : []),
        [text('turbine.blockage'), term(text, job.body.wake.blockage)],
        ...Object.entries(job.body.wake.constants ?? {}).map(
          ([name, value]) => [text('turbine.constant', { name }), String(value)] as const,
        ),
        ...casesFact(context, job),
        ...used.flatMap(({ spec }) =>
          spec.source ? [[text('turbine.source', { name: spec.name }), spec.source] as const] : [],
        ),
      ]),
    ],
  };
}

/** Types in one table of curves: more columns would be too narrow to read. */
const TYPES_PER_TABLE = 3;

/** Returns the power and the thrust coefficient of each type at whole metres a second, at the density of its curve. */
function curveTables({ text, format }: ReportContext, specs: readonly TurbineSpec[]): Table[] {
  const tables: Table[] = [];
  for (let from = 0; from < specs.length; from += TYPES_PER_TABLE) {
    const part = specs.slice(from, from + TYPES_PER_TABLE);
    const running = part.map(runningSpeeds);
    const first = Math.floor(Math.min(...running.map(({ cutInMPerS }) => cutInMPerS)));
    const last = Math.ceil(Math.max(...running.map(({ cutOutMPerS }) => cutOutMPerS)));
    // Few columns stand beside each other twice: the slow winds on the left.
    const halves = part.length < TYPES_PER_TABLE ? 2 : 1;
    const perHalf = Math.ceil((last - first + 1) / halves);
    const columns = [
      { title: text('axis.speed', { unit: 'm/s' }) },
      ...part.flatMap((_, k) => {
        const number = part.length > 1 ? ` ${from + k + 1}` : '';
        return [
          { title: `P${number} [kW]`, align: 'right' as const },
          { title: `Ct${number}`, align: 'right' as const },
        ];
      }),
    ];
    const cells = (speed: number): string[] =>
      speed > last
        ? columns.map(() => '')
        : [
            String(speed),
            ...part.flatMap((spec) => [
              format.fixed(powerKw(spec, speed)),
              hasThrust(spec) ? format.fixed(thrustCoefficient(spec, speed), 3) : '\u2013',
            ]),
          ];
    tables.push({
      type: 'table',
      caption: text('turbine.curve_table', { names: format.list(part.map(({ name }) => name)) }),
      dense: true,
      columns: Array.from({ length: halves }, () => columns).flat(),
      rows: Array.from({ length: perHalf }, (_, k) =>
        Array.from({ length: halves }, (_, half) => cells(first + half * perHalf + k)).flat(),
      ),
    });
  }
  return tables;
}

/** Says which winds were computed; results of earlier versions do not say. */
function casesFact({ text, format }: ReportContext, job: WindJob): (readonly [string, string])[] {
  const { wind_cases: cases } = yieldOf(job);
  if (!cases) return [];
  const { n_steps, n_directions, n_speeds, min_speed_m_s, max_speed_m_s } = cases;
  const value =
    n_steps === null
      ? text('turbine.bins_value', {
          directions: format.fixed(n_directions ?? 0),
          speeds: format.fixed(n_speeds ?? 0),
          from: format.speed.of(min_speed_m_s ?? 0),
          to: format.speed.with(max_speed_m_s ?? 0),
        })
      : text('turbine.steps_value', { steps: format.fixed(n_steps) });
  return [[text('turbine.bins'), value]];
}

function curveOf(spec: TurbineSpec): (readonly [number, number])[] {
  const { curve } = spec;
  if (curve.kind === 'table') {
    const points = curve.wsMPerS.map((ws, k) => [ws, curve.powerKw[k]] as const);
    return points.filter(([ws]) => ws <= 30);
  }
  const { cutInMPerS, ratedMPerS, cutOutMPerS, ratedKw } = curve;
  return Array.from({ length: 101 }, (_, k) => {
    const ws = (k * cutOutMPerS) / 100;
    return [
      ws,
      ws < cutInMPerS ? 0 : ws >= ratedMPerS ? ratedKw : ratedKw * ((ws - cutInMPerS) / (ratedMPerS - cutInMPerS)) ** 3,
    ] as const;
  });
}

/** Returns the thrust coefficients over the wind speed, where they are published. */
function thrustOf({ curve }: TurbineSpec): (readonly [number, number])[] {
  if (curve.kind === 'cubic')
    return [
      [curve.cutInMPerS, curve.ct],
      [curve.cutOutMPerS, curve.ct],
    ];
  return (curve.ct ?? []).map((ct, k) => [curve.wsMPerS[k], ct] as const).filter(([ws]) => ws <= 30);
}
