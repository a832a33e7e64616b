// Compiles the sources to dist/, and bundles the workflows there, so that no worker does it at its start.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], {
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);

const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
const path = (name) => fileURLToPath(new URL(`../dist/workflows/${name}`, import.meta.url));
const { code } = await bundleWorkflowCode({ workflowsPath: path('index.js'), logger: new DefaultLogger('WARN') });
writeFileSync(path('bundle.cjs'), code);
