/** Secrets of an installation that is given none: random, made once in its data folder, and readable only by its owner. */
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface InstallationSecrets {
  /** Password of the embedded PostgreSQL */
  readonly database: string;
  /** SECRET_KEY */
  readonly application: string;
}

/** @returns the secrets of a data folder, the same for every process that asks */
export function installationSecrets(folder: string): InstallationSecrets {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'secrets.json');
  const own = `${file}.${process.pid}`;
  const secret = (): string => randomBytes(32).toString('hex');
  writeFileSync(own, JSON.stringify({ database: secret(), application: secret() }), { mode: 0o600 });
  try {
    // Whole or not at all: a link is made only where there is no file yet, so that the first process decides.
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as InstallationSecrets;
}
