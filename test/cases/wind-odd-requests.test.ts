/** Odd but valid wind requests are refused or warned, and ordinary ones stay without severe warnings. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { AppError } from '../../src/contracts/common/app-error.ts';
import { WIND_WARNINGS } from '../../src/contracts/wind/warnings.ts';
import { turbineWarnings } from '../../src/services/wind/plausibility/curves.ts';
import { publicTurbine, publicTurbines } from '../../src/wind/turbine/turbine-library.ts';
import { ROOT } from '../support/fixtures.ts';
import { warningsOfRequest } from '../support/wind-analysis.ts';

const FOLDER = `${ROOT}/test/fixtures/odd-requests`;
const odd: { name: string; reason: string; requests: { path: string; body: object }[] }[] = readdirSync(FOLDER)
  .filter((file) => file.startsWith('wind-'))
  .flatMap((file) => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')));

/** Codes that say what was done, or that belong to the small searches of these tests */
const NO_ANSWER = ['wind.search_short', 'wind.no_improvement', 'wind.directions_spread'];

/** Requests without an answer here: short searches, and a price of 0, which says that only the cost is asked for */
const SILENT = ['one_iteration', 'a_thousand_starts_of_one_step', 'price_of_nothing'];

/** Returns the codes that answer a request, or `refused`. */
function answersOf({ path, body }: { path: string; body: object }): string[] {
  try {
    const codes = warningsOfRequest(path, body).map(({ code }) => code);
    return codes.filter((code) => !NO_ANSWER.includes(code));
  } catch (error) {
    if (error instanceof AppError || (error instanceof Error && error.name === 'ZodError')) return ['refused'];
    throw error;
  }
}

describe('odd but valid requests', () => {
  test('at least 98 of 100 are refused or warned', () => {
    const silent = odd.filter(({ requests }) => requests.every((request) => answersOf(request).length === 0));
    if (process.env.SHOW_ANSWERS)
      for (const { name, requests } of odd)
        process.stderr.write(`${name}: ${requests.flatMap(answersOf).join(', ')}\n`);
    expect(silent.map(({ name }) => name).filter((name) => !SILENT.includes(name))).toEqual([]);
    expect(silent.length).toBeLessThanOrEqual(0.02 * odd.length);
  });

  test('a search of one step is called short', () => {
    const short = odd.find(({ name }) => name === 'one_iteration')!;
    expect(warningsOfRequest(short.requests[0].path, short.requests[0].body).map(({ code }) => code)).toContain(
      'wind.search_short',
    );
  });
});

describe('ordinary requests', () => {
  const ordinary: { name: string; body: object }[] = JSON.parse(
    readFileSync(`${ROOT}/test/fixtures/cases/wind_ordinary.json`, 'utf8'),
  );

  test.each(ordinary.map(({ name, body }) => [name, body] as const))('%s has no severe warning', (_, body) => {
    const severe = warningsOfRequest('/v1/wind/analyze', body).filter(({ severity }) => severity === 'severe');
    expect(severe.map(({ message }) => message)).toEqual([]);
  });

  test.each(publicTurbines().map(({ name }) => name))('the library curve of %s has no severe warning', (name) => {
    const severe = turbineWarnings(publicTurbine(name), '/turbines/0').filter(({ severity }) => severity === 'severe');
    expect(severe.map(({ message }) => message)).toEqual([]);
  });
});

test('every code has a page', () => {
  for (const code of Object.keys(WIND_WARNINGS))
    expect(readFileSync(`${ROOT}/docs/warnings/${code}.md`, 'utf8')).toContain(`# ${code}`);
});
