/** Searches on a GPU worker: here the GPU is a Vulkan that computes on the processor. */
import { afterAll, beforeAll, expect } from '@jest/globals';
import { type Customer, newCustomer } from '../support/customer.ts';
import { hasVulkan, testWith } from '../support/needs.ts';
import { circle } from '../support/long-jobs.ts';
import { type Platform, startPlatform } from '../support/platform.ts';

const gpuTest = testWith('vulkan', hasVulkan);
let platform: Platform;
let customer: Customer;
let weatherId: string;

beforeAll(async () => {
  platform = await startPlatform({}, { queues: 'default,solar,wind,reports,gpu' });
  await platform.startAll();
  customer = await newCustomer(platform);
  weatherId = await customer.uploadWeather();
});
afterAll(() => platform?.stop());

const search = (more: object = {}) => ({
  weather_id: weatherId,
  system: { bifacial: { bifaciality: 0.7, gcr: 0.4 } },
  variables: {
    tilt_deg: { lower: 0, upper: 60 },
    dc_ac_ratio: { lower: 1, upper: 2 },
    gcr: { lower: 0.2, upper: 0.7 },
  },
  objectives: ['lcoe', 'land_use'],
  population_size: 20,
  n_iterations: 5,
  seed: 7,
  ...more,
});
const wind = { type: 'weibull', sectors: [{ frequency: 1, scale_m_s: 9, shape: 2 }] };
const layouts = (more: object = {}) => ({
  resource: wind,
  turbines: [{ id: 'v80' }],
  boundary: circle(0, 0, 900),
  n_turbines: 6,
  bins: { direction_step_deg: 30 },
  search_bins: { direction_step_deg: 30, speed_step_m_s: 4 },
  n_starts: 1,
  n_iterations: 5,
  seed: 7,
  ...more,
});
/** Stores checkpoints as often as it can: a GPU that is fast ends these searches in a second. */
const withGpu = () => platform.startWorker({ ENABLE_GPU_TASKS: 'true', CHECKPOINT_SECONDS: '0' });
/** The result without what differs from run to run. */
const figuresOf = ({ result: { computed_by: _, ...figures } }: { result: Record<string, unknown> }) => figures;

gpuTest(
  'without a GPU worker gpu is refused or fails after its wait, auto takes the processor, and a worker of gpu alone ends',
  async () => {
    const { status, body } = await customer.call('POST', '/v1/solar/optimize', search({ compute: 'gpu' }));
    expect([status, body.code, body.pointer]).toEqual([409, 'gpu.unavailable', '/compute']);
    const windy = await customer.call('POST', '/v1/wind/optimize', layouts({ compute: 'gpu' }));
    expect([windy.status, windy.body.code, windy.body.pointer]).toEqual([409, 'gpu.unavailable', '/compute']);
    const waiting = await customer.submit('/v1/solar/optimize', search({ compute: 'gpu', gpu_wait_s: 1 }));
    const failed = await customer.ended(waiting);
    expect([failed.status, failed.error.code]).toEqual(['failed', 'gpu.unavailable']);
    const auto = await customer.done('/v1/solar/optimize', search());
    expect(auto.result.computed_by).toEqual({ ran_on: 'cpu', device: null, n_device_evaluations: 0, device_s: 0 });

    const disabled = await platform.tessellate('worker', '--queues', 'gpu');
    expect([disabled.status, disabled.output]).toEqual([1, expect.stringContaining('ENABLE_GPU_TASKS is false')]);
    const missing = { ENABLE_GPU_TASKS: 'true', VK_ICD_FILENAMES: '/nowhere.json', WORKER_HEALTH_PORT: '0' };
    const noGpu = await platform.tessellateWith(missing, 'worker', '--queues', 'gpu');
    expect(noGpu.status).toBe(1);
    expect(noGpu.output.split('\n').filter((line) => line.includes('looked for an adapter of Vulkan'))).toHaveLength(1);
  },
);

gpuTest(
  'a search on the GPU has results of the processor, says where it ran, and is refused for what a GPU does not compute',
  async () => {
    await platform.kill('worker', 'SIGTERM');
    await withGpu();
    const { result } = await customer.done('/v1/solar/optimize', search({ compute: 'gpu' }));
    expect(result.computed_by).toMatchObject({
      ran_on: 'gpu',
      device: expect.stringMatching(/./),
      n_device_evaluations: 100,
    });
    expect(result.computed_by.device_s).toBeGreaterThan(0);
    const again = { weather_id: weatherId, system: result.best.system };
    const exact = (await customer.done('/v1/solar/analyze', again)).result.systems[0].annual_energy_kwh;
    expect(result.best.annual_energy_kwh / exact).toBeCloseTo(1, 11);
    const onCpu = await customer.done('/v1/solar/optimize', search({ compute: 'cpu' }));
    expect(onCpu.result.computed_by.ran_on).toBe('cpu');
    expect(result.best.objectives.lcoe / onCpu.result.best.objectives.lcoe).toBeCloseTo(1, 3);

    // This GPU is slower than the fast kernel of the processor, as the worker has measured.
    const racks = search({ system: {}, variables: { tilt_deg: { lower: 0, upper: 60 } } });
    expect((await customer.done('/v1/solar/optimize', racks)).result.computed_by.ran_on).toBe('cpu');
    const faiman = search({ compute: 'gpu', system: { temperature: { type: 'faiman', u0: 25, u1: 6.84 } } });
    const { status, body } = await customer.call('POST', '/v1/solar/optimize', faiman);
    expect([status, body.pointer]).toEqual([422, '/compute']);
    const metrics = await (await fetch(`${platform.workerHealth}/metrics`)).text();
    expect(metrics).toMatch(/^gpu_busy_seconds_total [\d.e-]*[1-9]/m);
    expect(metrics).toMatch(/^gpu_memory_bytes [1-9]/m);
  },
);

gpuTest(
  'layouts are searched and flow maps drawn on the GPU, with results of the processor, and what it cannot search is refused',
  async () => {
    const { result } = await customer.done('/v1/wind/optimize', layouts({ compute: 'gpu' }));
    expect(result.computed_by).toMatchObject({ ran_on: 'gpu', device: expect.stringMatching(/./) });
    expect(result.computed_by.n_device_evaluations).toBeGreaterThan(4_000);
    expect(result.computed_by.device_s).toBeGreaterThan(0);
    const { x_m, y_m } = result.best.layout;
    const map = { wind_direction_deg: 270, wind_speed_m_s: 9, n_x: 50, n_y: 40 };
    const again = { resource: wind, turbines: [{ id: 'v80' }], layout: { x_m, y_m }, bins: { direction_step_deg: 30 } };
    const drawn = (await customer.done('/v1/wind/analyze', { ...again, flow_maps: [map], compute: 'gpu' })).result;
    expect(drawn.annual_energy_kwh).toBe(result.best.annual_energy_kwh);
    expect(drawn.computed_by).toMatchObject({ ran_on: 'gpu', n_device_evaluations: 2000 });
    expect(drawn.flow_maps[0].min_wind_speed_m_s).toBeLessThan(7);
    const grids = { method: 'nsga2', n_turbines: [4, 6], population_size: 12 };
    const front = (await customer.done('/v1/wind/optimize', layouts({ ...grids, compute: 'gpu' }))).result;
    const onCpu = (await customer.done('/v1/wind/optimize', layouts({ ...grids, compute: 'cpu' }))).result;
    expect([front.computed_by.ran_on, onCpu.computed_by.ran_on]).toEqual(['gpu', 'cpu']);
    expect(front.computed_by.n_device_evaluations).toBe(60);
    expect(front.best.score / onCpu.best.score).toBeCloseTo(1, 3);
    // This GPU is slower than the processor, as the worker has measured.
    expect((await customer.done('/v1/wind/optimize', layouts())).result.computed_by.ran_on).toBe('cpu');
    const { status, body } = await customer.call(
      'POST',
      '/v1/wind/optimize',
      layouts({ compute: 'gpu', method: 'gradient' }),
    );
    expect([status, body.pointer]).toEqual([422, '/compute']);
  },
);

gpuTest(
  'kill -9 of the GPU worker in a search of layouts: another continues, to the layout of an undisturbed search',
  async () => {
    const long = layouts({ compute: 'gpu', n_iterations: 40 });
    const id = await customer.submit('/v1/wind/optimize', long);
    await customer.checkpoint(id, ({ state }) => (state.best_score ?? 0) > 0);
    await platform.kill('worker');
    await withGpu();
    const job = await customer.ended(id);
    expect([job.status, job.n_attempts]).toEqual(['succeeded', 2]);
    const undisturbed = await customer.done('/v1/wind/optimize', long);
    expect(figuresOf(job)).toEqual(figuresOf(undisturbed));
  },
);

gpuTest(
  'kill -9 of the GPU worker: another continues from the checkpoint, to the figures of an undisturbed search',
  async () => {
    const long = search({ compute: 'gpu', n_iterations: 40 });
    const id = await customer.submit('/v1/solar/optimize', long);
    const { state } = await customer.checkpoint(id, ({ state: saved }) => (saved.iteration ?? 0) > 0);
    await platform.kill('worker');
    await withGpu();
    const job = await customer.ended(id);
    expect([job.status, job.n_attempts]).toEqual(['succeeded', 2]);
    const undisturbed = await customer.done('/v1/solar/optimize', long);
    expect(figuresOf(job)).toEqual(figuresOf(undisturbed));
    expect(state.iteration).toBeLessThan(40);
  },
);
