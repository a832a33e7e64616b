/** Runs the benchmarks and prints their medians. */
import { SUITES } from './suites.ts';

export async function runBenchmarks(
  options: { readonly only: string; readonly json: boolean },
  print: (text: string) => void,
): Promise<void> {
  const results: Record<string, Record<string, number | string>> = {};
  for (const load of SUITES) {
    const suite = await load();
    for (const { name, unit, run } of suite.benchmarks) {
      if (!name.startsWith(options.only)) continue;
      const samples = (await run()).sort((a, b) => a - b);
      const n = samples.length;
      const median = (samples[(n - 1) >> 1] + samples[n >> 1]) / 2;
      results[name] = { value: median, unit, min: samples[0], median, max: samples[n - 1], n };
      if (!options.json)
        print(
          `${name.padEnd(34)} ${median.toPrecision(4).padStart(10)} ${unit.padEnd(8)} (${samples[0].toPrecision(4)} to ${samples[n - 1].toPrecision(4)}, n ${n})`,
        );
    }
    await suite.close?.();
  }
  if (Object.keys(results).length === 0) throw new Error(`no benchmark's name begins with '${options.only}'`);
  if (options.json) print(JSON.stringify(results));
}
