import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConfigError, parseConfig } from './config.ts';

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
    expect(problems.join('\n')).toContain('PORT: expected an integer from 0 to 65535');
    expect(problems.join('\n')).not.toContain('short');
  });

  test('production names each variable that is missing and refuses DEBUG', () => {
    const problems = problemsOf({ APP_ENV: 'production', DEBUG: 'true' });
    expect(problems).toContain('DATABASE_URL: required when APP_ENV is production');
    expect(problems).toContain('DEBUG: never true when APP_ENV is production');
  });

  test('a secret may come from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tessellate-config-')), 'secret');
    writeFileSync(file, `${'s'.repeat(40)}\n`);
    expect(parseConfig({ SECRET_KEY_FILE: file }).JWT_SECRET_KEY).toBe('s'.repeat(40));
  });

  test('a soft limit above the hard limit is refused', () => {
    expect(problemsOf({ TASK_SOFT_TIME_LIMIT: '700' })).toEqual([
      'TASK_SOFT_TIME_LIMIT: must not exceed TASK_TIME_LIMIT',
    ]);
  });
});
