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
interface OddRequest {
  readonly name: string;
  readonly requests: readonly { readonly path: string; readonly body: object }[];
  readonly answer?: string;
}
const odd: readonly OddRequest[] = readdirSync(FOLDER)
  .filter((file) => file.startsWith('wind-'))
  .flatMap((file) => JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')));

/** Codes that say what was done, or that belong to the small searches of these tests */
const NO_ANSWER = ['wind.search_short', 'wind.no_improvement', 'wind.directions_spread'];

/** Returns the codes that answer a request, or `refused`. */
function answersTo({ requests, answer }: OddRequest): string[] {
  try {
    const codes = requests.flatMap(({ path, body }) => warningsOfRequest(path, body).map(({ code }) => code));
    return codes.filter((code) => code === answer || !NO_ANSWER.includes(code));
  } catch (error) {
    if (error instanceof AppError || (error instanceof Error && error.name === 'ZodError')) return ['refused'];
    throw error;
  }
}

test('odd but valid requests are refused or warned, at least 98 of 100', () => {
  const answers = odd.map((one) => ({ name: one.name, codes: answersTo(one) }));
  if (process.env.SHOW_ANSWERS)
    for (const { name, codes } of answers) process.stderr.write(`${name}: ${codes.join(', ')}\n`);
  const silent = answers.filter(({ codes }) => codes.length === 0).map(({ name }) => name);

  // The names of the silent ones, or as many empty places as may be silent.
  expect(silent.length > 0.02 * odd.length ? silent : []).toEqual([]);
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
