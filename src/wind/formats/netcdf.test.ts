import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { zipSync } from 'fflate';
import { readNetCdf } from './netcdf.ts';
import { stringifyWindIo } from './windio.ts';
import { readWindIoFile } from './windio-file.ts';
import { publicTurbine } from '../turbine/turbine-library.ts';

const fixture = (name: string) =>
  new Uint8Array(readFileSync(`test/fixtures/cases/wind/windio/plant_energy_resource/${name}.nc`));
/** As xarray 2026.9 reads windIO 2.1.1's UniformWeibullResource.nc */
const SCALES = [
  9.176929, 9.782334, 9.531809, 9.909545, 10.04269, 9.593921, 9.584007, 10.51499, 11.39895, 11.68746, 11.63732,
  10.08803,
];

test.each(['UniformWeibullResource', 'UniformWeibullResource_classic'])('%s.nc is read as xarray reads it', (name) => {
  const tree = readNetCdf(fixture(name), name);
  expect(tree.wind_direction).toEqual([0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330]);
  expect(tree.weibull_a).toEqual({ dims: ['wind_direction'], data: SCALES });
  expect(tree.turbulence_intensity).toEqual({ dims: [], data: 0.075 });
  // A windIO document in a zip includes it.
  const system = stringifyWindIo({
    name: 'farm',
    farm: { xM: [0], yM: [0], turbines: [publicTurbine('iea37_335')] },
    resource: { kind: 'weibull', site: { frequency: [1], weibull: [{ scaleMPerS: 8, shape: 2 }] } },
    ti: null,
    site: { zones: [{ xM: 0, yM: 0, radiusM: 500 }] },
  });
  const text = system.replace(/wind_resource:\n( {6}.*\n)+/, `wind_resource: !include data/${name}.nc\n`);
  expect(text).toContain('!include');
  const bytes = zipSync({ 'farm.yaml': new TextEncoder().encode(text), [`data/${name}.nc`]: fixture(name) });
  const { resource, ti } = readWindIoFile(bytes);
  expect(ti).toBe(0.075);
  expect(resource.kind === 'weibull' && resource.site.weibull.map(({ scaleMPerS }) => scaleMPerS)).toEqual(SCALES);
});

test('a table over two dimensions keeps their order; damaged files are refused', () => {
  const tree = readNetCdf(fixture('table'), 'table.nc');
  const rows = [0, 1, 2].map((d) => [0, 1, 2, 3].map((s) => (4 * d + s) / 66));
  expect(tree.probability).toEqual({ dims: ['wind_direction', 'wind_speed'], data: rows });
  // Minutes become hours, as windIO has them.
  expect(tree.time).toEqual([0, 1, 2]);
  for (const name of ['UniformWeibullResource', 'UniformWeibullResource_classic'])
    expect(() => readNetCdf(fixture(name).slice(0, 200), 'cut.nc')).toThrow('cut.nc is not readable as netCDF');
});
