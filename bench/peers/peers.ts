/** Runs PyWake, FLORIS and the engine in one run and compares times and results on Horns Rev 1. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Random } from '../../src/statistics/random.ts';
import { EnergyModel, total } from '../../src/wind/energy/energy.ts';
import { FlorisSolver } from '../../src/wind/wakes/floris/gauss.ts';
import { FlowSolver } from '../../src/wind/wakes/flow-solver.ts';
import type { Deflection } from '../../src/wind/wakes/wake-models.ts';
import { wakeModel } from '../../src/wind/wakes/wake-models.ts';
import { ROOT } from '../../test/support/fixtures.ts';
import { EnergyThreads, hornsRev } from '../suites/wind.ts';

const ROUNDS = 20;
const SPEED_TOLERANCE_MS = 1e-6;
/** Relative, of AEP; the rotor averages of two models are read from a table in PyWake. */
const AEP_TOLERANCE: Readonly<Record<string, number>> = { niayifar_crespo: 1e-4, turbopark_nygaard2022: 1e-4 };

interface PeerAnswer {
  readonly pywake: Readonly<Record<string, { readonly seconds: number; readonly aep_gwh: number }>>;
  readonly floris: Readonly<Record<string, { readonly seconds: number }>>;
  readonly yaw: Readonly<Record<string, readonly (readonly number[])[]>>;
  /** Whether FLORIS lets the vortices of a turbine act on its own rotor, by case and turbine */
  readonly own_plane: readonly (readonly boolean[])[];
}

/** Runs a Python script that reads one JSON object and ends its output with another. */
export function askPython<Answer>(python: string, script: string, job: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(text.trim().split('\n').at(-1)!) as Answer);
      else reject(new Error(`${script} ended with ${code}`));
    });
    child.stdin.end(JSON.stringify(job));
  });
}

async function medianSeconds(model: string): Promise<number> {
  const threads = await EnergyThreads.start(hornsRev(model));
  try {
    const samples: number[] = [];
    for (let round = -4; round < ROUNDS; round++) {
      const start = performance.now();
      await threads.run(false);
      if (round >= 0) samples.push((performance.now() - start) / 1000);
    }
    return samples.sort((a, b) => a - b)[ROUNDS >> 1];
  } finally {
    await threads.stop();
  }
}

/**
 * Prints a table, or one JSON object.
 * @param options.python with the packages of bench/peers/requirements.txt; `npm run bench:peers` makes one
 * @returns the exit code: 1 beyond a tolerance
 */
export async function runPeers(
  options: { readonly python: string; readonly json: boolean },
  print: (text: string) => void,
): Promise<number> {
  const input = hornsRev('noj_k004');
  const { farm } = input;
  const [turbine] = farm.turbines;
  if (turbine.curve.kind !== 'table' || !turbine.curve.ct) throw new Error('the V80 has a table with thrust');
  const random = Random.fromSeed(1);
  // Directions off the farm's axes: on them, which of two turbines abreast comes first is the peers' rounding.
  const yawCases = [
    { wd: 271.3, ws: 8 },
    { wd: 222.7, ws: 10 },
    { wd: 31.1, ws: 11 },
  ].map((flow) => ({ ...flow, yaw_deg: Array.from(farm.xM, () => Math.round(500 * random.uniform() - 250) / 10) }));
  const { wsMPerS, powerKw, ct } = turbine.curve;
  const answer = await askPython<PeerAnswer>(options.python, join(ROOT, 'bench', 'peers', 'wind.py'), {
    x: Array.from(farm.xM),
    y: Array.from(farm.yM),
    ti: input.ti,
    turbine: { hub_height_m: turbine.hubHeightM, diameter_m: turbine.diameterM, ws: wsMPerS, power_kw: powerKw, ct },
    yaw_cases: yawCases,
  });
  const rows: ({ readonly name: string; readonly ok: boolean } & Record<string, number | string | boolean>)[] = [];
  for (const [model, peer] of Object.entries(answer.pywake)) {
    const aepGwh = total(new EnergyModel(hornsRev(model)).energies().netByTurbine) / 1e6;
    const seconds = await medianSeconds(model);
    const error = Math.abs(aepGwh / peer.aep_gwh - 1);
    const tolerance = AEP_TOLERANCE[model] ?? 1e-6;
    rows.push({
      name: `pywake.${model}`,
      peer_s: peer.seconds,
      own_s: seconds,
      times: peer.seconds / seconds,
      aep_error: error,
      tolerance,
      ok: error <= tolerance,
    });
  }
  const own = { jensen: 'noj_k004', gauss: 'bastankhah_k00325' };
  for (const [velocity, { seconds }] of Object.entries(answer.floris)) {
    const ownSeconds = await medianSeconds(own[velocity as keyof typeof own]);
    rows.push({
      name: `floris.${velocity}`,
      peer_s: seconds,
      own_s: ownSeconds,
      times: seconds / ownSeconds,
      ok: true,
    });
  }
  for (const [name, cases] of Object.entries(answer.yaw)) {
    const [named, deflection] = name.split('.');
    const model = { ...wakeModel(named), ...(deflection && { deflection: deflection as Deflection }) };
    let worst = 0;
    yawCases.forEach((flow, c) => {
      const free = { wsMPerS: [flow.ws], ti: input.ti };
      const solver = model.kind === 'superposed' ? new FlowSolver(farm, model, 1) : new FlorisSolver(farm, model, 1);
      if (solver instanceof FlorisSolver)
        solver.solve(flow.wd, free, { yawDeg: flow.yaw_deg, ownPlane: answer.own_plane[c] });
      else solver.solve(flow.wd, free, { yawDeg: flow.yaw_deg });
      solver.state.order.forEach((turbineNumber, place) => {
        worst = Math.max(worst, Math.abs(solver.state.uEff[place] - cases[c][turbineNumber]));
      });
    });
    rows.push({
      name: `yaw.${name}`,
      ws_eff_error_m_s: worst,
      tolerance: SPEED_TOLERANCE_MS,
      ok: worst <= SPEED_TOLERANCE_MS,
    });
  }
  printRows(rows, options.json, print);
  return rows.every((row) => row.ok) ? 0 : 1;
}

/** Prints one JSON list, or a line for each row. */
export function printRows(
  rows: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[],
  json: boolean,
  print: (text: string) => void,
): void {
  if (json) {
    print(JSON.stringify(rows));
    return;
  }
  for (const { name, ...values } of rows)
    print(
      `${name.padEnd(30)} ${Object.entries(values)
        .map(([key, value]) => `${key} ${typeof value === 'number' ? value.toPrecision(7) : value}`)
        .join('  ')}`,
    );
}
