#!/usr/bin/env node
/** The `tessellate` command. Each command loads only what it needs. */
import { onStopSignal } from '../lib/stop-signal.ts';
import { Command } from 'commander';
import { reasonOf } from '../lib/reason-of.ts';
import { addKeyCommands } from './customers/keys.ts';
import type { runMigrate } from './operators/migrate.ts';
import type * as administration from './operators/admin.ts';
import type * as operations from './operators/ops.ts';
import type { WorkerCommand } from './operators/worker.ts';

const program = new Command('tessellate')
  .description('Energy yield, design and economics of solar and wind sites')
  .showHelpAfterError();

program
  .command('validate')
  .description('compare the engine with the reference files in a folder')
  .argument('<folder>', 'holds files such as solar_position.json or finance.json, in it or below it')
  .option('--strict', 'rows that no model here covers fail', false)
  .option('--json', 'print one JSON object', false)
  .action(async (folder: string, options: { strict: boolean; json: boolean }) => {
    const { validateFolder } = await import('./operators/validate/validate.ts');
    const { VALIDATORS } = await import('./operators/validate/validators.ts');
    process.exitCode = await validateFolder(folder, VALIDATORS, options, (text) => console.log(text));
  });

program
  .command('up')
  .description('start everything on this machine, run the main job, and run until Ctrl-C')
  .option('--data <folder>', 'keeps everything that survives a restart; default: .tessellate in the project')
  .action(async ({ data }: { data?: string }) => (await import('./operators/up.ts')).runUp({ data, stay: true }));

program
  .command('demo')
  .description('start everything on this machine, run the main job, stop everything')
  .option('--data <folder>', 'keeps everything that survives a restart; default: .tessellate in the project')
  .action(async ({ data }: { data?: string }) => (await import('./operators/up.ts')).runUp({ data, stay: false }));

program
  .command('worker')
  .description('run activities of the named task queues until SIGTERM')
  .option('--queues <names>', 'separated by commas; default: every queue but gpu')
  .option('--concurrency <n>', 'compute activities at the same time; default: WORKER_CONCURRENCY')
  .option('--max-tasks-per-child <n>', 'tasks of a compute thread; default: WORKER_MAX_TASKS_PER_CHILD')
  .option('--log-level <level>', 'debug, info, warning or error; default: LOG_LEVEL')
  .option('--identity <name>', 'by which Temporal shows it; default: process id and host')
  .action(async (options: WorkerCommand) => (await import('./operators/worker.ts')).runWorker(options));

program
  .command('web')
  .description('serve the dashboard, with everything else from an API at another address, until SIGTERM')
  .requiredOption('--api <url>', 'address of the API as this process reaches it')
  .option('--port <n>', 'port to listen on', Number, 8501)
  .action(async ({ api, port }: { api: string; port: number }) => {
    const { startDashboard } = await import('../api/dashboard-server.ts');
    const server = await startDashboard(api, port);
    console.log(`dashboard on port ${port}, API ${api}`);
    onStopSignal(() => {
      server.close();
      server.closeAllConnections();
    });
  });

program
  .command('config')
  .description('print every setting with its meaning and default, in the form of .env.example')
  .option('--page', 'in the form of docs/settings.md', false)
  .action(async ({ page }: { page: boolean }) => {
    const { envExample, settingsPage } = await import('../adapters/config/env-example.ts');
    process.stdout.write(page ? settingsPage() : envExample());
  });

program
  .command('secrets')
  .description('what to do when SECRET_KEY changes')
  .command('reseal')
  .description('seal stored secrets under SECRET_KEY, so that SECRET_KEY_PREVIOUS can be taken away')
  .action(async () => (await import('./operators/secrets.ts')).resealSecrets());

program
  .command('audit')
  .description('the audit log')
  .command('verify')
  .description('read the chains of the audit log; says how many entries are erased, fails if one was changed')
  .option('--org <id>', 'organization; default: all')
  .option('--json', 'print one JSON list', false)
  .action(async (options: { org?: string; json: boolean }) =>
    (await import('./operators/audit.ts')).runAuditVerify(options),
  );

addKeyCommands(program);
const admin = program
  .command('admin')
  .description('administrators of the platform, and what they do about organizations');
const adminCommand = (
  name: string,
  description: string,
  run: (module: typeof administration, ...args: string[]) => Promise<void>,
) =>
  admin
    .command(name)
    .description(description)
    .action(async (...args: unknown[]) =>
      run(await import('./operators/admin.ts'), ...(args.slice(0, -2) as string[])),
    );
adminCommand(
  'create <email> <name>',
  'create an administrator; prints the password and the second factor once',
  (m, ...a) => m.createAdministrator(a[0], a[1]),
);
adminCommand('list', 'administrators', (m) => m.listAdministrators());
adminCommand('remove <email>', 'end the account and the logins of an administrator', (m, email) =>
  m.removeAdministrator(email),
);
adminCommand('suspend <organization> <reason>', 'refuse all credentials of an organization', (m, ...a) =>
  m.suspendOrganization(a[0], a[1]),
);
adminCommand('resume <organization>', 'accept the credentials of an organization again', (m, org) =>
  m.resumeOrganization(org),
);
adminCommand('plan <organization> <plan>', 'change the plan of an organization', (m, ...a) =>
  m.changeOrganizationPlan(a[0], a[1]),
);

const backup = program
  .command('backup')
  .description('encrypted backups of the database, by pg_dump and pg_restore of PG_BIN or the PATH');
backup
  .command('create')
  .description('write a backup to BACKUP_FOLDER, read it to its end, delete those that are too old')
  .action(async () => (await import('./operators/backup.ts')).createBackup());
backup
  .command('list')
  .description('list the backups of BACKUP_FOLDER, the oldest first')
  .option('--max-age <h>', 'fail unless one is younger [h]', Number)
  .action(async (options: { maxAge?: number }) => (await import('./operators/backup.ts')).listBackups(options));
backup
  .command('verify')
  .description('read a backup to its end')
  .argument('[name]', 'of the file; default: the newest')
  .action(async (name?: string) => (await import('./operators/backup.ts')).verifyBackup(name));
backup
  .command('restore')
  .description('restore a backup into an empty database, all of it or nothing')
  .argument('<name>', 'of the file')
  .action(async (name: string) => (await import('./operators/backup.ts')).restoreBackup(name));

const ops = program.command('ops').description('look at the running platform through Temporal, and act on it');
const opsCommand = <Options>(
  name: string,
  description: string,
  action: (module: typeof operations, options: Options) => Promise<void>,
) =>
  ops
    .command(name)
    .description(description)
    .action(async (options: Options) => action(await import('./operators/ops.ts'), options));
opsCommand('queues', 'backlog and workers of every task queue', (module) => module.opsQueues());
opsCommand('workers', 'workers that poll, and their queues', (module) => module.opsWorkers());
opsCommand('workflows', 'workflow types of this release, and how many of each are open', (module) =>
  module.opsWorkflows(),
).alias('registered');
opsCommand('active', 'jobs that run: where, since when, how far', (module) => module.opsActive());
opsCommand('stats', 'jobs of the last 24 hours by kind, and what waits', (module) => module.opsStats());
opsCommand<{ pause?: string; resume?: string; run?: string }>(
  'schedules',
  'schedules, their last and next run',
  (module, options) => module.opsSchedules(options),
)
  .option('--pause <id>', 'pause one')
  .option('--resume <id>', 'resume one')
  .option('--run <id>', 'run one now');
opsCommand<{ clear?: string }>('cache', 'keys in Redis by prefix', (module, options) =>
  module.opsCache(options),
).option('--clear <key>', 'delete one key, such as a rate limit');
opsCommand<{ timeout: number; hold: boolean }>(
  'drain',
  'accept no jobs and wait until none is open; jobs are accepted again when the command ends',
  (module, options) => module.opsDrain(options),
)
  .option('--timeout <s>', 'how long to wait', Number, 3600)
  .option('--hold', 'then accept none until Ctrl-C or SIGTERM', false);
opsCommand<operations.Selection & { terminate: boolean }>(
  'purge',
  'cancel open jobs, waiting ones too; each keeps its best so far',
  (module, options) => module.opsPurge(options),
)
  .option('--org <id>', 'organization whose jobs are cancelled; default: all')
  .option('--kind <kind>', 'of one kind, such as solar-optimize')
  .option('--terminate', 'end the jobs at once, without a result', false)
  .option('--yes', 'do it; without, only say what would be done', false);
opsCommand<{ queues?: string; timeout: number; unversioned: boolean }>(
  'set-current-version',
  'send workflows to TEMPORAL_BUILD_ID, once workers of it poll all queues',
  (module, options) => module.opsSetCurrentVersion(options),
)
  .option('--queues <names>', 'queues that must have a worker of it; default: every queue but gpu')
  .option('--unversioned', 'send workflows to workers without a version, at once', false)
  .option('--timeout <s>', 'how long to wait for them', Number, 120);

const migrate = program
  .command('migrate')
  .description('change the database schema; uses DATABASE_DIRECT_URL, or DATABASE_URL if it is absent');
const migrateCommand = (name: string, description: string, run: typeof runMigrate) =>
  migrate
    .command(name)
    .description(description)
    .action(async (...args: unknown[]) => run(name.split(' ')[0], args.slice(0, -2) as string[]));
const run: typeof runMigrate = async (name, args) => (await import('./operators/migrate.ts')).runMigrate(name, args);
migrateCommand('current', 'the newest applied migration', run);
migrateCommand('history', 'every migration and whether it is applied', run);
migrateCommand('generate <Name>', 'write a migration for what the entities have and the database lacks', run);
migrateCommand('up', 'apply all pending migrations', run);
migrateCommand('up-one', 'apply the next pending migration', run);
migrateCommand('down-one', 'roll back the newest migration', run);
migrateCommand('down-to <name>', 'roll back all migrations after this one', run);
migrate
  .command('down-all')
  .description('roll back every migration (deletes all data)')
  .option('--yes', 'do it', false)
  .action(async ({ yes }: { yes: boolean }) => run('down-all', yes ? ['--yes'] : []));
migrateCommand(
  'stamp <name>',
  'record migrations up to this one as applied and later ones as pending, without running any',
  run,
);
migrateCommand('check', 'fail if a migration is pending or the schema is not what the entities say', run);
migrateCommand('sql [direction]', 'show the SQL of `up` (default) or `down`, without applying it', run);

try {
  await program.parseAsync();
} catch (error) {
  console.error(`tessellate: ${reasonOf(error)}`);
  process.exit(1);
}
