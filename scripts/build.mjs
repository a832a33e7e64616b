// Compiles the sources to dist/. Node built-ins alone: node_modules may be new.
import { spawnSync } from 'node:child_process';

const result = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], {
  stdio: 'inherit',
});
process.exit(result.status ?? 1);
