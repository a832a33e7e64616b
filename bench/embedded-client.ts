/** The embedded platform for benchmarks by the API. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inheritedEnvironment } from '../src/adapters/config/config.ts';
import { demoKey } from '../src/cli/customers/main-job.ts';
import { TessellateClient } from '../src/client/client.ts';
import { startEmbedded } from '../temporal/embedded/embedded.ts';

/** Starts the platform in a new folder, gives its client to `work`, and removes all. */
export async function withEmbedded<Result>(work: (client: TessellateClient) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'tessellate-bench-'));
  // PostgreSQL runs as another user.
  chmodSync(folder, 0o755);
  const quiet = (): void => undefined;
  const platform = await startEmbedded(folder, quiet, inheritedEnvironment());
  try {
    const credentials = await demoKey(platform.api, folder, quiet);
    return await work(new TessellateClient({ baseUrl: platform.api, credentials }));
  } finally {
    await platform.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
