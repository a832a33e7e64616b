/** Measurements of the engine and the platform: the commands that `npm run bench` and its relatives run. */
import { Command, InvalidArgumentError, Option } from 'commander';

const program = new Command('bench').description('Measures the engine and the platform').showHelpAfterError();

program
  .command('bench')
  .description('measure the engine and the platform on seeded inputs')
  .option('--only <prefix>', 'only names that begin with this', '')
  .option('--json', 'print one object {name: {value, unit, min, median, max, n}}', false)
  .action(async (options: { only: string; json: boolean }) => {
    const { runBenchmarks } = await import('./suites/run.ts');
    await runBenchmarks(options, (text) => console.log(text));
  });

const count = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new InvalidArgumentError('expected a whole number, 0 or more');
  return value;
};
program
  .command('bench-gpu')
  .description(
    'compute solar designs and wind layouts on a GPU and on two threads, and compare their energies; takes at most 8 minutes',
  )
  .option('--designs <n>', 'designs of each kind', count, 10_000)
  .option('--seed <n>', 'seed of the designs', count, 1)
  .option('--out <file>', 'result file', 'bench-gpu.json')
  .option('--json', 'print the results as one object too', false)
  .action(async (options) => {
    const { benchGpu } = await import('./gpu/gpu.ts');
    await benchGpu(options, (text) => console.log(text));
  });

program
  .command('bench-iea37')
  .description("search a layout for IEA Wind Task 37's case study 1, 3 or 4 from random starts, on two threads")
  .option('--case <n>', 'case study 1, 3 or 4', Number, 1)
  .option('--turbines <n>', 'case study 1: 16, 36, 64, or any number with --radius-m', Number)
  .option('--radius-m <m>', "radius of the site; default the task's", Number)
  .option(
    '--seconds <s>',
    'time that each thread computes; while others have the processor it does not count',
    Number,
    60,
  )
  .option('--seed <n>', 'seed of the random starts', Number, 1)
  .option('--out <file>', "write the layout as the task's YAML")
  .option('--json', 'print {case or turbines, seed, aep_mwh, seconds, compute_s, layout: {x, y}}', false)
  .option('--api <json>', 'case study 3 or 4 by POST /v1/wind/optimize with its defaults and these fields, such as {}')
  .action(async (options) => {
    if (options.api !== undefined) {
      const { runIea37Api } = await import('./layouts/iea37-api.ts');
      await runIea37Api({ ...options, request: JSON.parse(options.api) }, (text) => console.log(text));
      return;
    }
    const { runIea37 } = await import('./layouts/iea37.ts');
    await runIea37(options, (text) => console.log(text));
  });

program
  .command('bench-large-layout')
  .description(
    'what POST /v1/wind/optimize with its defaults gains on a grid of 7 rotor diameters of the IEA 15 MW turbine',
  )
  .option('--turbines <n>', 'number of turbines', count, 500)
  .addOption(new Option('--model <name>', 'wake model').choices(['gaussian', 'jensen']).default('gaussian'))
  .option('--seed <n>', 'seed of the search', Number, 1)
  .action(async (options) => {
    const { runLargeLayout } = await import('./layouts/large.ts');
    await runLargeLayout(options, (text) => console.log(text));
  });

program
  .command('bench-peers')
  .description('measure the wind engine beside PyWake and FLORIS, and compare the results of that run')
  .requiredOption('--python <path>', 'a Python that has both; npm run bench:peers makes one')
  .option('--json', 'print one JSON list', false)
  .action(async (options) => {
    const { runPeers } = await import('./peers/peers.ts');
    process.exitCode = await runPeers(options, (text) => console.log(text));
  });

program
  .command('bench-peers-layouts')
  .description("IEA Wind Task 37's case study 3 by TOPFARM and by the default search, in the same time each")
  .requiredOption('--python <path>', 'a Python that has TOPFARM; npm run bench:peers makes one')
  .option('--seconds <s>', 'time of each method', Number, 60)
  .option('--seed <n>', 'seed of the random starts', Number, 1)
  .option('--json', 'print one JSON list', false)
  .action(async ({ json, ...options }) => {
    const { comparedLayouts } = await import('./peers/layouts.ts');
    const { printRows } = await import('./peers/peers.ts');
    printRows(await comparedLayouts(options), json, (text) => console.log(text));
  });

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
    const { drillWebhooks, FULL_DRILL } = await import('./drills/webhooks.ts');
    const isPassed = await drillWebhooks({ ...FULL_DRILL, ...options }, (text) => console.log(text));
    if (!isPassed) process.exitCode = 1;
  });

program
  .command('drill-api')
  .description('generated requests to every operation: do all answers keep what OpenAPI states?')
  .option('--seconds <s>', 'time that requests are sent; default: 300, or until all examples are sent', count)
  .option('--examples <n>', 'most requests of each operation in each phase, the same on machines of any speed', count)
  .option('--seed <n>', 'seed of the requests', count, 1)
  .action(async ({ seconds, examples, seed }: { seconds?: number; examples?: number; seed: number }) => {
    const { drillApi } = await import('./drills/api.ts');
    const limits = { seconds: seconds ?? (examples === undefined ? 300 : undefined), examples };
    if (!(await drillApi({ ...limits, seed }, (text) => console.log(text)))) process.exitCode = 1;
  });

program
  .command('drill-inputs')
  .description('good files and requests with one fault each: is every answer right, warned about or refused?')
  .option('--minutes <n>', 'time that cases are sent', count, 30)
  .option('--seed <n>', 'seed of the faults', count, 1)
  .action(async (options: { minutes: number; seed: number }) => {
    const { drillInputsAlone } = await import('./drills/inputs.ts');
    if (!(await drillInputsAlone(options, (text) => console.log(text)))) process.exitCode = 1;
  });

program
  .command('drill-reports')
  .description('jobs of random requests: does each give every report, each number once?')
  .option('--seeds <n>', 'requests, by turns of each kind', count, 8)
  .option('--seed <n>', 'seed of the first request; default: drawn', count)
  .option('--kind <name>', 'only this kind of job')
  .action(async (options: { seeds: number; seed?: number; kind?: string }) => {
    const { drillReports } = await import('./drills/reports.ts');
    const seed = options.seed ?? Date.now() % 1_000_000_000;
    if (!(await drillReports({ ...options, seed }, (text) => console.log(text)))) process.exitCode = 1;
  });

program
  .command('drill-outages')
  .description(
    'servers end, hang, are full or slow while jobs run: is everything that was accepted done, once, to the same bits?',
  )
  .option(
    '--minutes-away <n>',
    'time that PostgreSQL, Redis and Temporal cannot be reached; other faults take a quarter',
    Number,
    20,
  )
  .option('--only <name>', 'only this outage, such as postgres-away')
  .action(async (options: { minutesAway: number; only?: string }) => {
    const { drillOutages } = await import('./drills/outages.ts');
    if (!(await drillOutages(options, (text) => console.log(text)))) process.exitCode = 1;
  });

program
  .command('drill-rolling')
  .description('APIs and workers are replaced under load: does any request, stream or job notice?')
  .option(
    '--rate <n>',
    'requests a second; default: the most, up to 200, at which one API stays below half a core',
    count,
  )
  .action(async (options: { rate?: number }) => {
    const { drillRolling } = await import('./drills/rolling.ts');
    if (!(await drillRolling(options, (text) => console.log(text)))) process.exitCode = 1;
  });

await program.parseAsync();
