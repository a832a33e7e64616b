/** docs/runbook-coverage.md against what there is: settings, metrics, alerts, endpoints, commands, files. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { MIGRATIONS } from '../../migrations/index.ts';
import { SETTING_NAMES } from '../../src/adapters/config/schema.ts';
import { register } from '../../src/adapters/observability/metrics.ts';
import '../../src/api/health.ts';
import { migratedDatabase } from '../support/postgres.ts';

interface Row {
  readonly original: string;
  readonly here: string;
  readonly shownBy: string;
}
const ROWS: readonly Row[] = readFileSync('docs/runbook-coverage.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!original )/.test(line))
  .map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    expect([line, cells.length]).toEqual([line, 5]);
    return { original: cells[1], here: cells[2], shownBy: cells[3] };
  });
const codes = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
const HERE = ROWS.flatMap(({ here }) => codes(here));

/** Names of the predecessor's runbook. */
const ORIGINAL = {
  variables: [
    ...['APP_ENV', 'SECRET_KEY', 'API_BASE_URL', 'ALLOWED_ORIGINS', 'LOG_LEVEL', 'WORKERS', 'DEBUG', 'DATABASE_URL'],
    ...['DATABASE_POOL_SIZE', 'DATABASE_MAX_OVERFLOW', 'DATABASE_POOL_TIMEOUT', 'DATABASE_ECHO', 'REDIS_URL'],
    ...['REDIS_MAX_CONNECTIONS', 'REDIS_CACHE_TTL', 'REDIS_SSL', 'CELERY_BROKER_URL', 'CELERY_RESULT_BACKEND'],
    ...['CELERY_WORKER_CONCURRENCY', 'CELERY_TASK_SOFT_TIME_LIMIT', 'CELERY_TASK_TIME_LIMIT'],
    ...['CELERY_WORKER_MAX_TASKS_PER_CHILD', 'JWT_SECRET_KEY', 'JWT_ALGORITHM', 'JWT_ACCESS_TOKEN_EXPIRE_MINUTES'],
    ...['JWT_REFRESH_TOKEN_EXPIRE_DAYS', 'SENDGRID_API_KEY', 'SENDGRID_FROM_EMAIL', 'STRIPE_SECRET_KEY'],
    ...['STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET', 'NREL_API_KEY', 'MODAL_TOKEN_ID', 'MODAL_TOKEN_SECRET'],
    ...['RATE_LIMIT_DEFAULT', 'RATE_LIMIT_BURST', 'METERING_ENABLED', 'METERING_FLUSH_INTERVAL'],
    ...['ENABLE_WIND_DIVISION', 'ENABLE_GPU_TASKS', 'ENABLE_WEBHOOKS', 'ENABLE_SSE', 'ENABLE_AB_TESTING'],
  ],
  metrics: [
    ...['http_requests_total', 'http_request_duration_seconds', 'celery_tasks_total', 'celery_task_duration_seconds'],
    ...['db_query_duration_seconds', 'redis_operations_total', 'active_websocket_connections', 'api_keys_active'],
  ],
  endpoints: ['GET /health', 'GET /health/ready', 'GET /health/detailed', 'GET /metrics'],
  migrations: [
    ...['alembic current', 'alembic history --verbose', 'alembic revision --autogenerate -m', 'alembic upgrade head'],
    ...['alembic upgrade +1', 'alembic downgrade -1', 'alembic downgrade abc123', 'alembic downgrade base'],
    'alembic upgrade head --sql',
  ],
  alerts: [
    ...['API Down', 'High Error Rate', 'High Latency', 'Worker Queue Backlog', 'Database Connection Pool'],
    ...['Redis Memory', 'Celery Worker Down', 'Error Budget Burn', 'Error Budget Exhausted'],
  ],
  troubleshooting: [
    ...['API returns 502 Bad Gateway', 'Celery tasks stuck in "queued" status', 'Database connection pool exhausted'],
    ...['Redis out of memory', 'Alembic migration fails on deploy', 'Solar optimization job fails with OOM'],
    ...['Webhook delivery failures', 'Rate limit incorrectly applied'],
  ],
};

test('has every entry of the predecessor, and a way to see each that exists', () => {
  const originals = ROWS.flatMap(({ original }) => [original, ...codes(original)]);
  expect(Object.values(ORIGINAL).flatMap((names) => names.filter((name) => !originals.includes(name)))).toEqual([]);
  expect(ROWS.filter(({ here, shownBy }) => !here.startsWith('not yet') && !shownBy)).toEqual([]);
});

test('names settings, files, alerts, metrics and endpoints that exist', () => {
  const settings: readonly string[] = SETTING_NAMES;
  expect(HERE.filter((code) => /^[A-Z]+(_[A-Z]+)*$/.test(code) && !settings.includes(code))).toEqual([]);
  const files = ROWS.flatMap(({ here, shownBy }) => [...codes(here), ...codes(shownBy)]).filter((code) =>
    /^[\w./-]+\.(ts|md|json|ya?ml|sh|example)$|^Dockerfile|^Procfile$/.test(code),
  );
  expect(files.filter((file) => !existsSync(file))).toEqual([]);

  const { groups } = parse(readFileSync('deploy/prometheus/alerts.yml', 'utf8')) as {
    groups: { rules: { alert: string }[] }[];
  };
  const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
  const named = ROWS.filter(({ original }) => ORIGINAL.alerts.includes(original)).flatMap(({ here }) => codes(here));
  expect([named.length, named.filter((name) => !alerts.includes(name))]).toEqual([ORIGINAL.alerts.length, []]);

  // Gauges of the whole platform are made for each scrape.
  const gauges = [...readFileSync('src/api/health.ts', 'utf8').matchAll(/'([a-z]+(?:_[a-z]+)+)'/g)].map(
    ([, name]) => name,
  );
  const metrics = ROWS.filter(({ original }) => ORIGINAL.metrics.includes(codes(original)[0] ?? '')).flatMap(
    ({ here }) => codes(here),
  );
  const exists = (name: string) => register.getSingleMetric(name) !== undefined || gauges.includes(name);
  expect([metrics.length, metrics.filter((name) => !exists(name))]).toEqual([ORIGINAL.metrics.length, []]);

  const { paths } = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as { paths: Record<string, object> };
  const endpoints = HERE.filter((code) => /^(GET|POST) \//.test(code)).map((code) => code.split(' '));
  const missing = endpoints.filter(([method, path]) => !(method.toLowerCase() in (paths[path] ?? {})));
  expect([endpoints.length > 5, missing]).toEqual([true, []]);
});

test('names commands and options that exist', () => {
  const commands = HERE.filter((code) => code.startsWith('tessellate '));
  expect(commands.length).toBeGreaterThan(15);
  const helps = new Map<string, string>();
  for (const command of commands) {
    const words = command.split(' ').slice(1);
    const names = words
      .filter((word) => !word.startsWith('-') && /^[a-z]/.test(word))
      .slice(0, words[0] === 'worker' ? 1 : 2);
    const key = names.join(' ');
    if (!helps.has(key))
      helps.set(
        key,
        execFileSync(process.execPath, ['dist/src/cli/main.js', ...names, '--help'], { encoding: 'utf8' }),
      );
    expect(helps.get(key)).toContain(
      `Usage: tessellate ${names[0]}${names[1] ? ` ${names[1] === 'registered' ? 'workflows' : names[1]}` : ''}`,
    );
    for (const option of words.filter((word) => word.startsWith('--')))
      expect([command, helps.get(key)]).toEqual([command, expect.stringContaining(option)]);
  }
});

test('the commands of migrations that change nothing run, and DATABASE_ECHO shows statements without values', async () => {
  const { url, database } = await migratedDatabase();
  await database.close();
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['dist/src/cli/main.js', 'migrate', ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, DATABASE_URL: url, DATABASE_ECHO: 'true' },
    });
  for (const command of ['current', 'history', 'check', 'up', 'sql'])
    expect([command, run(command).status]).toEqual([command, 0]);
  const refused = run('down-all');
  expect([refused.status, refused.stderr]).toEqual([
    1,
    expect.stringMatching(/would roll back \d+ migrations and delete all data; --yes does it/),
  ]);

  const later = MIGRATIONS.length - 1 - MIGRATIONS.findIndex(({ name }) => name.startsWith('AddRequestIds'));
  const lines = run('stamp', 'AddRequestIds')
    .stderr.split('\n')
    .filter((line) => line.includes('"SQL"'));
  const statements = lines.map(
    (line) => JSON.parse(line) as { statement: string; values: string[]; duration_ms: number },
  );
  expect(statements.find(({ statement }) => statement.startsWith('DELETE FROM migrations'))).toMatchObject({
    values: [`array(${later})`],
  });
  expect(lines.join('\n')).not.toContain('AddRequestIds');
});
