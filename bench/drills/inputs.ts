/**
 * The drill of inputs: good files and requests get one fault of those that real ones have, and go through the API. One
 * law holds: the answer is right within `TOLERANCE`, or it warns, or the input is refused with a reason.
 */
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inheritedEnvironment } from '../../src/adapters/config/config.ts';
import { TessellateClient } from '../../src/client/client.ts';
import { Random } from '../../src/statistics/random.ts';
import { startEmbedded } from '../../temporal/embedded/embedded.ts';
import { designCases } from './input-kinds/designs.ts';
import { fileCases } from './input-kinds/files.ts';
import { faultOf } from './input-kinds/law.ts';
import { systemCases } from './input-kinds/systems.ts';
import { weatherCases } from './input-kinds/weather.ts';
import { windCases } from './input-kinds/wind.ts';

/** Cases at the same time */
const SIDE_BY_SIDE = 3;

interface InputsDrillOptions {
  readonly seed: number;
  /** Whether another case begins, after so many of so many kinds */
  isDone(nCases: number, nKinds: number): boolean;
}

interface InputsDrillResult {
  readonly nKinds: number;
  readonly nCases: number;
  /** What broke the law, by the title of its case */
  readonly faults: readonly string[];
}

/** Runs the drill against an API. @param say gets each fault at once */
export async function drillInputs(
  client: TessellateClient,
  { seed, isDone }: InputsDrillOptions,
  say: (line: string) => void = () => undefined,
): Promise<InputsDrillResult> {
  const makers = [
    ...(await weatherCases(client)),
    ...(await windCases(client)),
    ...(await systemCases(client)),
    ...(await designCases(client)),
    ...(await fileCases(client)),
  ];
  const random = Random.fromSeed(seed);
  const faults: string[] = [];
  let nCases = 0;
  // Each kind of fault has its turn, in an order of the seed's.
  const order = Array.from(makers, (_, k) => k);
  random.shuffle(order);
  async function work(): Promise<void> {
    while (!isDone(nCases, makers.length)) {
      const one = makers[order[nCases++ % order.length]](random);
      const fault = faultOf(one.expected, await one.run());
      if (fault === null) continue;
      faults.push(`${one.title}: ${fault}`);
      say(`seed ${seed}: ${one.title}: ${fault}`);
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return { nKinds: makers.length, nCases, faults };
}

/** Runs the drill on a platform of its own. @returns whether nothing broke the law */
export async function drillInputsAlone(
  { seed, minutes }: { readonly seed: number; readonly minutes: number },
  say: (line: string) => void,
): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'tessellate-drill-'));
  chmodSync(folder, 0o755);
  const limits = { RATE_LIMIT_DEFAULT: '10000000', RATE_LIMIT_LOGIN: '10000000', RATE_LIMIT_REGISTER: '10000000' };
  const platform = await startEmbedded(folder, () => undefined, { ...inheritedEnvironment(), ...limits });
  try {
    const account = { name: 'Drill', password: randomUUID(), organization_name: 'Drill' };
    const anonymous = new TessellateClient({ baseUrl: platform.api });
    const email = `drill-${randomUUID()}@example.com`;
    const person = await anonymous.request('POST /v1/auth/register', { body: { ...account, email } });
    // A token ends before a long drill does; a key does not.
    const owner = new TessellateClient({ baseUrl: platform.api, credentials: person.access_token });
    const { key } = await owner.request('POST /v1/api-keys', { body: { name: 'drill' } });
    const client = new TessellateClient({ baseUrl: platform.api, credentials: key });
    const end = Date.now() + minutes * 60_000;
    const { nCases, faults } = await drillInputs(client, { seed, isDone: () => Date.now() > end }, say);
    say(`seed ${seed}: ${nCases} cases, ${faults.length} of them broke the law`);
    return faults.length === 0;
  } finally {
    await platform.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
