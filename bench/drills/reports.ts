/**
 * The drill of reports: jobs of random valid requests of each kind, each of which must give every template, language
 * and format with the numbers of the API.
 */
import { REPORTED_KINDS, reportFaults } from '../../test/support/generated-reports.ts';

interface ReportsDrillOptions {
  /** Number of requests, by turns of each kind */
  readonly seeds: number;
  /** Seed of the first request; the others follow it */
  readonly seed: number;
  /** The only kind that is drawn; default: all */
  readonly kind?: string;
}

/** Runs the drill. @returns whether no report was wrong */
export async function drillReports(
  { seeds, seed: first, kind: only }: ReportsDrillOptions,
  say: (line: string) => void,
): Promise<boolean> {
  let wrong = 0;
  for (let k = 0; k < seeds; k++) {
    const kind = only ?? REPORTED_KINDS[k % REPORTED_KINDS.length];
    const seed = first + k;
    const faults = await reportFaults(kind, seed).catch((error: Error) => [String(error.stack)]);
    say(`seed ${seed}, ${kind}: ${faults.length === 0 ? 'right' : `wrong\n${faults.join('\n')}`}`);
    if (faults.length > 0) wrong++;
  }
  say(`${seeds} seeds, ${wrong} of them with a wrong report`);
  return wrong === 0;
}
