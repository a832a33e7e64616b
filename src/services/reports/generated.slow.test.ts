/** The short form of `npm run drill:reports`: one request of each kind, always the same. */
import { expect } from '@jest/globals';
import { PDF_TO_TEXT, REPORTED_KINDS, reportFaults } from '../../../test/support/generated-reports.ts';
import { canRun, testWith } from '../../../test/support/needs.ts';

for (const kind of REPORTED_KINDS)
  testWith('poppler', canRun(PDF_TO_TEXT, '-v'))(
    `a random ${kind} gives every template, language and format, each number once`,
    async () => expect(await reportFaults(kind, 20_261_130)).toEqual([]),
  );
