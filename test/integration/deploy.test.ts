/** The images and the compose stack against what they are made of: package.json, the configuration, the files they copy. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseConfig } from '../../src/adapters/config/config.ts';
import { ENVIRONMENT } from '../../src/adapters/config/schema.ts';
import { parseQueues } from '../../src/cli/operators/worker.ts';
import { TASK_QUEUES } from '../../src/contracts/jobs/kinds.ts';

interface Instruction {
  readonly name: string;
  readonly rest: string;
  /** Stage that it belongs to, from 0. */
  readonly stage: number;
}

function readDockerfile(file: string): Instruction[] {
  let stage = -1;
  return readFileSync(file, 'utf8')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('#'))
    .map((line) => {
      const [, name, rest] = /^(\S+)\s+(.*)$/.exec(line)!;
      if (name === 'FROM') stage++;
      return { name, rest, stage };
    });
}

interface Service {
  readonly build?: { readonly dockerfile: string };
  readonly image?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
  readonly volumes?: readonly string[];
  readonly restart?: string;
}

const compose = parse(readFileSync('docker-compose.prod.yml', 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
};
/** As compose does it, with something in every variable that must be set, and nothing in the others. */
const substituted = (value: string): string =>
  value
    .replace(/\$\{(\w+):\?[^}]*\}/g, (_, variable: string) =>
      variable === 'API_BASE_URL' ? 'https://api.example.com' : 'x'.repeat(40),
    )
    .replace(/\$\{\w+:-([^${}]*)\}/g, '$1')
    .replace(/\$\{\w+:-([^${}]*)\}/g, '$1');

const IMAGES = ['Dockerfile.api', 'Dockerfile.worker', 'Dockerfile.gpu'];
const sourceOf = (built: string): string => built.replace(/^dist\//, '').replace(/\.js$/, '.ts');

describe.each(IMAGES)('%s', (file) => {
  const instructions = readDockerfile(file);
  const last = Math.max(...instructions.map(({ stage }) => stage));
  const final = instructions.filter(({ stage }) => stage === last);
  const one = (name: string) => final.find((instruction) => instruction.name === name)?.rest ?? '';

  test('builds in a stage of its own, on a Node that the project allows', () => {
    expect(last).toBe(1);
    // One place: .nvmrc, which developers and .ci/run use too.
    const nodeVersion = readFileSync('.nvmrc', 'utf8').trim();
    expect(instructions[0]).toMatchObject({ name: 'ARG', rest: `NODE_VERSION=${nodeVersion}` });
    for (const { rest } of instructions.filter(({ name }) => name === 'FROM'))
      expect(rest).toMatch(/^node:\$\{NODE_VERSION\}-/);
    // An even line becomes LTS.
    expect(Number(nodeVersion) % 2).toBe(0);
    expect(JSON.parse(readFileSync('package.json', 'utf8')).engines.node).toBe('>=20.19');
  });

  test('copies what there is, and everything that the compiler is given', () => {
    const sources = instructions
      .filter(({ name, rest }) => name === 'COPY' && !rest.startsWith('--from'))
      .flatMap(({ rest }) => rest.split(' ').slice(0, -1));
    for (const source of sources) expect([source, existsSync(source)]).toEqual([source, true]);
    const { include } = JSON.parse(readFileSync('tsconfig.build.json', 'utf8')) as { include: string[] };
    for (const folder of include) expect(sources).toContain(folder.split('/')[0]);
  });

  test('ships neither tests nor benchmarks', () => {
    expect(instructions.filter(({ name, rest }) => name === 'COPY' && /\b(test|bench)\b/.test(rest))).toEqual([]);
    const build = instructions.find(({ rest }) => rest.includes('scripts/build.mjs'))!;
    expect(build.rest).toContain('node scripts/build.mjs --production');
  });

  test('runs as appuser, with a health check, after the migrations, a program that is built', () => {
    expect(one('USER')).toBe('appuser');
    expect(one('HEALTHCHECK')).toContain('/health');
    expect(one('ENTRYPOINT')).toBe('["sh", "deploy/docker-entrypoint.sh"]');
    expect(readFileSync('deploy/docker-entrypoint.sh', 'utf8')).toMatch(/migrate up\nexec "\$@"/);
    const [node, program, ...args] = JSON.parse(one('CMD')) as string[];
    expect(node).toBe('node');
    expect(existsSync(sourceOf(program))).toBe(true);
    if (args[0] === 'worker') expect(queuesOf(args).length).toBeGreaterThan(0);
  });
});

/** The queues that a worker's command line names, or those that it polls without naming any. */
function queuesOf(args: readonly string[]) {
  const at = args.indexOf('--queues');
  return parseQueues(at < 0 ? undefined : args[at + 1]);
}

describe('the lockfile', () => {
  test('names a version and a checksum for every package, so that npm ci installs it anywhere', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { version?: string; integrity?: string; inBundle?: boolean }>;
    };
    const lacking = Object.entries(packages).filter(
      ([path, { version, integrity, inBundle }]) => path !== '' && !inBundle && !(version && integrity),
    );
    expect(lacking.map(([path]) => path)).toEqual([]);
  });
});

describe('docker-compose.prod.yml', () => {
  const services = Object.entries(compose.services);

  test('has exactly the processes of the platform', () => {
    expect(Object.keys(compose.services).sort()).toEqual(
      [
        ...['api', 'worker', 'postgres', 'redis'],
        ...['temporal', 'temporal-namespace', 'temporal-schema', 'temporal-ui'],
      ].sort(),
    );
  });

  test("Temporal's server and its tools are of the version that embedded mode runs", () => {
    const images = ['temporal', 'temporal-schema', 'temporal-namespace'].map((name) => compose.services[name].image);
    const cli = readFileSync('temporal/embedded/dev-server.ts', 'utf8');
    const [, server] = /which hold the CLI with server (\d+\.\d+)/.exec(cli)!;
    for (const image of images) expect(image).toContain(`:${server}.`);
  });

  test('every queue has a worker', () => {
    const served = IMAGES.slice(1).flatMap((file) => {
      const args = JSON.parse(readDockerfile(file).findLast(({ name }) => name === 'CMD')!.rest) as string[];
      return queuesOf(args);
    });
    expect(served.sort()).toEqual([...TASK_QUEUES].sort());
    expect(served).toEqual(expect.arrayContaining(['default', 'gpu', 'reports', 'solar', 'wind']));
  });

  test.each(services.filter(([, { build }]) => build))('%s gets a production configuration', (_name, service) => {
    const { environment = {}, build } = service;
    for (const name of Object.keys(environment)) expect(Object.keys(ENVIRONMENT)).toContain(name);
    const given = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, substituted(value)]));
    expect(parseConfig(given).APP_ENV).toBe('production');
    expect(IMAGES).toContain(build?.dockerfile);
  });

  test.each(services)(
    '%s waits for steps that end and for services that can say that they are healthy, and mounts files that exist',
    (_name, service) => {
      for (const [needed, { condition }] of Object.entries(service.depends_on ?? {})) {
        const other = compose.services[needed];
        // What restarts only on failure is a step that ends.
        const ends = other.restart?.startsWith('on-failure') ?? false;
        expect(condition).toBe(ends ? 'service_completed_successfully' : 'service_healthy');
        if (ends) continue;
        const built = other.build && readDockerfile(other.build.dockerfile).some(({ name }) => name === 'HEALTHCHECK');
        expect(built || other.healthcheck !== undefined).toBe(true);
      }
      for (const volume of service.volumes ?? [])
        if (volume.startsWith('./')) expect(existsSync(volume.split(':')[0])).toBe(true);
    },
  );
});
