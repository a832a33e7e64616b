/** The plant: its parts and the models that it was computed with. */
import type { Section } from '../../../documents/model.ts';
import type { ReportContext } from '../../reports/context.ts';
import { facts } from '../../reports/context.ts';
import { term } from '../../reports/text/text.ts';
import type { SolarJob } from './load.ts';
import { acCapacityKw, mountingOf } from './plant.ts';

export function designSection(context: ReportContext, job: SolarJob): Section {
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

export function designRows(context: ReportContext, job: SolarJob): [string, string][] {
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
            ? [text('design.modules'), format.fixed(module.n_strings ?? 0)]
            : [
                text('design.strings'),
                `${format.digits(module.n_strings ?? 0, 1)} \u00d7 ${format.digits(module.modules_per_string, 1)}`,
              ]) as [string, string],
        ]
      : []),
    [text('design.inverter'), name(inverter as { type: string; name?: string })],
    ...('n_inverters' in inverter && inverter.n_inverters
      ? [[text('design.inverters'), format.plain(inverter.n_inverters)] as [string, string]]
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
