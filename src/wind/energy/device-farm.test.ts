import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hasVulkan, testWith } from '../../../test/support/needs.ts';
import { superposedModel } from '../../../test/support/wind-runs.ts';
import { GpuDevice } from '../../compute/gpu/device.ts';
import { Random } from '../../statistics/random.ts';
import { iea37Input } from '../formats/iea37.ts';
import { roseOfWeibull } from '../resource/wind-rose.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';
import { tableCurve, type TurbineSpec } from '../turbine/turbine.ts';
import { type SuperposedWakeModel, WAKE_MODELS, type WakeModel, wakeModel } from '../wakes/wake-models.ts';
import { DeviceFarm, deviceObstacle, type LayoutGradient } from './device-farm.ts';
import { EnergyModel, type EnergyInput } from './energy.ts';

const gpuTest = testWith('vulkan', hasVulkan);

let gpu: GpuDevice;
beforeAll(async () => {
  if (hasVulkan) gpu = await GpuDevice.open();
});
afterAll(() => gpu?.release());

const niayifar = superposedModel('niayifar_crespo');
const turbopark = superposedModel('turbopark_nygaard2022');
const bastankhah = superposedModel('bastankhah2014_k004');
/** The engine's own models, and parts that none of them has together. */
const MODELS: readonly SuperposedWakeModel[] = [
  ...WAKE_MODELS.filter((model) => model.kind === 'superposed'),
  { ...niayifar, name: 'niayifar with stf2017', turbulence: { kind: 'stf2017', c: [1.5, 0.8] }, superposition: 'max' },
  {
    ...turbopark,
    name: 'turbopark, centre',
    deficit: { ...turbopark.deficit, rotorAverage: 'centre', mirror: false, reference: 'effective_source' } as never,
    superposition: 'linear',
  },
  {
    ...bastankhah,
    name: 'bastankhah, target',
    deficit: { ...bastankhah.deficit, reference: 'free_target', induction: 'madsen' } as never,
    superposition: 'max',
  },
];

/** A curve with made-up rows: cut-in with power, a jump, thrust above 0.9. */
function randomTurbine(random: Random): TurbineSpec {
  const ws = [3, 5, 7, 9, 11, 13, 25];
  const rated = 1500 + 4000 * random.uniform();
  return {
    name: 'random',
    diameterM: 70 + 60 * random.uniform(),
    hubHeightM: 80 + 40 * random.uniform(),
    refAirDensityKgM3: 1.225,
    curve: tableCurve(
      ws,
      ws.map((v) => rated * Math.min(1, ((v - 2) / 11) ** 2)),
      ws.map((v) => (0.94 - 0.1 * random.uniform()) * (v < 10 ? 1 : (10 / v) ** 2)),
    ),
  };
}

/** A farm in a wind, from a seed: 6 to 20 turbines at least 2.5 diameters apart, of one kind or two. */
function randomInput(model: WakeModel, seed: number): EnergyInput {
  const random = Random.fromSeed(seed);
  const first = [publicTurbine('v80'), randomTurbine(random), publicTurbine('nrel_5MW')][random.below(3)];
  const second = { ...first, name: 'second', diameterM: 1.2 * first.diameterM, hubHeightM: first.hubHeightM + 25 };
  const turbines = random.uniform() < 0.5 ? [first] : [first, second];
  const n = 6 + random.below(15);
  const spacing = 2.5 * first.diameterM;
  const size = spacing * Math.sqrt(n) * (1.5 + 2 * random.uniform());
  const xM: number[] = [];
  const yM: number[] = [];
  while (xM.length < n) {
    const [x, y] = [5e5 + size * random.uniform(), 6e6 + size * random.uniform()];
    if (xM.some((other, i) => Math.hypot(x - other, y - yM[i]) < spacing)) continue;
    xM.push(x);
    yM.push(y);
  }
  const sectors = 4 + random.below(9);
  const parts = Array.from({ length: sectors }, () => 0.1 + random.uniform());
  const whole = parts.reduce((sum, part) => sum + part, 0);
  const rose = roseOfWeibull(
    {
      frequency: parts.map((part) => part / whole),
      weibull: parts.map(() => ({ scaleMPerS: 7 + 4 * random.uniform(), shape: 1.6 + random.uniform() })),
    },
    { directionStepDeg: 30, speedStepMPerS: 1, minSpeedMPerS: 3, maxSpeedMPerS: 25 } as never,
  );
  return {
    farm: {
      ...{ xM, yM, turbines },
      ...(turbines.length > 1 && { kind: xM.map((_, i) => i % 2) }),
      ...(random.uniform() < 0.3 && { own: n - 2 }),
    },
    model,
    rose,
    ti:
      random.uniform() < 0.5
        ? 0.06 + 0.06 * random.uniform()
        : rose.directionsDeg.map(() => 0.06 + 0.08 * random.uniform()),
    ...(random.uniform() < 0.3 && { hubFactors: [turbines.map(() => 0.95 + 0.1 * random.uniform())] }),
  };
}

const largestOf = ({ x, y }: Pick<LayoutGradient, 'x' | 'y'>): number =>
  Math.max(...x.map(Math.abs), ...y.map(Math.abs));

for (const [k, model] of MODELS.entries())
  gpuTest(`${model.name}: energies of random farms are those of the engine to 1e-5, and so are gradients`, async () => {
    for (let farm = 0; farm < 3; farm++) {
      const input = randomInput(model, 100 * k + farm);
      const energy = new EnergyModel(input);
      const n = input.farm.xM.length;
      const exact = { x: new Float64Array(n), y: new Float64Array(n) };
      const netKwh = energy.netWithGradient(exact);
      const device = new DeviceFarm(input);
      const [found] = await device.gradients(gpu, [input.farm]);
      expect(Math.abs((await device.netKwh(gpu, [input.farm]))[0] / energy.net() - 1)).toBeLessThan(1e-5);
      expect(Math.abs(found.netKwh / netKwh - 1)).toBeLessThan(1e-5);
      const apart = { x: found.x.map((by, i) => by - exact.x[i]), y: found.y.map((by, i) => by - exact.y[i]) };
      expect(largestOf(apart) / largestOf(exact)).toBeLessThan(1e-5);
    }
  });

for (const name of ['floris_gauss', 'floris_gauss_shear012'])
  gpuTest(`${name}: energies of random farms are those of the engine to 1e-5`, async () => {
    for (let farm = 0; farm < 4; farm++) {
      const input = randomInput(wakeModel(name), 2000 + farm);
      const [netKwh] = await new DeviceFarm(input).netKwh(gpu, [input.farm]);
      expect(Math.abs(netKwh / new EnergyModel(input).net() - 1)).toBeLessThan(1e-5);
    }
  });

gpuTest('many layouts at a time, also of fewer turbines, have the energies that each has alone', async () => {
  const input = randomInput(superposedModel('noj_k004'), 1);
  const { own: _, ...farm } = input.farm;
  const turbines = farm.xM.length;
  const layouts = Array.from({ length: 40 }, (_, k) => {
    const n = 1 + (k % turbines);
    return {
      xM: Array.from(farm.xM)
        .slice(0, n)
        .map((x, i) => x + 9 * i * k),
      yM: Array.from(farm.yM).slice(0, n),
    };
  });
  const netKwh = await new DeviceFarm({ ...input, farm }).netKwh(gpu, layouts);
  layouts.forEach((layout, k) => {
    const kind = farm.kind && Array.from(farm.kind).slice(0, layout.xM.length);
    const exact = new EnergyModel({ ...input, farm: { ...farm, ...layout, kind } }).net();
    expect(Math.abs(netKwh[k] / exact - 1)).toBeLessThan(1e-5);
  });
});

gpuTest('a large farm in rows, with its cubic curve: sums of many terms in f32 are right, and gradients', async () => {
  const places = Array.from({ length: 225 }, (_, i) => ({ x: 700 * (i % 15), y: 700 * Math.floor(i / 15) }));
  const input = iea37Input(
    places.map(({ x }) => x),
    places.map(({ y }) => y),
  );
  const exact = { x: new Float64Array(225), y: new Float64Array(225) };
  const netKwh = new EnergyModel(input).netWithGradient(exact);
  const [found] = await new DeviceFarm(input).gradients(gpu, [input.farm]);
  expect(Math.abs(found.netKwh / netKwh - 1)).toBeLessThan(1e-5);
  const apart = { x: found.x.map((by, i) => by - exact.x[i]), y: found.y.map((by, i) => by - exact.y[i]) };
  expect(largestOf(apart) / largestOf(exact)).toBeLessThan(1e-5);
});

test('what a device does not compute is named', () => {
  const input = randomInput(superposedModel('turbopark_nygaard2022'), 1);
  expect(deviceObstacle(input)).toBeNull();
  expect(deviceObstacle({ ...input, model: wakeModel('floris_gch') })).toMatch(/floris_gch/);
  expect(deviceObstacle({ ...input, exportLimit: { limitKw: 1000, factor: 1 } })).toMatch(/export limit/);
  const [first] = input.farm.turbines;
  const turbines = [first, { ...first, diameterM: 2 * first.diameterM }];
  expect(deviceObstacle({ ...input, farm: { ...input.farm, turbines } })).toMatch(/rotors/);
  expect(() => new DeviceFarm({ ...input, speedups: { factors: [input.farm.xM] } as never })).toThrow(/varies/);
});
