import type { Farm } from '../../wind/farm.ts';
import { FlorisSolver } from '../../wind/floris-gauss.ts';
import { FlowSolver } from '../../wind/flow-solver.ts';
import { powerKw } from '../../wind/turbine.ts';
import { wakeModel } from '../../wind/wake-models.ts';
import type { Validator } from './types.ts';
import type { ReferenceJson } from './wind-errors.ts';
import { ErrorTable, unknownKeys } from './wind-errors.ts';
import { turbineFinder } from './wind-turbine-json.ts';

/** The models for which the reference reads rotor averages from a table of its own. */
const TABLE_MODELS = ['niayifar_crespo', 'turbopark_nygaard2022'];
const SPEED_TOLERANCE = 1e-6;
const TABLE_SPEED_TOLERANCE = 2e-4;
const POWER_FLOOR_KW = 1e-3;

const validateWakes: Validator = async (json, context) => {
  const errors = new ErrorTable();
  const turbine = await turbineFinder(context);
  const notCovered = unknownKeys(json, ['units', 'source', 'geometry', 'models', 'layouts']);
  for (const layout of json.layouts) {
    const spec = { ...turbine(layout.turbine), hubHeightM: layout.hub_height_m, diameterM: layout.diameter_m };
    const farm: Farm = { xM: layout.x, yM: layout.y, turbines: [spec] };
    for (const result of layout.results) {
      const name: string = result.model;
      const model = wakeModel(name);
      const solver = model.kind === 'pair' ? new FlowSolver(farm, model, 1) : new FlorisSolver(farm, model, 1);
      const tolerance = TABLE_MODELS.includes(name) ? TABLE_SPEED_TOLERANCE : SPEED_TOLERANCE;
      result.cases.forEach((flow: ReferenceJson, k: number) => {
        const free = { wsMs: [flow.ws], ti: layout.ti0 };
        if (solver instanceof FlorisSolver) solver.solve(flow.wd, free, flow.yaw_deg);
        else solver.solve(flow.wd, free);
        const { order, uEff, power, ti } = solver.state;
        order.forEach((i, place) => {
          const at = `${layout.layout} case ${k} turbine ${i}`;
          errors.absolute(`${name}.ws_eff`, uEff[place], flow.ws_eff[i], tolerance, at);
          // The speed's tolerance moves the power by the curve's slope there.
          const slope = Math.abs(powerKw(spec, flow.ws_eff[i] + tolerance) - powerKw(spec, flow.ws_eff[i] - tolerance));
          const excess = Math.abs(power[place] - flow.power_kw[i]) / (POWER_FLOOR_KW + slope);
          errors.add(`${name}.power_kw`, excess, 1, 'of tolerance', at);
          if (flow.ti_eff) errors.absolute(`${name}.ti_eff`, ti[place], flow.ti_eff[i], tolerance, at);
        });
      });
    }
  }
  return { results: errors.results(), notCovered };
};

export const windFarmValidators: Readonly<Record<string, Validator>> = {
  'wakes.json': validateWakes,
  'floris_yaw.json': validateWakes,
};
