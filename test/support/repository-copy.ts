/** A copy of the repository's sources, to plant something in. */
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const FOLDERS = ['src', 'workflows', 'activities', 'temporal', 'migrations', 'bench', 'test', 'scripts', 'lint'];
const FILES = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'biome.json',
  'jest.config.mjs',
  'knip.config.js',
  '.dependency-cruiser.mjs',
];
const FIXTURES = resolve('test/fixtures');

/** Without fixtures and documents; packages and data are this repository's. @returns its folder, which the caller removes */
export function copyRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'tessellate-house-'));
  for (const folder of FOLDERS)
    cpSync(folder, join(copy, folder), { recursive: true, filter: (path) => resolve(path) !== FIXTURES });
  for (const file of FILES) cpSync(file, join(copy, file));
  for (const folder of ['node_modules', 'data']) symlinkSync(resolve(folder), join(copy, folder));
  // Declarations name packages by their paths, which lead out of the copy.
  const compiler = join(copy, 'tsconfig.json');
  writeFileSync(compiler, readFileSync(compiler, 'utf8').replace('"declaration": true', '"declaration": false'));
  return copy;
}
