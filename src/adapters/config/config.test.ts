import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { ConfigError, parseConfig, settingsWarnings } from './config.ts';
import { applicationSecrets, connectionBudget, tokenSecrets } from './connections.ts';
import { installationSecrets } from './installation-secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'tessellate-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const problemsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    parseConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('configuration', () => {
  test('development needs nothing', () => {
    expect(parseConfig({})).toMatchObject({ APP_ENV: 'development', PORT: 8000, RATE_LIMIT_DEFAULT: 1000 });
  });

  test('all problems are reported together, without the values of secrets', () => {
    const problems = problemsOf({ PORT: 'eighty', LOG_LEVEL: 'LOUD', SECRET_KEY: 'short' });
    expect(problems).toHaveLength(3);
    expect(problems).toContain('PORT: expected an integer from 0 to 65535; received "eighty"');
    expect(problems).toContain('LOG_LEVEL: expected one of "DEBUG", "INFO", "WARNING", "ERROR"; received "LOUD"');
    expect(problems.join('\n')).not.toContain('short');
  });

  test('a number beyond its range is refused with both limits', () => {
    for (const WORKER_CONCURRENCY of ['0', '257', '1.5'])
      expect(problemsOf({ WORKER_CONCURRENCY })).toEqual([
        `WORKER_CONCURRENCY: expected an integer from 1 to 256; received "${WORKER_CONCURRENCY}"`,
      ]);
  });

  test('production names each variable that is missing and refuses DEBUG', () => {
    const problems = problemsOf({ APP_ENV: 'production', DEBUG: 'true' });
    expect(problems).toContain('DATABASE_URL: required when APP_ENV is production');
    expect(problems).toContain('DEBUG: never true when APP_ENV is production');
  });

  test('a secret may come from a file', () => {
    const file = join(folder, 'secret');
    writeFileSync(file, `${'s'.repeat(40)}\n`);
    expect(parseConfig({ SECRET_KEY_FILE: file }).JWT_SECRET_KEY).toBe('s'.repeat(40));
  });

  test('development has a random secret, the same in every process of a data folder', () => {
    const secrets = [parseConfig({}), parseConfig({})].map(({ SECRET_KEY }) => SECRET_KEY);
    expect(secrets[0]).not.toBe(secrets[1]);
    expect(secrets[0].length).toBeGreaterThanOrEqual(32);
    const data = join(folder, 'data');
    const first = installationSecrets(data);
    expect(installationSecrets(data)).toEqual(first);
    expect(installationSecrets(join(folder, 'other')).application).not.toBe(first.application);
    expect(statSync(join(data, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(data)).toEqual(['secrets.json']);
  });

  test('previous secrets are a list; without JWT_SECRET_KEY tokens follow SECRET_KEY', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(40));
    const SECRET_KEY_PREVIOUS = `${b}, ${c}`;
    const own = parseConfig({ SECRET_KEY: a, SECRET_KEY_PREVIOUS, JWT_SECRET_KEY: c, JWT_SECRET_KEY_PREVIOUS: a });
    expect([applicationSecrets(own), tokenSecrets(own)]).toEqual([
      [a, b, c],
      [c, a],
    ]);
    expect(tokenSecrets(parseConfig({ SECRET_KEY: a, SECRET_KEY_PREVIOUS }))).toEqual([a, b, c]);
    expect(problemsOf({ SECRET_KEY_PREVIOUS: `${b},short` })).toEqual([
      'SECRET_KEY_PREVIOUS: expected secrets of at least 32 characters each; received a value',
    ]);
  });

  test('without APP_ENV the API listens on loopback only', () => {
    const deployed = { SECRET_KEY: 's'.repeat(40), WORKERS: '1', APP_ENV: 'staging' };
    expect(parseConfig({}).HOST).toBe('127.0.0.1');
    expect(parseConfig({ HOST: '::1' }).HOST).toBe('::1');
    for (const HOST of ['0.0.0.0', '::', '192.168.0.2', 'example.com'])
      expect(problemsOf({ HOST })[0]).toMatch(/^HOST: only a loopback address without APP_ENV/);
    expect(parseConfig({ APP_ENV: 'development' }).HOST).toBe('127.0.0.1');
    expect(parseConfig({ APP_ENV: 'development', HOST: '0.0.0.0' }).HOST).toBe('0.0.0.0');
    expect(parseConfig(deployed).HOST).toBe('0.0.0.0');
  });

  test('NREL_API_KEY still names the key of NSRDB, from a file too; the new name goes before it', () => {
    expect(parseConfig({ NREL_API_KEY: 'old' }).NLR_API_KEY).toBe('old');
    expect(parseConfig({ NREL_API_KEY: 'old', NLR_API_KEY: 'new' }).NLR_API_KEY).toBe('new');
    const file = join(folder, 'key');
    writeFileSync(file, 'filed\n');
    expect(parseConfig({ NREL_API_KEY_FILE: file }).NLR_API_KEY).toBe('filed');
    expect(problemsOf({ NREL_API_KEY_FILE: `${file}.absent` })[0]).toMatch(/^NLR_API_KEY_FILE: ENOENT/);
  });

  test('several API processes share Redis outside development, and have a connection each', () => {
    const secret = { SECRET_KEY: 's'.repeat(40) };
    const redisProblems = (environment: Record<string, string>): string[] =>
      problemsOf({ ...secret, ...environment }).filter((line) => line.startsWith('REDIS_URL: required'));
    for (const APP_ENV of ['production', 'staging']) {
      expect(redisProblems({ APP_ENV })).toHaveLength(1);
      expect(redisProblems({ APP_ENV, WORKERS: '1', API_REPLICAS: '2' })).toHaveLength(1);
      expect(redisProblems({ APP_ENV, WORKERS: '1' })).toEqual([]);
      expect(redisProblems({ APP_ENV, REDIS_URL: 'redis://redis' })).toEqual([]);
    }
    expect(redisProblems({ WORKERS: '4' })).toEqual([]);
    // Workers use no Redis.
    expect(parseConfig({ ...secret, APP_ENV: 'staging' }, undefined, 'worker').REDIS_URL).toBeUndefined();
    expect(problemsOf({ WORKERS: '4', REDIS_MAX_CONNECTIONS: '3' })[0]).toMatch(/^WORKERS: must not exceed/);
  });

  test('WORKERS is 4 in production and staging and 1 in development, unless it is set', () => {
    const deployed = { SECRET_KEY: 's'.repeat(40), REDIS_URL: 'redis://redis', APP_ENV: 'staging' };
    expect(parseConfig({}).WORKERS).toBe(1);
    expect(parseConfig(deployed).WORKERS).toBe(4);
    expect(parseConfig({ ...deployed, WORKERS: '2' }).WORKERS).toBe(2);
    expect(problemsOf({ ...deployed, WORKERS: 'many' })).toHaveLength(1);
    const production = { API_BASE_URL: 'https://api', DATABASE_URL: 'postgres://db', TEMPORAL_ADDRESS: 't:7233' };
    const keys = { SENDGRID_API_KEY: 'k', NLR_API_KEY: 'k' };
    expect(parseConfig({ ...deployed, ...production, ...keys, APP_ENV: 'production' }).WORKERS).toBe(4);
  });

  test('DEBUG logs everything, SQL statements too', () => {
    expect(parseConfig({ DEBUG: 'true' })).toMatchObject({ LOG_LEVEL: 'DEBUG', DATABASE_ECHO: true });
    expect(parseConfig({})).toMatchObject({ LOG_LEVEL: 'INFO', DATABASE_ECHO: false });
  });

  test('keys of Stripe come together', () => {
    expect(() => parseConfig({ STRIPE_SECRET_KEY: 'sk' })).toThrow('STRIPE_WEBHOOK_SECRET: required');
    expect(() => parseConfig({ STRIPE_METERS: 'jobs,hours' })).toThrow('STRIPE_METERS: expected metrics of usage');
    expect(parseConfig({ STRIPE_METERS: 'jobs, compute_s' }).STRIPE_METERS).toEqual(['jobs', 'compute_s']);
  });

  test('variables of the predecessor and names with a slip are named, others are not', () => {
    const others = { PATH: '/bin', HOSTNAME: 'h', NODE_ENV: 'x', DATABASE_PUBLIC_URL: 'x', REDISHOST: 'x', PORT: '1' };
    expect(settingsWarnings({ ...others, NREL_API_KEY: 'k', SECRET_KEY_FILE: '/f' })).toEqual([]);
    expect(
      settingsWarnings({ CELERY_BROKER_URL: 'r', CELERY_WORKER_CONCURRENCY: '4', CELERY_X: '1', DATABSE_URL: 'p' }),
    ).toEqual([
      'CELERY_BROKER_URL has no effect; its place takes TEMPORAL_ADDRESS: Temporal has the queues',
      'CELERY_WORKER_CONCURRENCY has no effect; its place takes WORKER_CONCURRENCY',
      'CELERY_X has no effect: there is no Celery',
      'DATABSE_URL is no setting and has no effect; did you mean DATABASE_URL?',
    ]);
  });

  test('the address of the database is made from its parts, whatever the password contains', () => {
    const parts = { DATABASE_HOST: 'db', DATABASE_PASSWORD: 'p@ss:w/o?r#d%', DATABASE_SSLMODE: 'verify-full' };
    const url = parseConfig(parts).DATABASE_URL;
    expect(url).toBe('postgresql://tessellate:p%40ss%3Aw%2Fo%3Fr%23d%25@db:5432/tessellate?sslmode=verify-full');
    expect(decodeURIComponent(new URL(url ?? '').password)).toBe('p@ss:w/o?r#d%');
    expect(problemsOf({ ...parts, DATABASE_URL: 'postgresql://a@b/c' })).toEqual([
      'DATABASE_HOST: DATABASE_URL is set too; set one of them',
    ]);
  });

  test('one budget has the connections of all services and of others', () => {
    const base = { WORKERS: '4', DATABASE_URL: 'postgresql://a@b/c' };
    expect(connectionBudget(parseConfig(base))).toEqual({
      connections: 34 + 31 + 8,
      parts: '1 API x 34, 1 workers x 31, 8 others',
    });
    const larger = { API_REPLICAS: '2', EXPECTED_WORKERS: '3', DATABASE_OTHER_CONNECTIONS: '80' };
    expect(connectionBudget(parseConfig({ ...base, ...larger }))?.connections).toBe(2 * 34 + 3 * 31 + 80);
    // A pooler opens the connections.
    expect(connectionBudget(parseConfig({ ...base, DATABASE_DIRECT_URL: 'postgresql://a@d/c' }))).toBeUndefined();
  });

  test('a soft limit above the hard limit is refused', () => {
    expect(problemsOf({ TASK_SOFT_TIME_LIMIT: '700' })).toEqual([
      'TASK_SOFT_TIME_LIMIT: must not exceed TASK_TIME_LIMIT',
    ]);
  });
});
