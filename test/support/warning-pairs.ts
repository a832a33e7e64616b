/** Tests of warnings: of each code an input that must have it, and a good one beside it that must not. */
import { describe, expect, test } from '@jest/globals';

/** Both return the codes that an input gets. */
export type WarningPair = readonly [doubtful: () => readonly string[], good: () => readonly string[]];

/** Runs the pairs of a room's codes. A code without a pair fails. @param codes the room's declaration, or a part of it */
export function testWarningPairs<Code extends string>(
  codes: Readonly<Record<Code, unknown>>,
  pairs: Readonly<Record<Code, WarningPair>>,
): void {
  test('every code has a case', () => {
    expect(Object.keys(pairs).sort()).toEqual(Object.keys(codes).sort());
  });
  describe.each(Object.entries<WarningPair>(pairs))('%s', (code, [doubtful, good]) => {
    test('is said', () => expect(doubtful()).toContain(code));
    test('is not said of a good input near it', () => expect(good()).not.toContain(code));
  });
}
