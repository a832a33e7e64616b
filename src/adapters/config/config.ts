/**
 * Reads the environment once, and stops on invalid values after it has printed all problems. Only this module reads
 * process.env.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { schemaError } from '../../contracts/common/schema-errors.ts';
import { editDistance } from '../../lib/spelling.ts';
import { installationSecrets } from './installation-secrets.ts';
import type { z } from 'zod';
import type { Config, SettingName } from './schema.ts';
import { ENVIRONMENT, OLD_NAMES, REPLACED_NAMES, REQUIRED_IN_PRODUCTION, SETTING_NAMES } from './schema.ts';

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
/** Balancers and Kubernetes need a few seconds to send requests elsewhere. */
const DEPLOYED_DRAIN_S = 5;

/** Returns the text of a variable, or of the file that `NAME_FILE` names. */
function readVariable(environment: Environment, name?: string): string | undefined {
  if (name === undefined) return undefined;
  const file = environment[`${name}_FILE`];
  return environment[name] || (file ? readFileSync(file, 'utf8').trim() : undefined);
}

const DATABASE_PARTS = [
  'DATABASE_HOST',
  'DATABASE_PORT',
  'DATABASE_NAME',
  'DATABASE_USER',
  'DATABASE_PASSWORD',
  'DATABASE_SSLMODE',
] as const;

/** Reads settings each by itself. @returns values by name, and problems of those that are refused */
function readSettings(environment: Environment, names: readonly SettingName[]) {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const name of names.includes('DATABASE_URL') ? new Set([...names, ...DATABASE_PARTS]) : names) {
    let text: string | undefined;
    try {
      text = readVariable(environment, name) ?? readVariable(environment, OLD_NAMES[name]);
    } catch (error) {
      problems.push(`${name}_FILE: ${(error as Error).message}`);
      continue;
    }
    const parsed = (ENVIRONMENT[name] as z.ZodType).safeParse(text || undefined, { error: schemaError });
    if (parsed.success) values[name] = parsed.data;
    else
      for (const issue of parsed.error.issues)
        problems.push(
          `${name}: ${issue.message.replace(/^value .*; (?=expected)/, '')}; received ${/KEY|SECRET|TOKEN|URL|PASSWORD/.test(name) ? 'a value' : JSON.stringify(text)}`,
        );
  }
  if (values.DATABASE_HOST !== undefined && names.includes('DATABASE_URL')) {
    if (values.DATABASE_URL === undefined) values.DATABASE_URL = assembleUrl(values);
    else problems.push('DATABASE_HOST: DATABASE_URL is set too; set one of them');
  }
  return { values, problems };
}

/** Tokens are signed by SECRET_KEY if they have no secret of their own. */
function addSecrets(values: Record<string, unknown>, developmentSecret: () => string): void {
  values.SECRET_KEY ??= developmentSecret();
  if (values.JWT_SECRET_KEY !== undefined) return;
  values.JWT_SECRET_KEY = values.SECRET_KEY;
  values.JWT_SECRET_KEY_PREVIOUS = [values.JWT_SECRET_KEY_PREVIOUS ?? [], values.SECRET_KEY_PREVIOUS ?? []].flat();
}

/** Returns the address of the database from its parts; any character may stand in a password. */
function assembleUrl(values: Readonly<Record<string, unknown>>): string {
  const { DATABASE_HOST, DATABASE_PORT, DATABASE_NAME, DATABASE_USER, DATABASE_PASSWORD, DATABASE_SSLMODE } = values;
  const url = new URL(`postgresql://${String(DATABASE_HOST)}:${String(DATABASE_PORT)}`);
  const part = (value: unknown): string => encodeURIComponent(String(value ?? ''));
  const sslmode = DATABASE_SSLMODE === undefined ? '' : `?sslmode=${String(DATABASE_SSLMODE)}`;
  return `postgresql://${part(DATABASE_USER)}:${part(DATABASE_PASSWORD)}@${url.host}/${part(DATABASE_NAME)}${sslmode}`;
}

/**
 * Parses the environment.
 * @param environment variables by name; `NAME_FILE` is the path of a file that contains the value (Docker secrets)
 * @param developmentSecret in place of SECRET_KEY; only development may run without one
 * @param service a worker uses no Redis
 * @throws ConfigError with all problems
 */
export function parseConfig(
  environment: Environment,
  developmentSecret: () => string = () => randomBytes(32).toString('hex'),
  service: 'api' | 'worker' = 'api',
): Config {
  const { values, problems } = readSettings(environment, SETTING_NAMES);
  const production = values.APP_ENV === 'production';
  if (!problems.some((line) => line.startsWith('WORKERS:')))
    values.WORKERS ??= values.APP_ENV === 'development' ? 1 : DEPLOYED_WORKERS;
  values.DRAIN_SECONDS ??= values.APP_ENV === 'development' ? 0 : DEPLOYED_DRAIN_S;
  if (production)
    for (const name of REQUIRED_IN_PRODUCTION)
      if (values[name] === undefined && !problems.some((line) => line.startsWith(`${name}:`)))
        problems.push(`${name}: required when APP_ENV is production`);
  if (values.STRIPE_SECRET_KEY !== undefined && values.STRIPE_WEBHOOK_SECRET === undefined)
    problems.push('STRIPE_WEBHOOK_SECRET: required with STRIPE_SECRET_KEY');
  if (production && values.DEBUG) problems.push('DEBUG: never true when APP_ENV is production');
  if (production && values.WEBHOOK_ALLOW_LOOPBACK)
    problems.push('WEBHOOK_ALLOW_LOOPBACK: never true when APP_ENV is production');
  const apiProcesses = Number(values.WORKERS) * Number(values.API_REPLICAS);
  if (service === 'api' && apiProcesses > 1 && values.APP_ENV !== 'development' && values.REDIS_URL === undefined)
    problems.push(
      'REDIS_URL: required when WORKERS (default 4 outside development) or API_REPLICAS is above 1, else each process counts rate limits by itself',
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
  addSecrets(values, developmentSecret);
  if (values.DEBUG) Object.assign(values, { LOG_LEVEL: 'DEBUG', DATABASE_ECHO: true });
  return values as Config;
}

/** The environment of this process; in development `.env` in the working directory adds what it lacks. */
export function inheritedEnvironment(): Environment {
  const { APP_ENV = 'development' } = process.env;
  if (APP_ENV !== 'development' || !existsSync('.env')) return process.env;
  return { ...parseEnv(readFileSync('.env', 'utf8')), ...process.env };
}

/** Returns the configuration of an API or worker process. @throws ConfigError */
export function loadConfig(overrides: Environment = {}, service: 'api' | 'worker' = 'api'): Config {
  const environment = { ...inheritedEnvironment(), ...overrides };
  // `npm start` names its processes; others would run with the open pages of development by mistake.
  if (!readVariable(environment, 'APP_ENV') && !environment.INSTANCE_ID)
    throw new ConfigError(['APP_ENV: required: production, staging or development']);
  return parseConfig(environment, developmentSecret, service);
}

function developmentSecret(): string {
  try {
    return installationSecrets(DATA_FOLDER).application;
  } catch (error) {
    throw new ConfigError([`SECRET_KEY: absent, and none can be made in ${DATA_FOLDER}: ${(error as Error).message}`]);
  }
}

/**
 * Returns only these settings, for commands that need no others.
 * @throws ConfigError with the problems of these settings
 */
export function loadSettings<Name extends SettingName>(names: readonly Name[]): Pick<Config, Name> {
  const { values, problems } = readSettings(inheritedEnvironment(), names);
  if (problems.length > 0) throw new ConfigError(problems);
  if ((names as readonly string[]).includes('SECRET_KEY')) addSecrets(values, developmentSecret);
  return values as Pick<Config, Name>;
}

/** Longest names of variables of others are about as far from ours as a slip of the keyboard. */
const MAX_SLIPS = 2;
const isSlipOf = (name: string, setting: string): boolean =>
  name.length >= 6 && editDistance(name, setting) <= Math.min(MAX_SLIPS, Math.floor(name.length / 5));

/**
 * Returns a log line for each fault of an environment that stops no process: variables of the platform's predecessor, and names that look like a setting with a slip.
 */
export function settingsWarnings(environment: Environment = inheritedEnvironment()): string[] {
  const known = new Set([...SETTING_NAMES, ...Object.values(OLD_NAMES)].flatMap((name) => [name, `${name}_FILE`]));
  const unknown = Object.keys(environment).filter((name) => !known.has(name) && environment[name]);
  return [
    ...unknown.flatMap((name) => {
      if (name in REPLACED_NAMES) return [`${name} has no effect; its place takes ${REPLACED_NAMES[name]}`];
      if (name.startsWith('CELERY_')) return [`${name} has no effect: there is no Celery`];
      const meant = [...known].find((setting) => isSlipOf(name, setting));
      return meant === undefined ? [] : [`${name} is no setting and has no effect; did you mean ${meant}?`];
    }),
  ];
}
