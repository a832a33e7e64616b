/** The versions of this build. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { engineVersionOf } from './fingerprint.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Version of the engine, stored with every result: `0.1.0+3f9a1c2b`. The build stamps it; from sources it is computed. */
export const ENGINE_VERSION = import.meta.url.endsWith('.ts')
  ? engineVersionOf(here('../../..').replace(/[/\\]$/, ''))
  : readFileSync(here('../../../engine-version'), 'utf8').trim();

/** Version of the package, which OpenAPI shows. */
export const PACKAGE_VERSION = ENGINE_VERSION.slice(0, ENGINE_VERSION.indexOf('+'));
