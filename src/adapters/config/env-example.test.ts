import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseConfig } from './config.ts';
import { envExample, settingsPage } from './env-example.ts';
import { SETTING_NAMES } from './schema.ts';

/** Settings that operators of the platform's predecessor know; those of Celery have heirs. */
const RUNBOOK = [
  ...['APP_ENV', 'SECRET_KEY', 'API_BASE_URL', 'ALLOWED_ORIGINS', 'LOG_LEVEL', 'WORKERS', 'DEBUG'],
  ...['DATABASE_URL', 'DATABASE_POOL_SIZE', 'DATABASE_MAX_OVERFLOW', 'DATABASE_POOL_TIMEOUT', 'DATABASE_ECHO'],
  ...['REDIS_URL', 'REDIS_MAX_CONNECTIONS', 'REDIS_CACHE_TTL', 'REDIS_SSL'],
  ...['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TEMPORAL_API_KEY', 'WORKER_CONCURRENCY', 'TASK_SOFT_TIME_LIMIT'],
  ...['TASK_TIME_LIMIT', 'WORKER_MAX_TASKS_PER_CHILD'],
  ...['JWT_SECRET_KEY', 'JWT_ALGORITHM', 'JWT_ACCESS_TOKEN_EXPIRE_MINUTES', 'JWT_REFRESH_TOKEN_EXPIRE_DAYS'],
  ...['SENDGRID_API_KEY', 'SENDGRID_FROM_EMAIL', 'NLR_API_KEY'],
  ...['STRIPE_SECRET_KEY', 'STRIPE_PUBLISHABLE_KEY', 'STRIPE_WEBHOOK_SECRET'],
  ...['RATE_LIMIT_DEFAULT', 'RATE_LIMIT_BURST', 'METERING_ENABLED', 'METERING_FLUSH_INTERVAL'],
  ...['ENABLE_WIND_DIVISION', 'ENABLE_GPU_TASKS', 'ENABLE_WEBHOOKS', 'ENABLE_SSE', 'ENABLE_AB_TESTING'],
];
const FILE = readFileSync('.env.example', 'utf8');

test('.env.example is what the schema says; `tessellate config > .env.example` makes it so', () => {
  expect(FILE).toBe(envExample());
});

test('docs/settings.md is what the schema says; `tessellate config --page > docs/settings.md` makes it so', () => {
  expect(readFileSync('docs/settings.md', 'utf8')).toBe(settingsPage());
});

test('its values are the defaults', () => {
  const values = Object.fromEntries(
    FILE.split('\n')
      .filter((line) => /^[A-Z]/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  expect(Object.keys(values).length).toBeGreaterThan(30);
  const secret = () => 's'.repeat(40);
  expect(parseConfig(values, secret)).toEqual(parseConfig({}, secret));
});

describe('a setting', () => {
  const code = ['src', 'activities', 'temporal', 'workflows']
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name) && entry.name !== 'schema.ts')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    // What comments and messages name is not read by them.
    .map((text) =>
      text
        .replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
        .replace(/'[^'\n]*'/g, (quoted) => (/^'\w+'$/.test(quoted) ? quoted : "''")),
    )
    .join('\n');
  const isRead = (name: string): boolean => new RegExp(`\\b${name}\\b`).test(code);
  const unread = SETTING_NAMES.filter((name) => !isRead(name));

  test('is read by the code', () => {
    expect(unread).toEqual([]);
    expect(isRead('ENABLE_TELEPATHY')).toBe(false);
  });

  test('of the runbook, or its heir, is accepted', () => {
    const names: readonly string[] = SETTING_NAMES;
    for (const name of RUNBOOK) expect(names).toContain(name);
  });
});
