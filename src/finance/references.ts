/** The papers behind the economics. */
import type { References, Source } from '../lib/references.ts';
import type { Debt, Depreciation } from './project.ts';

const SHORT =
  'Short, W., Packey, D. J., Holt, T. (1995). A Manual for the Economic Evaluation of Energy Efficiency and Renewable Energy Technologies. NREL/TP-462-5173. doi:10.2172/35391';
const YESCOMBE =
  'Yescombe, E. R. (2013). Principles of Project Finance, 2nd ed. Academic Press. ISBN 978-0-12-391058-5.';

export const FINANCE_REFERENCES = {
  project: { discounted_cash_flow: [SHORT] },
  depreciation: {
    none: { noPaper: 'nothing is written off' },
    macrs: ['Internal Revenue Service. Publication 946, How To Depreciate Property, table A-1.'],
    straight_line: [SHORT],
    declining_balance: [
      'Internal Revenue Service. Publication 946, How To Depreciate Property, Figuring the Deduction Without Tables.',
    ],
  } satisfies Record<Depreciation['type'], Source>,
  repayment: { level: [SHORT], sculpted: [YESCOMBE] } satisfies Record<Debt['repayment'], Source>,
  sizing: {
    share: { noPaper: 'a stated share of the capital cost' },
    dscr: [YESCOMBE],
  } satisfies Record<Debt['sizing']['type'], Source>,
} as const satisfies References;
