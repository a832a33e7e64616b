/** The chain from irradiation to energy at the meter. */
import type { Section } from '../../../documents/model.ts';
import type { LossBlocks, ReportContext } from '../../reports/context.ts';
import { lossBlocks } from '../../reports/context.ts';
import { term } from '../../reports/text/text.ts';
import type { SolarJob } from './load.ts';

export function lossSection(context: ReportContext, job: SolarJob): Section {
  const { text } = context;
  const losses = solarLosses(context, job);
  return {
    title: text('loss.title'),
    blocks: [{ type: 'paragraph', text: text('loss.solar_intro') }, losses.figure, losses.table],
  };
}

export function solarLosses(context: ReportContext, { system }: SolarJob): LossBlocks {
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
