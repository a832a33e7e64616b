import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engineFiles, engineVersionOf, lockedPackages } from './fingerprint.ts';
import { ENGINE_VERSION, PACKAGE_VERSION } from './version.ts';

const root = mkdtempSync(join(tmpdir(), 'tessellate-engine-'));
let before: string;
beforeAll(() => {
  for (const path of ['package.json', 'package-lock.json', 'README.md', 'docs', 'src'])
    cpSync(path, join(root, path), { recursive: true });
  before = engineVersionOf(root);
});
afterAll(() => rmSync(root, { recursive: true }));

/** The version while a file is another. */
function versionWith(path: string, change: (text: string) => string): string {
  const file = join(root, path);
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(file, changed);
  const version = engineVersionOf(root);
  writeFileSync(file, text);
  return version;
}
const comment = (text: string): string => `${text}// A comment.\n`;
const otherVersion = (name: string) => (text: string) => {
  const lock = JSON.parse(text) as { packages: Record<string, { version: string }> };
  lock.packages[`node_modules/${name}`].version += '1';
  return JSON.stringify(lock);
};

describe('the version of the engine', () => {
  test('is that of the package and a hash, from sources as in the build', () => {
    expect(before).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{8}$/);
    expect(ENGINE_VERSION).toBe(before);
    expect(PACKAGE_VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
  });

  test.each([
    'src/statistics/random.ts',
    'src/series/columns.ts',
    'src/weather/formats/epw.ts',
    'src/finance/macrs.ts',
    'src/optimize/pareto.ts',
    'src/sun/linke-table.ts',
    'src/wind/wakes/jensen-kernel.ts',
    'src/documents/charts/charts.ts',
  ])('changes with a comment in %s', (path) => {
    const version = versionWith(path, comment);
    expect(version).not.toBe(before);
    expect(version.split('+')[0]).toBe(PACKAGE_VERSION);
    expect(engineVersionOf(root)).toBe(before);
  });

  test('changes with a data table or a room that is new', () => {
    const files = engineFiles(root);
    for (const path of ['src/wind/turbine/table.json', 'src/battery/cell.ts']) {
      cpSync(join(root, 'package.json'), join(root, path), { recursive: true });
      expect(engineFiles(root)).toEqual([...files, path].sort());
      expect(engineVersionOf(root)).not.toBe(before);
      rmSync(join(root, path));
    }
    expect(engineVersionOf(root)).toBe(before);
  });

  test.each([
    'src/wind/wakes/blockage.test.ts',
    'src/services/solar/system.ts',
    'src/api/app.ts',
    'src/adapters/database/database.ts',
    'src/contracts/solar/system.schema.ts',
    'src/compute/pool.ts',
    'docs/models/wind-wakes.md',
    'README.md',
  ])('stays with a comment in %s', (path) => {
    expect(versionWith(path, comment)).toBe(before);
  });

  test('stays with line ends of another system', () => {
    expect(versionWith('src/finance/macrs.ts', (text) => text.replaceAll('\n', '\r\n'))).toBe(before);
  });

  // Imported: as a module, by require, by resolve; the last two are needed by others of them.
  test.each(['proj4', 'world-atlas', '@expo-google-fonts/noto-sans', 'fflate', 'd3-array', 'fontkit'])(
    'changes with the locked version of %s, which the engine computes with',
    (name) => {
      expect(versionWith('package-lock.json', otherVersion(name))).not.toBe(before);
    },
  );

  test.each(['express', 'typeorm', 'zod', 'fast-check', 'typescript'])(
    'stays with the locked version of %s, which it does not import',
    (name) => {
      expect(versionWith('package-lock.json', otherVersion(name))).toBe(before);
    },
  );
});

test('a package is looked up where Node finds it: the nearest place wins', () => {
  const locked = {
    '': { dependencies: { a: '*', b: '*', c: '*' } },
    'node_modules/a': { version: '1', dependencies: { b: '*' }, optionalDependencies: { absent: '*' } },
    'node_modules/a/node_modules/b': { version: '2', dependencies: { c: '*' } },
    'node_modules/b': { version: '3' },
    'node_modules/c': { version: '4', dependencies: { a: '*' } },
    'node_modules/d': { version: '5' },
  };
  expect(lockedPackages([`import x from 'a';`], locked)).toEqual(['a@1', 'b@2', 'c@4']);
  expect(lockedPackages([`import type { X } from 'a';\nimport 'b/file.js';`], locked)).toEqual(['b@3']);
  expect(lockedPackages([`import { x } from 'd';`], locked)).toEqual([]);
});
