// The direction of imports, and 'no process.env outside src/config', as DESIGN states them. Exits 1 with each breach.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

// A file may import from its own layer and from any listed below it.
const LAYERS = [
  ['src/cli', 'bench', 'scripts', 'test'],
  ['temporal'],
  ['src/api', 'workflows', 'activities'],
  ['src/services'],
  ['src/adapters', 'src/compute', 'migrations'],
  [
    'src/statistics',
    'src/series',
    'src/weather',
    'src/finance',
    'src/optimize',
    'src/solar',
    'src/wind',
    'src/documents',
  ],
  ['src/client'],
  ['src/contracts'],
  ['src/lib'],
];
const ENGINE = new Set(LAYERS[5]);
const layerOf = (path) => {
  for (let level = 0; level < LAYERS.length; level++)
    for (const folder of LAYERS[level]) if (path === folder || path.startsWith(`${folder}/`)) return { level, folder };
  return undefined;
};

const breaches = [];
for (const root of ['src', 'workflows', 'activities', 'temporal', 'migrations'].filter((folder) =>
  existsSync(folder),
)) {
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts')) continue;
    const file = join(entry.parentPath, entry.name);
    const isTest = entry.name.endsWith('.test.ts');
    const text = readFileSync(file, 'utf8');
    const own = layerOf(file);
    if (!own) {
      breaches.push(`${file}: stands in no known layer; add its folder to scripts/check-imports.mjs`);
      continue;
    }
    if (!isTest && !file.startsWith('src/adapters/config/') && /\bprocess\.env\b/.test(text))
      breaches.push(`${file}: reads process.env; src/adapters/config is its only reader`);
    if (
      !isTest &&
      ENGINE.has(own.folder) &&
      /\b(Date\.now|Math\.random|new Date\(\))|from 'node:(fs|net|http|https|child_process)/.test(text)
    )
      breaches.push(`${file}: the engine is pure: no clock, no randomness, no I/O`);
    if (isTest) continue;
    for (const [, typeOnly, target] of text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^;]*?from\s+'(\.[^']+)'/gm)) {
      const path = normalize(join(dirname(file), target));
      const other = layerOf(path);
      if (!other) continue;
      if (other.level < own.level) breaches.push(`${file}: imports ${path}, which stands above it`);
      if (own.folder === 'workflows' && other.folder !== 'workflows' && other.folder !== 'src/contracts' && !typeOnly)
        breaches.push(`${file}: workflows import contracts and activity types only, not ${path}`);
      if (own.folder === 'workflows' && path.endsWith('.schema.ts'))
        breaches.push(`${file}: schemas never enter the workflow bundle (${path})`);
    }
  }
}
for (const breach of breaches) console.error(breach);
console.log(
  breaches.length === 0 ? 'imports: every arrow points the right way' : `imports: ${breaches.length} breaches`,
);
process.exit(breaches.length === 0 ? 0 : 1);
