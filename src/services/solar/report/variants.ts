/** The systems of one analysis beside each other. */
import type { Section } from '../../../documents/model.ts';
import type { ReportContext } from '../../reports/context.ts';
import type { SolarJob } from './load.ts';

export function variantsSection({ text, format }: ReportContext, job: SolarJob): Section {
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
        text: text('variants.intro', {
          count: String(job.systems.length),
          chosen: String(job.system.system_index + 1),
        }),
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
          `${one.system_index + 1}${one.system.name ? `: ${one.system.name}` : ''}`,
          format.power(one.system.dc_capacity_kw).with(one.system.dc_capacity_kw),
          energy.of(one.annual_energy_kwh),
          format.fixed(one.specific_yield_kwh_per_kw),
          format.percent(100 * one.performance_ratio),
        ]),
        strong: [shown.findIndex(({ system_index }) => system_index === job.system.system_index)].filter((k) => k >= 0),
      },
    ],
  };
}
