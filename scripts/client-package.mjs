// Compiles src/client into clients/typescript/dist, the files of the client's package: `npm pack` in clients/typescript runs it.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cwd = join(dirname(fileURLToPath(import.meta.url)), '..');
// stdout belongs to npm, which prints the name of the package there.
const run = (command, args) => {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
};

if (!existsSync(join(cwd, 'node_modules', 'typescript'))) run('npm', ['ci', '--no-audit', '--no-fund']);
rmSync(join(cwd, 'clients/typescript/dist'), { recursive: true, force: true });
run(process.execPath, ['node_modules/typescript/bin/tsc', '--project', 'clients/typescript']);
