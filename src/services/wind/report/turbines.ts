/** Types of turbines: their curves, and the models of their wakes. */
import { lineChart } from '../../../documents/charts/charts.ts';
import type { Section } from '../../../documents/model.ts';
import { HALF_WIDTH } from '../../../documents/model.ts';
import type { TurbineSpec } from '../../../wind/turbine/turbine.ts';
import { ratedPowerKw } from '../../../wind/turbine/turbine.ts';
import type { ReportContext } from '../../reports/context.ts';
import { facts, figure } from '../../reports/context.ts';
import { term } from '../../reports/text/text.ts';
import { wakeModelOf } from '../setup.ts';
import type { WindJob } from './wind-job.ts';
import { kindsOf } from './wind-job.ts';

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
      facts(context, text('turbine.models'), [
        [text('turbine.wake_model'), term(text, wake.name)],
        ...(wake.kind === 'superposed'
          ? [[text('turbine.superposition'), term(text, wake.superposition)] as const]
          : []),
        ...(wake.kind === 'superposed' && wake.turbulence
          ? [[text('turbine.turbulence'), term(text, wake.turbulence.kind)] as const]
          : []),
        [text('turbine.blockage'), term(text, job.body.wake.blockage)],
        [
          text('turbine.bins'),
          text('turbine.bins_value', {
            direction: format.plain(job.body.bins.direction_step_deg),
            speed: format.plain(job.body.bins.speed_step_m_s),
          }),
        ],
        ...used.flatMap(({ spec }) =>
          spec.source ? [[text('turbine.source', { name: spec.name }), spec.source] as const] : [],
        ),
      ]),
    ],
  };
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
