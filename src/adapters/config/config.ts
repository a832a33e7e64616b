/**
 * Reads the environment once, and stops on invalid values after it has printed all problems. Only this module reads
 * process.env.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { installationSecrets } from './installation-secrets.ts';
import type { Config } from './schema.ts';
import { ENVIRONMENT, hasNoEffect, OLD_NAMES, REQUIRED_IN_PRODUCTION, SETTING_NAMES } from './schema.ts';

export type { Config } from './schema.ts';

/** The problems of an environment, one on each line. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The environment has ${problems.length} problem(s):\n${problems.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Data folder of processes that are started without `npm start`, below the working directory. */
const DATA_FOLDER = '.tessellate';
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

/** API processes in production and staging. */
const DEPLOYED_WORKERS = 4;

/** Returns the text of a variable, or of the file that `NAME_FILE` names. */
function readVariable(environment: Environment, name?: string): string | undefined {
  if (name === undefined) return undefined;
  const file = environment[`${name}_FILE`];
  return environment[name] || (file ? readFileSync(file, 'utf8').trim() : undefined);
}

/**
 * Parses the environment.
 * @param environment variables by name; `NAME_FILE` is the path of a file that contains the value (Docker secrets)
 * @param developmentSecret in place of SECRET_KEY; only development may run without one
 * @throws ConfigError with all problems
 */
export function parseConfig(
  environment: Environment,
  developmentSecret: () => string = () => randomBytes(32).toString('hex'),
): Config {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(ENVIRONMENT)) {
    let text: string | undefined;
    try {
      text = readVariable(environment, name) ?? readVariable(environment, OLD_NAMES[name]);
    } catch (error) {
      problems.push(`${name}_FILE: ${(error as Error).message}`);
      continue;
    }
    const parsed = schema.safeParse(text || undefined);
    if (parsed.success) values[name] = parsed.data;
    else
      for (const issue of parsed.error.issues)
        problems.push(
          `${name}: ${issue.message}; received ${/KEY|SECRET|TOKEN|URL/.test(name) ? 'a value' : JSON.stringify(text)}`,
        );
  }
  const production = values.APP_ENV === 'production';
  if (!problems.some((line) => line.startsWith('WORKERS:')))
    values.WORKERS ??= values.APP_ENV === 'development' ? 1 : DEPLOYED_WORKERS;
  if (production)
    for (const name of REQUIRED_IN_PRODUCTION)
      if (values[name] === undefined && !problems.some((line) => line.startsWith(`${name}:`)))
        problems.push(`${name}: required when APP_ENV is production`);
  if (production && values.DEBUG) problems.push('DEBUG: never true when APP_ENV is production');
  if (production && values.WEBHOOK_ALLOW_LOOPBACK)
    problems.push('WEBHOOK_ALLOW_LOOPBACK: never true when APP_ENV is production');
  if (Number(values.WORKERS) > 1 && values.APP_ENV !== 'development' && values.REDIS_URL === undefined && !production)
    problems.push(
      'REDIS_URL: required when WORKERS is above 1 (default 4 outside development), else each process counts rate limits by itself',
    );
  if (Number(values.WORKERS) > Number(values.REDIS_MAX_CONNECTIONS))
    problems.push('WORKERS: must not exceed REDIS_MAX_CONNECTIONS; each process holds one connection');
  if (values.APP_ENV !== 'development' && values.SECRET_KEY === undefined && !production)
    problems.push(`SECRET_KEY: required when APP_ENV is ${String(values.APP_ENV)}`);
  values.HOST ??= values.APP_ENV === 'development' ? '127.0.0.1' : '0.0.0.0';
  if (!readVariable(environment, 'APP_ENV') && !LOOPBACK.test(String(values.HOST)))
    problems.push(
      `HOST: only a loopback address without APP_ENV, because development has open pages; received ${JSON.stringify(values.HOST)}`,
    );
  if (Number(values.TASK_SOFT_TIME_LIMIT) > Number(values.TASK_TIME_LIMIT))
    problems.push('TASK_SOFT_TIME_LIMIT: must not exceed TASK_TIME_LIMIT');
  if (problems.length > 0) throw new ConfigError(problems);
  values.SECRET_KEY ??= developmentSecret();
  if (values.JWT_SECRET_KEY === undefined) {
    values.JWT_SECRET_KEY = values.SECRET_KEY;
    values.JWT_SECRET_KEY_PREVIOUS = [values.JWT_SECRET_KEY_PREVIOUS, values.SECRET_KEY_PREVIOUS].flat();
  }
  if (values.DEBUG) Object.assign(values, { LOG_LEVEL: 'DEBUG', DATABASE_ECHO: true });
  return values as Config;
}

/** Returns the configuration of this process. @throws ConfigError */
export const loadConfig = (overrides: Environment = {}): Config =>
  parseConfig({ ...process.env, ...overrides }, () => {
    try {
      return installationSecrets(DATA_FOLDER).application;
    } catch (error) {
      throw new ConfigError([
        `SECRET_KEY: absent, and none can be made in ${DATA_FOLDER}: ${(error as Error).message}`,
      ]);
    }
  });

/** Returns the log line that names enabled settings whose features do not exist yet; undefined if there are none. */
export function noEffectNotice(environment: Environment = process.env): string | undefined {
  const names = SETTING_NAMES.filter(
    (name) => hasNoEffect(name) && !['', 'false', '0'].includes(readVariable(environment, name) ?? ''),
  );
  return names.length === 0 ? undefined : `These settings have no effect yet: ${names.join(', ')}`;
}

/** Returns the whole environment, for the child processes of the supervisor. */
export const inheritedEnvironment = (): Environment => process.env;
