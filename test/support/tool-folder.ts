/**
 * Programs that only tests need, with dependencies of their own: each is a folder with a lockfile (npm) or pinned requirements
 * (pip). They are installed on first use into the user's cache, by the hash of that file, and never into the repository.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'tessellate', 'tools');

/** @returns stdout */
async function run(
  command: string,
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
  try {
    return (await promisify(execFile)(command, args, options)).stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    // A line may quote a request of megabytes.
    const said = stdout.replace(/^(.{1000}).+$/gm, '$1 ...').slice(-100_000);
    throw new Error(`${command} ${args.join(' ')} failed:\n${said}\n${stderr.slice(-4000)}`, { cause: error });
  }
}

export interface ToolFolder {
  readonly folder: string;
  /** Runs one of its programs there. @throws Error with all that it wrote, if it fails */
  run(command: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  remove(): void;
}

/** Installs what a folder names. @returns a new folder with its files */
export async function toolFolder(source: string): Promise<ToolFolder> {
  const isNode = existsSync(join(source, 'package.json'));
  const pins = isNode ? 'package-lock.json' : 'requirements.txt';
  const hash = createHash('sha256')
    .update(readFileSync(join(source, pins)))
    .digest('hex')
    .slice(0, 12);
  const installed = join(cache, `${basename(source)}-${hash}`);
  const stamp = join(installed, 'installed');
  if (!existsSync(stamp)) {
    rmSync(installed, { recursive: true, force: true });
    mkdirSync(installed, { recursive: true });
    for (const file of isNode ? ['package.json', pins] : [pins]) cpSync(join(source, file), join(installed, file));
    if (isNode) await run('npm', ['ci', '--silent', '--no-audit', '--no-fund'], { cwd: installed });
    else {
      await run('python3', ['-m', 'venv', 'venv'], { cwd: installed });
      await run('venv/bin/pip', ['install', '--quiet', '--requirement', pins], { cwd: installed });
    }
    writeFileSync(stamp, '');
  }
  const folder = mkdtempSync(join(installed, 'run-'));
  cpSync(source, folder, { recursive: true });
  const programs = [join(installed, 'node_modules', '.bin'), join(installed, 'venv', 'bin')];
  const PATH = [...programs, process.env.PATH].join(delimiter);
  return {
    folder,
    run: (command, args, env = {}) => run(command, args, { cwd: folder, env: { PATH, ...env } }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
