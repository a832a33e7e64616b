/** `tessellate admin`: administrators of the platform, and acts about organizations by whoever has a shell. */
import { loadSettings } from '../../adapters/config/config.ts';
import { applicationSecrets, DATABASE_SETTINGS, databaseOptions } from '../../adapters/config/connections.ts';
import { Database } from '../../adapters/database/database.ts';
import { Admin } from '../../services/admin/admin.ts';
import { Administrators } from '../../services/admin/administrators.ts';
import { jobEffects, Jobs } from '../../services/jobs/jobs.ts';
import { SecretBox } from '../../services/webhooks/secret-box.ts';

async function withAdmin(work: (administrators: Administrators, admin: Admin) => Promise<void>): Promise<void> {
  const config = loadSettings([
    'SECRET_KEY',
    'SECRET_KEY_PREVIOUS',
    'ENABLE_WEBHOOKS',
    'METERING_ENABLED',
    ...DATABASE_SETTINGS,
  ]);
  const database = await Database.connect(databaseOptions(config, 'tessellate-admin', 8));
  try {
    const jobs = new Jobs(database, jobEffects(config), () => undefined);
    await work(new Administrators(database, new SecretBox(applicationSecrets(config))), new Admin(database, jobs));
  } finally {
    await database.close();
  }
}

/** Prints the password and the second factor, which nobody can read again. */
export const createAdministrator = (email: string, name: string): Promise<void> =>
  withAdmin(async (administrators) => {
    const { id, password, uri } = await administrators.create(email, name);
    console.log(`${id} is an administrator. This is shown once:`);
    console.log(`  password       ${password}`);
    console.log(`  authenticator  ${uri}`);
  });

export const listAdministrators = (): Promise<void> =>
  withAdmin(async (administrators) => {
    for (const { id, email, name, created_at } of await administrators.list())
      console.log(`${id}  ${email}  ${name}  ${created_at.toISOString()}`);
  });

export const removeAdministrator = (email: string): Promise<void> =>
  withAdmin(async (administrators) => {
    await administrators.remove(email);
    console.log(`${email} is no administrator any more`);
  });

export const suspendOrganization = (orgId: string, reason: string): Promise<void> =>
  withAdmin(async (_, admin) => {
    await admin.suspend(orgId, reason);
    console.log(`${orgId} is suspended`);
  });

export const resumeOrganization = (orgId: string): Promise<void> =>
  withAdmin(async (_, admin) => {
    await admin.resume(orgId);
    console.log(`${orgId} is not suspended`);
  });

export const changeOrganizationPlan = (orgId: string, plan: string): Promise<void> =>
  withAdmin(async (_, admin) => {
    await admin.setPlan(orgId, plan);
    console.log(`${orgId} has the plan ${plan}`);
  });
