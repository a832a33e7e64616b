/** The images and the compose stack against what they are made of: package.json, the configuration, the files they copy. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { parseConfig } from '../../src/adapters/config/config.ts';
import { connectionBudget } from '../../src/adapters/config/connections.ts';
import { ENVIRONMENT } from '../../src/adapters/config/schema.ts';
import { parseQueues } from '../../src/cli/operators/worker.ts';
import { policyOf, STOP_GRACES } from '../../src/contracts/common/queues.ts';
import { CLOSE_MS, REQUESTS_END_MS } from '../../src/contracts/operations/stopping.ts';
import { DEFAULT_QUEUES, TASK_QUEUES } from '../../src/contracts/jobs/kinds.ts';

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
  readonly env_file?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
  readonly volumes?: readonly string[];
  readonly restart?: string;
  readonly profiles?: readonly string[];
  readonly deploy?: { readonly resources: { readonly reservations: { readonly devices: readonly object[] } } };
  readonly stop_grace_period?: string;
  readonly security_opt?: readonly string[];
  readonly logging?: { readonly options: Readonly<Record<string, string>> };
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

/** Has PostgreSQL's programs beside the command. */
const BACKUPS = 'Dockerfile.backups';
/** Serves the dashboard only, so it has no settings and applies no migrations. */
const WEB = 'Dockerfile.web';

describe.each([...IMAGES, BACKUPS, WEB])('%s', (file) => {
  const instructions = readDockerfile(file);
  const last = Math.max(...instructions.map(({ stage }) => stage));
  const final = instructions.filter(({ stage }) => stage === last);
  const one = (name: string) => final.find((instruction) => instruction.name === name)?.rest ?? '';

  test('installs and builds in stages of their own, on a Node that the project allows', () => {
    expect(last).toBe(2);
    // One place: .nvmrc, which developers and .ci/run use too.
    const nodeVersion = readFileSync('.nvmrc', 'utf8').trim();
    expect(instructions[0]).toMatchObject({ name: 'ARG', rest: `NODE_VERSION=${nodeVersion}` });
    const [dependencies, build, runs] = instructions.filter(({ name }) => name === 'FROM').map(({ rest }) => rest);
    for (const stage of [dependencies, build]) expect(stage).toMatch(/^node:\$\{NODE_VERSION\}-/);
    if (file === BACKUPS) expect(runs).toBe(compose.services.postgres.image);
    else expect(runs).toMatch(/^node:\$\{NODE_VERSION\}-/);
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

  test('has the packages of package.json without what no image loads', () => {
    const installed = instructions.find(({ rest }) => rest.startsWith('npm ci --omit=dev'));
    expect(installed).toMatchObject({ stage: 0, rest: expect.stringContaining('node scripts/image-modules.mjs') });
    expect(installed?.rest).toContain('npm run -s sbom >sbom.cdx.json');
    expect(final.map(({ rest }) => rest)).toContain('--from=dependencies /app/sbom.cdx.json ./sbom.cdx.json');
    expect(final.find(({ name }) => name === 'COPY')?.rest).toMatch(/^--from=(dependencies \/app\/node_modules|build)/);
  });

  test('runs as a user without rights, with a health check, after the migrations, a program that is built', () => {
    // A number, so that Kubernetes sees that it is not root.
    expect(one('USER')).toBe('10001');
    if (file === BACKUPS) {
      expect(one('HEALTHCHECK')).toContain('"backup", "list", "--max-age", "26"');
      expect(existsSync(JSON.parse(one('ENTRYPOINT'))[1])).toBe(true);
      return;
    }
    if (file === WEB) {
      expect(one('HEALTHCHECK')).toContain(':8501/favicon.svg');
      expect([one('ENTRYPOINT'), one('EXPOSE')]).toEqual(['', '8501']);
      expect(JSON.parse(one('CMD'))).toEqual(['node', 'dist/src/cli/main.js', 'web', '--api', 'http://api:8000']);
      return;
    }
    expect(one('HEALTHCHECK')).toContain('/health');
    expect(one('ENTRYPOINT')).toBe('["sh", "deploy/docker-entrypoint.sh"]');
    expect(readFileSync('deploy/docker-entrypoint.sh', 'utf8')).toMatch(/migrate up\n[\s\S]*\nrun "\$@"/);
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
        ...['api', 'worker', 'gpu-worker', 'postgres', 'redis', 'backups', 'web'],
        ...['temporal', 'temporal-namespace', 'temporal-schema', 'temporal-ui'],
      ].sort(),
    );
  });

  test('the GPU worker is in a profile of its own, with a device of the host', () => {
    const { profiles, deploy } = compose.services['gpu-worker'];
    expect(profiles).toEqual(['gpu']);
    expect(deploy?.resources.reservations.devices).toEqual([{ driver: 'nvidia', count: 1, capabilities: ['gpu'] }]);
    expect(services.filter(([, service]) => service.profiles).map(([name]) => name)).toEqual(['gpu-worker']);
    const gpu = readFileSync('Dockerfile.gpu', 'utf8');
    expect(gpu).toMatch(/ENABLE_GPU_TASKS=true/);
    expect(gpu).toMatch(/NVIDIA_DRIVER_CAPABILITIES=graphics,compute,utility/);
    expect(gpu).toMatch(/image-modules\.mjs --gpu/);
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

  test.each(services)('%s has an init process, logs that end, and limits', (_name, service) => {
    expect(service).toMatchObject({ init: true, mem_limit: expect.anything(), cpus: expect.anything() });
    expect(service.logging?.options).toEqual({ 'max-size': '20m', 'max-file': '5' });
  });

  test.each(services.filter(([, { build }]) => build))('%s has a read-only root and no rights', (_name, service) => {
    expect(service).toMatchObject({ read_only: true, tmpfs: ['/tmp'], cap_drop: ['ALL'] });
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
  });

  test('backups reach the database with a key', () => {
    const { environment = {}, env_file } = compose.services.backups;
    expect(env_file).toEqual(['.env']);
    const given = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, substituted(value)]));
    const { DATABASE_URL, BACKUP_KEY, BACKUP_FOLDER } = parseConfig(given);
    expect([DATABASE_URL, BACKUP_FOLDER]).toEqual([expect.stringContaining('@postgres:5432/tessellate'), '/backups']);
    expect(BACKUP_KEY).toBeDefined();
  });

  test.each(services.filter(([, { build }]) => IMAGES.includes(build?.dockerfile ?? '')))(
    '%s gets a production configuration',
    (_name, service) => {
      const { environment = {}, build } = service;
      for (const name of Object.keys(environment)) expect(Object.keys(ENVIRONMENT)).toContain(name);
      const given = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, substituted(value)]));
      const config = parseConfig(given);
      expect(config.APP_ENV).toBe('production');
      // A setting of .env reaches the process unless the stack itself has it.
      expect(service.env_file).toEqual(['.env']);
      const ofTheStack = [
        ...['APP_ENV', 'HOST', 'SECRET_KEY', 'JWT_SECRET_KEY', 'API_BASE_URL', 'DATABASE_URL', 'DATABASE_HOST'],
        ...['DATABASE_PASSWORD', 'DATABASE_OTHER_CONNECTIONS', 'REDIS_URL', 'TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE'],
        ...['SENDGRID_API_KEY', 'NLR_API_KEY', build?.dockerfile === 'Dockerfile.api' ? 'PORT' : 'WORKER_HEALTH_PORT'],
        ...(build?.dockerfile === 'Dockerfile.gpu' ? ['ENABLE_GPU_TASKS'] : []),
      ];
      expect(Object.keys(environment).sort()).toEqual([...ofTheStack].sort());
      const [, room] = /max_connections=(\d+)/.exec(compose.services.postgres.command?.join(' ') ?? '')!;
      expect(connectionBudget(config)!.connections).toBeLessThan(Number(room));
    },
  );

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

const deployed = parseConfig({ APP_ENV: 'staging', SECRET_KEY: 's'.repeat(40), REDIS_URL: 'redis://r' });
/** What a process needs after SIGTERM at most [s] */
const STOPS_WITHIN_S = {
  api: deployed.DRAIN_SECONDS + (REQUESTS_END_MS + CLOSE_MS) / 1000,
  worker: (STOP_GRACES * Math.max(...TASK_QUEUES.map((queue) => policyOf(queue).shutdownGraceMs)) + CLOSE_MS) / 1000,
} as const;

test('compose stops a process later than it stops by itself', () => {
  expect(STOPS_WITHIN_S).toEqual({ api: 20, worker: 25 });
  for (const name of ['api', 'worker', 'gpu-worker'] as const)
    expect(Number.parseInt(compose.services[name].stop_grace_period ?? '', 10)).toBeGreaterThan(
      STOPS_WITHIN_S[name === 'api' ? 'api' : 'worker'],
    );
});

describe('Procfile', () => {
  test('names programs that are built', () => {
    const lines = readFileSync('Procfile', 'utf8').trim().split('\n');
    expect(lines.map((line) => line.split(':')[0])).toEqual(['release', 'api', 'worker']);
    for (const line of lines) {
      const [, program] = /^\w+: node (\S+)/.exec(line)!;
      expect([program, existsSync(sourceOf(program))]).toEqual([program, true]);
    }
  });
});

/** Keys of config as code, by docs.railway.com/config-as-code/reference as read on 2026-11-29; seconds are numbers. */
const railwaySchema = z.strictObject({
  $schema: z.literal('https://railway.com/railway.schema.json'),
  build: z.strictObject({
    builder: z.literal('DOCKERFILE'),
    dockerfilePath: z.enum(['Dockerfile.api', 'Dockerfile.worker', 'Dockerfile.gpu', 'Dockerfile.web']),
  }),
  deploy: z.strictObject({
    preDeployCommand: z.array(z.string()).max(1).optional(),
    startCommand: z.string(),
    healthcheckPath: z.string().startsWith('/').optional(),
    healthcheckTimeout: z.int().max(300).optional(),
    overlapSeconds: z.int(),
    drainingSeconds: z.int(),
    requiredMountPath: z.string().startsWith('/').optional(),
    restartPolicyType: z.enum(['ON_FAILURE', 'ALWAYS', 'NEVER']),
    restartPolicyMaxRetries: z.int().optional(),
  }),
});

describe.each(['api', 'worker', 'gpu-worker', 'web'] as const)('Railway: the service %s', (name) => {
  const { build, deploy } = railwaySchema.parse(JSON.parse(readFileSync(`deploy/railway/${name}.json`, 'utf8')));

  test('builds its image and starts a program that is built', () => {
    expect(build.dockerfilePath).toBe(name === 'gpu-worker' ? 'Dockerfile.gpu' : `Dockerfile.${name}`);
    const [, program, ...args] = deploy.startCommand.split(' ');
    expect(existsSync(sourceOf(program))).toBe(true);
    if (name === 'worker') expect([...queuesOf(args)].sort()).toEqual([...DEFAULT_QUEUES].sort());
    if (name === 'gpu-worker') expect(queuesOf(args)).toEqual(['gpu']);
  });

  test('is stopped later than it stops by itself; the API waits for migrations and its health', () => {
    expect(deploy.drainingSeconds).toBeGreaterThan(
      name === 'web' ? 0 : STOPS_WITHIN_S[name === 'api' ? 'api' : 'worker'],
    );
    if (name !== 'api') return;
    expect(deploy.preDeployCommand).toEqual(['node dist/src/cli/main.js migrate up']);
    expect(deploy.healthcheckPath).toBe('/health');
  });
});

interface Manifest {
  readonly kind: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: {
    readonly template?: {
      readonly spec: {
        readonly terminationGracePeriodSeconds: number;
        readonly containers: readonly {
          readonly name: keyof typeof STOPS_WITHIN_S | 'web';
          readonly args?: readonly string[];
          readonly startupProbe: { readonly periodSeconds: number; readonly failureThreshold: number };
          readonly livenessProbe: { readonly httpGet: { readonly path: string } };
        }[];
      };
    };
  };
}

test('the journal of API calls is on a volume, which a killed container finds again', () => {
  const read = (file: string) => readFileSync(file, 'utf8');
  const [, folder] = /METERING_JOURNAL_DIR=(\S+)/.exec(read('Dockerfile.api'))!;
  expect(parse(read('docker-compose.prod.yml')).services.api.volumes).toEqual([`metering:${folder}`]);
  expect(JSON.parse(read('deploy/railway/api.json')).deploy.requiredMountPath).toBe(folder);
  const { containers, volumes } = parseAllDocuments(read('deploy/kubernetes/api.yaml'))[0].toJS().spec.template.spec;
  const mount = containers[0].volumeMounts.find(({ mountPath }: { mountPath: string }) => mountPath === folder);
  expect(volumes.map(({ name }: { name: string }) => name)).toContain(mount.name);
});

describe('Kubernetes', () => {
  const { resources } = parse(readFileSync('deploy/kubernetes/kustomization.yaml', 'utf8')) as { resources: string[] };
  // The GPU worker is for an overlay.
  expect(resources).not.toContain('gpu-worker.yaml');
  const manifests = [...resources, 'gpu-worker.yaml'].flatMap((file) =>
    parseAllDocuments(readFileSync(`deploy/kubernetes/${file}`, 'utf8')).map((one) => one.toJS() as Manifest),
  );

  test('its settings and the secret that they name are a production configuration', () => {
    const { data = {} } = manifests.find(({ kind }) => kind === 'ConfigMap')!;
    for (const name of Object.keys(data)) expect(Object.keys(ENVIRONMENT)).toContain(name);
    const [, listed] = /The secret `tessellate` has the others: ([\s\S]*?)\./.exec(
      readFileSync('deploy/kubernetes/settings.yaml', 'utf8'),
    )!;
    const secret = Object.fromEntries([...listed.matchAll(/[A-Z][A-Z_]+/g)].map(([name]) => [name, 'x'.repeat(40)]));
    const addresses = { DATABASE_URL: 'postgresql://a:b@c/d', REDIS_URL: 'redis://c:6379' };
    expect(parseConfig({ ...data, ...secret, ...addresses }).APP_ENV).toBe('production');
  });

  test('pods are stopped later than they stop by themselves, and liveness asks no other part', () => {
    const pods = manifests.flatMap(({ spec }) => (spec?.template ? [spec.template.spec] : []));
    expect(pods).toHaveLength(4);
    for (const { terminationGracePeriodSeconds, containers } of pods)
      for (const { name, args, livenessProbe, startupProbe } of containers) {
        if (name === 'web') {
          expect([args?.[2], livenessProbe.httpGet.path]).toEqual(['web', '/favicon.svg']);
          continue;
        }
        // A process that waits for its parts ends by itself, with the reason, before it is ended without one.
        expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBeGreaterThan(deployed.START_WAIT_SECONDS);
        expect(terminationGracePeriodSeconds).toBeGreaterThan(STOPS_WITHIN_S[name]);
        expect(livenessProbe.httpGet.path).toBe('/health');
        if (args) expect([[...DEFAULT_QUEUES].sort(), ['gpu']]).toContainEqual([...queuesOf(args)].sort());
      }
  });
});
