import { EnergyModel, total } from '../../../wind/energy/energy.ts';
import type { Farm } from '../../../wind/turbine/farm.ts';
import { FlorisSolver } from '../../../wind/wakes/floris/gauss.ts';
import { FlowSolver } from '../../../wind/wakes/flow-solver.ts';
import { powerKw } from '../../../wind/turbine/turbine.ts';
import { wakeModel } from '../../../wind/wakes/wake-models.ts';
import type { BinOptions, SectorWeibull, WindRose } from '../../../wind/resource/wind-rose.ts';
import { roseOfWeibull } from '../../../wind/resource/wind-rose.ts';
import type { ReferenceJson, Validator } from './types.ts';
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
      const solver = model.kind === 'superposed' ? new FlowSolver(farm, model, 1) : new FlorisSolver(farm, model, 1);
      const tolerance = TABLE_MODELS.includes(name) ? TABLE_SPEED_TOLERANCE : SPEED_TOLERANCE;
      result.cases.forEach((flow: ReferenceJson, k: number) => {
        const free = { wsMPerS: [flow.ws], ti: layout.ti0 };
        solver.solve(flow.wd, free, { yawDeg: flow.yaw_deg });
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

const AEP_TOLERANCE = 1e-6;
const TABLE_AEP_TOLERANCE = 1e-4;
const KWH_PER_GWH = 1e6;
/** The bins that the reference integrates over, those of PyWake */
const BINS: BinOptions = {
  directionStepDeg: 1,
  minSpeedMPerS: 3,
  maxSpeedMPerS: 25,
  speedStepMPerS: 1,
  sectorInterpolation: 'nearest',
};

const validateAep: Validator = async (json, context) => {
  const errors = new ErrorTable();
  const turbine = await turbineFinder(context);
  const wakes = (await context.readJson('wakes.json')) as ReferenceJson;
  const { frequency, A, k } = json.site;
  const site: SectorWeibull = {
    frequency,
    weibull: A.map((scaleMPerS: number, i: number) => ({ scaleMPerS, shape: k[i] })),
  };
  const rose = roseOfWeibull(site, BINS);
  const check = json.probability_check;
  const bin = (wd: number, ws: number) => rose.probability[wd * rose.speedsMPerS.length + ws - BINS.minSpeedMPerS];
  errors.relative('probability_check', total(rose.probability), check.sum_P, AEP_TOLERANCE, 'sum');
  for (const [key, value] of Object.entries<number>(check)) {
    const [, wd, ws] = /^P_wd(\d+)_ws(\d+)$/.exec(key) ?? [];
    if (wd) errors.relative('probability_check', bin(+wd, +ws), value, AEP_TOLERANCE, key);
  }
  const energies = (name: string, modelName: string, turbineName: string, binned: WindRose) => {
    const layout = wakes.layouts.find((l: ReferenceJson) => l.layout === name);
    const spec = { ...turbine(turbineName), hubHeightM: layout.hub_height_m, diameterM: layout.diameter_m };
    const farm: Farm = { xM: layout.x, yM: layout.y, turbines: [spec] };
    return new EnergyModel({ farm, model: wakeModel(modelName), rose: binned, ti: layout.ti0 }).energies();
  };
  for (const row of json.rows) {
    for (const [model, net] of Object.entries<number>(row.net_gwh)) {
      const sums = energies(row.layout, model, row.turbine, rose);
      const tolerance = TABLE_MODELS.includes(model) ? TABLE_AEP_TOLERANCE : AEP_TOLERANCE;
      const gross = total(sums.grossByTurbine) / KWH_PER_GWH;
      const own = total(sums.netByTurbine) / KWH_PER_GWH;
      errors.relative(`gross_gwh.${model}`, gross, row.gross_gwh, AEP_TOLERANCE, row.layout);
      errors.relative(`net_gwh.${model}`, own, net, tolerance, row.layout);
      const loss = 100 * (1 - own / gross);
      errors.absolute(`wake_loss_pct.${model}`, loss, row.wake_loss_pct[model], 100 * tolerance, row.layout);
      row.per_turbine_gwh[model]?.forEach((expected: number, i: number) => {
        const computed = sums.netByTurbine[i] / KWH_PER_GWH;
        errors.relative(`per_turbine_gwh.${model}`, computed, expected, tolerance, `${row.layout} turbine ${i}`);
      });
    }
  }
  json.other_integrations?.forEach((row: ReferenceJson, i: number) => {
    const binned = roseOfWeibull(site, {
      ...BINS,
      directionStepDeg: row.wd_step_deg,
      sectorInterpolation: row.sector_interpolation,
    });
    const { turbine: name } = json.rows.find((other: ReferenceJson) => other.layout === row.layout);
    const sums = energies(row.layout, row.model, name, binned);
    const place = `row ${i}`;
    const [net, gross] = [total(sums.netByTurbine) / KWH_PER_GWH, total(sums.grossByTurbine) / KWH_PER_GWH];
    errors.relative('other_integrations.net_gwh', net, row.net_gwh, AEP_TOLERANCE, place);
    errors.relative('other_integrations.gross_gwh', gross, row.gross_gwh, AEP_TOLERANCE, place);
  });
  const known = ['units', 'source', 'site', 'integration', 'probability_check', 'rows', 'other_integrations'];
  return { results: errors.results(), notCovered: unknownKeys(json, known) };
};

const KWH_PER_MWH = 1e3;

const validateIea37: Validator = async (json, context) => {
  const errors = new ErrorTable();
  const turbine = await turbineFinder(context);
  const spec = turbine('iea37_335');
  const { wind } = json;
  const rose: WindRose = {
    directionsDeg: Float64Array.from(wind.direction_deg),
    speedsMPerS: Float64Array.of(wind.speed),
    probability: Float64Array.from(wind.frequency),
  };
  const energies = (x: number[], y: number[]) =>
    new EnergyModel({
      farm: { xM: x, yM: y, turbines: [spec] },
      model: wakeModel('iea37_simple_gaussian'),
      rose,
      ti: 0.075,
    }).energies();
  const notCovered: string[] = [];
  for (const { n, ...rest } of json.cases)
    for (const [name, value] of Object.entries<ReferenceJson>(rest)) {
      // A case has layouts with their energies and other facts; best_known_aep_mwh has no layout.
      if (typeof value !== 'object') continue;
      if (!value?.x) {
        notCovered.push(`cases.${name}`);
        continue;
      }
      const sums = energies(value.x, value.y);
      const aep = total(sums.netByTurbine) / KWH_PER_MWH;
      for (const key of ['aep_mwh', 'published_aep_mwh'])
        if (value[key] !== undefined)
          errors.relative(`${name}.${key}`, aep, value[key], AEP_TOLERANCE, `${n} turbines`);
      const parts = { aep_by_direction_mwh: sums.netByDirection, aep_by_turbine_mwh: sums.netByTurbine };
      for (const [key, values] of Object.entries(parts))
        value[key]?.forEach((expected: number, i: number) => {
          errors.relative(`${name}.${key}`, values[i] / KWH_PER_MWH, expected, AEP_TOLERANCE, `${n} turbines, ${i}`);
        });
    }
  const extra = json.extra_layout;
  if (extra) {
    const aep = total(energies(extra.x, extra.y).netByTurbine) / KWH_PER_MWH;
    errors.relative('extra_layout.aep_mwh', aep, extra.aep_mwh, AEP_TOLERANCE, `${extra.x.length} turbines`);
  }
  const known = ['units', 'problem', 'source', 'turbine', 'wind', 'equations', 'cases', 'extra_layout'];
  return { results: errors.results(), notCovered: [...unknownKeys(json, known), ...notCovered] };
};

export const windFarmValidators: Readonly<Record<string, Validator>> = {
  'wakes.json': validateWakes,
  'floris_yaw.json': validateWakes,
  'pywake_yaw.json': validateWakes,
  'aep.json': validateAep,
  'iea37.json': validateIea37,
};
