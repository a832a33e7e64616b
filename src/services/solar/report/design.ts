/** The plant: its parts and the models that it was computed with. */
import type { Section } from '../../../documents/model.ts';
import type { SolarSystemBody } from '../../../contracts/solar/system.schema.ts';
import type { ReportContext } from '../../reports/context.ts';
import { facts } from '../../reports/context.ts';
import type { Table } from '../../../documents/model.ts';
import { term } from '../../reports/text/text.ts';
import type { SolarJob } from './load.ts';
import { acCapacityKw, mountingOf, mountingText } from './plant.ts';
import { resolvedValue, toSolarSystem } from '../engine-system.ts';
import { voltageBlocks } from './voltages.ts';

export function designSection(context: ReportContext, job: SolarJob): Section {
  const { text, format } = context;
  const { system } = job.system;
  const { decomposition } = job.job.input;
  return {
    title: text('design.title'),
    blocks: [
      { type: 'paragraph', text: text('design.intro') },
      facts(context, text('design.table'), designRows(context, job)),
      ...subarrayTable(context, job),
      ...voltageBlocks(context, job),
      facts(context, text('design.models'), [
        [text('model.decomposition'), term(text, decomposition)],
        [text('model.transposition'), term(text, system.transposition)],
        [text('model.iam'), iamOf(context, resolvedValue(system.iam, 'iam'))],
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
        ...(system.subarrays
          ? [
              [text('model.subarray_mpp'), text(system.subarray_mpp === 'shared' ? 'mpp.shared' : 'mpp.own')] as [
                string,
                string,
              ],
            ]
          : []),
      ]),
    ],
  };
}

/** Names the model of reflection, and says where it leaves diffuse light as it is. */
function iamOf({ text }: ReportContext, iam: NonNullable<SolarSystemBody['iam']>): string {
  const name = term(text, iam.type);
  return 'include_diffuse' in iam && !iam.include_diffuse ? text('model.iam_beam_only', { iam: name }) : name;
}

/** Returns the table of the subarrays; none if the plant has none. */
function subarrayTable(context: ReportContext, { system: { system, subarrays = [] } }: SolarJob): Table[] {
  const { text, format } = context;
  const { subarrays: given = [], dcCapacityKw } = toSolarSystem(system);
  if (given.length === 0 || subarrays.length === 0) return [];
  const energy = format.energy(Math.max(...subarrays.map((one) => one.annual_energy_kwh)), text('unit.per_year'));
  return [
    {
      type: 'table',
      caption: text('subarrays.table'),
      columns: [
        { title: text('subarrays.name') },
        { title: text('design.mounting') },
        { title: text('design.dc'), align: 'right' },
        { title: text('energy.poa_column'), align: 'right' },
        { title: text('variants.energy', { unit: energy.unit }), align: 'right' },
        { title: text('variants.yield'), align: 'right' },
      ],
      rows: given.map(({ name, mounting, sharePct }, k) => {
        const kw = (dcCapacityKw * sharePct) / 100;
        const { annual_energy_kwh, poa_annual_kwh_m2 } = subarrays[k];
        return [
          name ?? String(k + 1),
          mountingText(context, mounting),
          format.power(kw).with(kw),
          format.fixed(poa_annual_kwh_m2),
          energy.of(annual_energy_kwh),
          format.fixed(annual_energy_kwh / kw),
        ];
      }),
    },
  ];
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
