/** Measurements of the engine and the platform: the commands that `npm run bench` and its relatives run. */
import { Command, InvalidArgumentError } from 'commander';

const program = new Command('bench').description('Measures the engine and the platform').showHelpAfterError();

program
  .command('bench')
  .description('measure the engine and the platform on seeded inputs')
  .option('--only <prefix>', 'only names that begin with this', '')
  .option('--json', 'print one object {name: {value, unit, min, median, max, n}}', false)
  .action(async (options: { only: string; json: boolean }) => {
    const { runBenchmarks } = await import('./run.ts');
    await runBenchmarks(options, (text) => console.log(text));
  });

program
  .command('bench-iea37')
  .description("search a layout for IEA Wind Task 37's case study 1 from random starts, on two threads")
  .requiredOption('--turbines <n>', '16, 36, 64, or any number with --radius-m', Number)
  .option('--radius-m <m>', "radius of the site; default the task's", Number)
  .option('--seconds <s>', 'time to search', Number, 60)
  .option('--seed <n>', 'seed of the random starts', Number, 1)
  .option('--out <file>', "write the layout as the task's YAML")
  .option('--json', 'print {turbines, seed, aep_mwh, seconds, layout: {x, y}}', false)
  .action(async (options) => {
    const { runIea37 } = await import('./iea37.ts');
    await runIea37(options, (text) => console.log(text));
  });

program
  .command('bench-peers')
  .description('measure the wind engine beside PyWake and FLORIS, and compare the results of that run')
  .requiredOption('--python <path>', 'a Python that has both; npm run bench:peers makes one')
  .option('--json', 'print one JSON list', false)
  .action(async (options) => {
    const { runPeers } = await import('./peers.ts');
    process.exitCode = await runPeers(options, (text) => console.log(text));
  });

const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('expected a whole number, 0 or more');
  return value;
};
program
  .command('drill-webhooks')
  .description(
    'jobs of two organizations, receivers that fail, processes killed: is every webhook delivered as promised?',
  )
  .option('--deliveries <n>', 'webhooks to be delivered', count)
  .option('--endpoints <n>', 'receivers, of which a third fail at random', count)
  .option('--failures <n>', 'failures of a delivery before it is taken, at most; 3 takes six minutes', count)
  .option('--worker-kills <n>', 'times that the worker is killed (-9)', count)
  .option('--api-kills <n>', 'times that the API is killed (-9)', count)
  .option('--throughput <n>', 'deliveries of one throughput measurement; 0: none', count)
  .option('--seed <n>', 'seed of the failures', count)
  .action(async (options: object) => {
    const { drillWebhooks, FULL_DRILL } = await import('./drill-webhooks.ts');
    const isPassed = await drillWebhooks({ ...FULL_DRILL, ...options }, (text) => console.log(text));
    if (!isPassed) process.exitCode = 1;
  });

program
  .command('drill-api')
  .description('generated requests to every operation: do all answers keep what OpenAPI states?')
  .option('--seconds <s>', 'time that requests are sent', count, 300)
  .option('--seed <n>', 'seed of the requests', count, 1)
  .action(async (options: { seconds: number; seed: number }) => {
    const { drillApi } = await import('./drill-api.ts');
    if (!(await drillApi(options, (text) => console.log(text)))) process.exitCode = 1;
  });

await program.parseAsync();
