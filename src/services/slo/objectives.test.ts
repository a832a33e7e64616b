import { describe, expect, test } from '@jest/globals';
import {
  alertsOf,
  BURN_RULES,
  budgetRemaining,
  burnRate,
  PERIOD_S,
  WINDOW_NAMES,
  WINDOWS,
  type WindowCounts,
  type WindowName,
} from './objectives.ts';

const AVAILABILITY = { name: 'availability', target: 0.999 } as const;
/** A hundred requests a minute in every window, with the bad ones given */
const counts = (bad: Partial<Record<WindowName, number>>): WindowCounts =>
  Object.fromEntries(
    WINDOW_NAMES.map((window) => [window, { n_total: (100 * WINDOWS[window]) / 60, n_bad: bad[window] ?? 0 }]),
  ) as WindowCounts;
const kinds = (bad: Partial<Record<WindowName, number>>) =>
  alertsOf(AVAILABILITY, counts(bad)).map(({ kind, severity }) => `${kind} ${severity}`);

describe('burn rates', () => {
  test('1 uses the whole budget in the period, and no event uses nothing', () => {
    expect(burnRate({ n_total: 1_000_000, n_bad: 1_000 }, 0.999)).toBeCloseTo(1, 9);
    expect(burnRate({ n_total: 0, n_bad: 0 }, 0.999)).toBe(0);
    expect(budgetRemaining({ n_total: 1_000_000, n_bad: 250 }, 0.999)).toBeCloseTo(0.75, 9);
    expect(budgetRemaining({ n_total: 1_000_000, n_bad: 2_000 }, 0.999)).toBeCloseTo(-1, 9);
  });

  // The Site Reliability Workbook, table 5-8: 2 % of the budget in an hour, 5 % in six, 10 % in three days.
  test('the rules fire at the shares of the budget that the workbook states', () => {
    const shares = BURN_RULES.map(({ long, rate }) => (rate * WINDOWS[long]) / PERIOD_S);
    shares.forEach((share, k) => {
      expect(share).toBeCloseTo([0.02, 0.05, 0.1][k], 9);
    });
  });
});

describe('alerts', () => {
  test('a quiet month has none', () => {
    expect(kinds({ '30d': 2_000, '3d': 300 })).toEqual([]);
  });

  test('both windows must burn: a short disturbance, and one that is over, do not alert', () => {
    // 1.44 % of 6,000 requests are 86.4, of 500 requests 7.2.
    expect(kinds({ '1h': 87, '5m': 8 })).toEqual(['burn_rate critical']);
    expect(kinds({ '1h': 86, '5m': 500 })).toEqual([]);
    expect(kinds({ '1h': 600, '5m': 7 })).toEqual([]);
  });

  test('slow burning warns', () => {
    // 0.1 % of 432,000 requests are 432, of 36,000 are 36.
    expect(kinds({ '3d': 433, '6h': 37 })).toEqual(['burn_rate warning']);
  });

  test('a low budget warns, and an exhausted one is critical', () => {
    // The budget of 4,320,000 requests is 4,320.
    expect(kinds({ '30d': 3_456 })).toEqual([]);
    expect(kinds({ '30d': 3_457 })).toEqual(['budget_low warning']);
    expect(kinds({ '30d': 4_321 })).toEqual(['budget_exhausted critical']);
    expect(alertsOf(AVAILABILITY, counts({ '30d': 3_888 }))[0].message).toBe(
      '10 % of the budget of 30 days are left: 3888 of 4320000 were bad, 0.1 % may be',
    );
  });
});
