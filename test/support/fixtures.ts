/** Where tests and benchmarks find real data: the project's weather files and the reference values. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The repository's root, found upwards from the current directory, so that it works from dist/ too. */
export const ROOT = ((): string => {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'data', 'weather'))) return folder;
    if (dirname(folder) === folder) throw new Error(`no project root above ${process.cwd()}`);
  }
})();

const WEATHER_FOLDERS = [join(ROOT, 'data', 'weather'), join(ROOT, 'test', 'fixtures', 'weather')];

/** Path of a weather file by its name, from data/weather or test/fixtures/weather. */
export function weatherPath(file: string): string {
  const path = WEATHER_FOLDERS.map((folder) => join(folder, file)).find((candidate) => existsSync(candidate));
  if (path !== undefined) return path;
  const known = WEATHER_FOLDERS.flatMap((folder) => readdirSync(folder)).filter((name) => name.endsWith('.gz'));
  throw new Error(`no weather file ${file}; there are ${known.join(', ')}`);
}

/** A weather file as it is stored, gzip. */
export const weatherFile = (file: string): Uint8Array => readFileSync(weatherPath(file));

/** A weather file unpacked. */
export const weatherText = (file: string): string => gunzipSync(weatherFile(file)).toString('utf8');

export const WEATHER = {
  greensboro: '723170TYA.CSV.gz',
  tucson: '722740TYA.CSV.gz',
  pvgis: 'tmy_45.000_8.000_2005_2023.csv.gz',
  tucsonMirrorSouth: 'tucson_mirror_south_sam.csv.gz',
} as const;
