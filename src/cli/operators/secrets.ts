/** `tessellate secrets`: what an operator does when SECRET_KEY changes; docs/operations.md has the steps. */
import { loadSettings } from '../../adapters/config/config.ts';
import { applicationSecrets, DATABASE_SETTINGS, databaseOptions } from '../../adapters/config/connections.ts';
import { Database } from '../../adapters/database/database.ts';
import { resealCodeSecrets } from '../../services/accounts/one-time-code.ts';
import { resealWebhookSecrets } from '../../services/webhooks/reseal.ts';
import { SecretBox } from '../../services/webhooks/secret-box.ts';

/** Seals all second factors, and secrets and headers of webhooks, under SECRET_KEY. Its exit status is 1 if there is one that no key here opens. */
export async function resealSecrets(): Promise<void> {
  const config = loadSettings(['SECRET_KEY', 'SECRET_KEY_PREVIOUS', ...DATABASE_SETTINGS]);
  const database = await Database.connect(databaseOptions(config, 'tessellate-secrets', 8));
  try {
    const box = new SecretBox(applicationSecrets(config));
    const factors = await resealCodeSecrets(database, box);
    console.log(`${factors.values} second factors resealed, ${factors.unopened.length} left as they are`);
    const webhooks = await resealWebhookSecrets(database, box);
    console.log(
      `${webhooks.values} values of webhooks resealed, ${webhooks.unopened.length} webhooks left as they are`,
    );
    const unopened = [...factors.unopened, ...webhooks.unopened];
    for (const { id, reason } of unopened) console.error(`${id}: ${reason}`);
    if (unopened.length > 0) process.exitCode = 1;
    else
      console.log('Everything is sealed under SECRET_KEY: SECRET_KEY_PREVIOUS is no longer needed for what is stored');
  } finally {
    await database.close();
  }
}
