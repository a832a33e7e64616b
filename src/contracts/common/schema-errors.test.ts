import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { rangeOf } from './fields.schema.ts';
import { refusalsOf, schemaError } from './schema-errors.ts';

const schema = z.strictObject({
  tilt_deg: rangeOf(0, 90, 'Tilt'),
  step_m: z.number().positive(),
  pressure_pa: z.number().min(1),
  n_rows: z.int().min(1).max(64),
  n_any: z.int().min(0),
  n_iterations: z.int().optional(),
  limit: z.coerce.number().int().min(1).max(200),
  name: z.string().min(2).max(5),
  password: z.string().max(3),
  email: z.email(),
  url: z.url(),
  time: z.iso.datetime({ offset: true }),
  code: z.string().regex(/^[A-Z]{3}$/),
  job_id: z.string().regex(/^job_/, 'expected the id of a job, job_...'),
  modifier: z
    .array(rangeOf(0, 1.2, 'Modifier'))
    .min(2)
    .max(3),
  monthly: z.array(z.number()).length(12),
  losses_pct: z.record(z.string().regex(/^[a-z]+$/), rangeOf(0, 99, 'Loss')),
  model: z.enum(['perez', 'isotropic']),
  version: z.literal(1),
  is_south: z.boolean(),
  mounting: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('fixed'), tilt_deg: rangeOf(0, 90, 'Tilt') }),
    z.strictObject({ type: z.literal('roof') }),
  ]),
  density: z.union([rangeOf(0.5, 1.6, 'Density'), z.literal('weather')]),
  horizon: z.union([
    z.strictObject({ horizon_id: z.string() }),
    z.strictObject({ azimuth_deg: z.array(z.number()), elevation_deg: z.array(rangeOf(0, 90, 'Elevation')).max(2) }),
  ]),
  turbulence: z.union([rangeOf(0, 1, 'Intensity'), z.array(rangeOf(0, 1, 'Intensity')).max(2)]),
});
const VALID = {
  ...{ tilt_deg: 0, step_m: 1, pressure_pa: 1, n_rows: 1, n_any: 0, limit: '5', name: 'ab', password: '' },
  ...{ email: 'a@b.org', url: 'https://a.org', time: '2026-01-31T12:00:00Z', code: 'EUR', job_id: 'job_1' },
  ...{ modifier: [1, 1], monthly: new Array(12).fill(0), losses_pct: {}, model: 'perez', version: 1, is_south: true },
  ...{ mounting: { type: 'roof' }, density: 1, horizon: { horizon_id: 'x' }, turbulence: 0.1 },
};

test('the base of the cases is valid', () => {
  expect(schema.safeParse(VALID).success).toBe(true);
});

test.each<[object, string, string]>([
  [{ tilt_deg: 120 }, 'tilt_deg', 'tilt_deg is 120; expected 0 to 90'],
  [{ tilt_deg: -1 }, 'tilt_deg', 'tilt_deg is -1; expected 0 to 90'],
  [{ tilt_deg: '12' }, 'tilt_deg', 'tilt_deg is "12"; expected a number'],
  [{ tilt_deg: null }, 'tilt_deg', 'tilt_deg is null; expected a number'],
  [{ tilt_deg: Number.NaN }, 'tilt_deg', 'tilt_deg is NaN; expected a number'],
  [{ tilt_deg: undefined }, 'tilt_deg', 'tilt_deg is missing; expected a number'],
  [{ step_m: 0 }, 'step_m', 'step_m is 0; expected above 0'],
  [{ pressure_pa: 0 }, 'pressure_pa', 'pressure_pa is 0; expected at least 1'],
  [{ n_rows: 65 }, 'n_rows', 'n_rows is 65; expected 1 to 64'],
  [{ n_rows: 1.5 }, 'n_rows', 'n_rows is 1.5; expected a whole number'],
  [{ n_any: -1 }, 'n_any', 'n_any is -1; expected at least 0'],
  [{ limit: '500' }, 'limit', 'limit is 500; expected 1 to 200'],
  [{ name: 'a' }, 'name', 'name has 1 character; expected 2 to 5'],
  [{ name: 'abcdef' }, 'name', 'name has 6 characters; expected 2 to 5'],
  [{ name: 12345 }, 'name', 'name is a number; expected a string'],
  [{ name: undefined }, 'name', 'name is missing; expected a string'],
  [{ password: 'secret' }, 'password', 'password has 6 characters; expected at most 3'],
  [{ email: 'nobody' }, 'email', 'email does not fit; expected an email address'],
  [{ url: 'nowhere' }, 'url', 'url does not fit; expected a URL'],
  [{ time: 'noon' }, 'time', 'time does not fit; expected an ISO 8601 instant such as 2026-01-31T12:00:00Z'],
  [{ code: 'euro' }, 'code', 'code does not fit; expected a string that matches /^[A-Z]{3}$/'],
  [{ job_id: 'x' }, 'job_id', 'expected the id of a job, job_...'],
  [{ modifier: [1] }, 'modifier', 'modifier has length 1; expected at least 2'],
  [{ modifier: [1, 1, 1, 1] }, 'modifier', 'modifier has length 4; expected at most 3'],
  [{ modifier: [1, 1.3] }, 'modifier.1', 'modifier.1 is 1.3; expected 0 to 1.2'],
  [{ modifier: 1 }, 'modifier', 'modifier is 1; expected an array'],
  [{ monthly: [1] }, 'monthly', 'monthly has length 1; expected 12'],
  [{ losses_pct: { snow: 100 } }, 'losses_pct.snow', 'snow is 100; expected 0 to 99'],
  [
    { losses_pct: { 'a b': 1 } },
    'losses_pct.a b',
    'the name "a b" does not fit; expected a string that matches /^[a-z]+$/',
  ],
  [{ losses_pct: [] }, 'losses_pct', 'losses_pct is an array; expected an object'],
  [{ model: 'none' }, 'model', 'model is "none"; expected one of "perez", "isotropic"'],
  [{ model: undefined }, 'model', 'model is missing; expected one of "perez", "isotropic"'],
  [{ model: 'x'.repeat(99) }, 'model', 'model is a string of 99 characters; expected one of "perez", "isotropic"'],
  [{ version: 2 }, 'version', 'version is 2; expected 1'],
  [{ is_south: 'yes' }, 'is_south', 'is_south is "yes"; expected a boolean'],
  [{ mounting: { type: 'pole' } }, 'mounting.type', 'type is "pole"; expected one of "fixed", "roof"'],
  [{ mounting: {} }, 'mounting.type', 'type is missing; expected one of "fixed", "roof"'],
  [{ mounting: { type: 'fixed', tilt_deg: 91 } }, 'mounting.tilt_deg', 'tilt_deg is 91; expected 0 to 90'],
  [{ mounting: 5 }, 'mounting', 'mounting is 5; expected an object'],
  [{ density: 2 }, 'density', 'density is 2; expected 0.5 to 1.6'],
  [{ density: 'air' }, 'density', 'density is "air"; expected a number or "weather"'],
  [{ horizon: { azimuth_deg: [0] } }, 'horizon.elevation_deg', 'elevation_deg is missing; expected an array'],
  [
    { horizon: { azimuth_deg: [0], elevation_deg: [1, 2, 3] } },
    'horizon.elevation_deg',
    'elevation_deg has length 3; expected at most 2',
  ],
  [{ turbulence: [0, 0, 0] }, 'turbulence', 'turbulence has length 3; expected at most 2'],
  [{ turbulence: [0, 7] }, 'turbulence.1', 'turbulence.1 is 7; expected 0 to 1'],
  [{ tilt: 1, yaw: 2 }, '', 'unknown fields "tilt", "yaw"'],
  [{ enabled: true }, '', 'unknown field "enabled"'],
  [{ iterations: 3 }, '', 'unknown field "iterations"; "iterations" is now "n_iterations"'],
])('%j is refused with its name, its value and what is expected', (change, path, message) => {
  const { error } = schema.safeParse({ ...VALID, ...change }, { error: schemaError });
  const refusals = refusalsOf(error?.issues ?? []);
  expect(refusals.map((refusal) => [refusal.path.join('.'), refusal.message])).toEqual([[path, message]]);
});

test('a value that is no object is refused as a whole', () => {
  const { error } = schema.safeParse(5, { error: schemaError });
  expect(refusalsOf(error?.issues ?? [])).toEqual([{ path: [], message: 'value is 5; expected an object' }]);
});
