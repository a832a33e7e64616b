// Compiles the sources to dist/, removes from there what has no source, stamps the engine's version, and bundles the
// workflows, so that no worker does it at its start. With --production only what images ship, without tests and benchmarks.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = process.argv.includes('--production') ? 'tsconfig.build.json' : 'tsconfig.json';
const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', project], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

for (const name of readdirSync('dist', { recursive: true })) {
  // The dashboard has a build of its own.
  if (name.startsWith(`web${sep}`)) continue;
  const source = name.replace(/(\.d\.ts|\.js|\.js\.map)$/, '.ts');
  if (source !== name && !existsSync(source)) rmSync(join('dist', name));
}

const { engineVersionOf } = await import('../dist/src/adapters/version/fingerprint.js');
writeFileSync('dist/engine-version', `${engineVersionOf(process.cwd())}\n`);

const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('../dist/workflows/index.js', import.meta.url)),
  logger: new DefaultLogger('WARN'),
});
writeFileSync('dist/workflows/bundle.cjs', code);
