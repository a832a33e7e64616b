/** Economics of a project: key figures, cash flows, cases of the yield, sensitivity. */
import { cashFlowChart, tornadoChart } from '../../documents/charts/charts.ts';
import type { Block, Figure, KeyFigure, Section, Table } from '../../documents/model.ts';
import { FULL_WIDTH } from '../../documents/model.ts';
import type { ProjectInput } from '../../finance/project.ts';
import { projectEconomics } from '../../finance/project.ts';
import { FINANCE_REFERENCES } from '../../finance/references.ts';
import { economicTermsSchema } from '../../contracts/common/economics.schema.ts';
import { snakeKeys } from '../../lib/case.ts';
import { papersOf } from '../../lib/references.ts';
import { defaultsIn } from './defaults.ts';
import type { TextKey } from './text/text.ts';
import type { ReportContext } from './context.ts';
import { facts, figure } from './context.ts';

const percentOf = ({ format }: ReportContext, share: number | null): string =>
  share === null ? '\u2013' : format.percent(100 * share, 1);

/** Returns the papers behind a project's economics, including those of its defaults. */
export function economicsReferences(input: ProjectInput): string[] {
  const { depreciation, debt } = projectEconomics(input).assumptions;
  const of = (choice: keyof typeof FINANCE_REFERENCES, name: string) => papersOf(FINANCE_REFERENCES, choice, name);
  return [
    ...of('project', 'discounted_cash_flow'),
    ...of('depreciation', depreciation.type),
    ...(debt ? [...of('repayment', debt.repayment), ...of('sizing', debt.sizing.type)] : []),
  ];
}

export function economicsFigures(context: ReportContext, input: ProjectInput): KeyFigure[] {
  const { text, format } = context;
  const economics = projectEconomics(input);
  const money = format.money(economics.npv);
  return [
    {
      label: text('economics.lcoe_real'),
      value: format.fixed(economics.lcoeRealPerKwh * 1000, 2),
      unit: `${format.currency}/MWh`,
    },
    { label: text('economics.npv'), value: money.of(economics.npv), unit: money.unit },
    {
      label: text('economics.irr'),
      value: economics.irr === null ? '\u2013' : format.fixed(100 * economics.irr, 1),
      unit: '%',
    },
    {
      label: text('economics.payback'),
      value: economics.simplePaybackYears === null ? '\u2013' : format.fixed(economics.simplePaybackYears, 1),
      unit: text('unit.years'),
    },
  ];
}

interface YieldCase {
  readonly name: string;
  readonly kwh: number;
}

/**
 * Returns the chapter about economics.
 * @param cases yields of year 1 with their names, P50 first [kWh]
 */
export function economicsSection(
  context: ReportContext,
  input: ProjectInput,
  cases: readonly YieldCase[],
  title: string,
): Section {
  const { text, format } = context;
  const economics = projectEconomics(input);
  return {
    title,
    blocks: [
      {
        type: 'paragraph',
        text: text('economics.intro', { years: String(economics.assumptions.years), currency: format.currency }),
      },
      keyFigures(context, input, economics),
      assumptionsTable(context, economics),
      { type: 'note', text: text('economics.defaults_note') },
      flowFigure(context, economics),
      casesTable(context, input, economics, cases),
      sensitivity(context, input),
      cashFlowTable(context, input, economics),
    ],
  };
}

type Economics = ReturnType<typeof projectEconomics>;

function keyFigures(context: ReportContext, input: ProjectInput, economics: Economics): Block {
  const { text, format } = context;
  const { assumptions: given } = economics;
  const capital = format.money(given.capitalCost);
  return {
    type: 'key_figures',
    items: [
      ...economicsFigures(context, input),
      {
        label: text('economics.lcoe_nominal'),
        value: format.fixed(economics.lcoeNominalPerKwh * 1000, 2),
        unit: `${format.currency}/MWh`,
      },
      { label: text('economics.capital_cost'), value: capital.of(given.capitalCost), unit: capital.unit },
      ...(economics.debtAmount > 0
        ? [
            {
              label: text('economics.equity_irr'),
              value: economics.equityIrr === null ? '\u2013' : format.fixed(100 * economics.equityIrr, 1),
              unit: '%',
            },
            {
              label: text('economics.min_dscr'),
              value: economics.minDscr === null ? '\u2013' : format.fixed(economics.minDscr, 2),
              unit: 'x',
            },
          ]
        : [
            {
              label: text('economics.discounted_payback'),
              value:
                economics.discountedPaybackYears === null
                  ? '\u2013'
                  : format.fixed(economics.discountedPaybackYears, 1),
              unit: text('unit.years'),
            },
            {
              label: text('economics.nominal_rate'),
              value: format.fixed(100 * economics.nominalDiscountRate, 2),
              unit: '%',
            },
          ]),
    ],
  };
}

/** Terms of a project by the rows that show them */
const TERMS = {
  'economics.price': ['price_per_kwh'],
  'economics.escalation': ['price_escalation'],
  'economics.degradation': ['degradation_per_year'],
  'economics.rates': ['real_discount_rate', 'inflation'],
  'economics.tax': ['tax_rate'],
  'economics.depreciation': ['depreciation.type'],
  'economics.tax_credit': ['investment_tax_credit'],
} as const satisfies Partial<Record<TextKey, readonly string[]>>;

/** Returns the rows whose terms all equal a default of the platform. */
function defaultTerms(input: ProjectInput): (keyof typeof TERMS)[] {
  const defaults = defaultsIn(economicTermsSchema, snakeKeys(input));
  return (Object.keys(TERMS) as (keyof typeof TERMS)[]).filter((row) => TERMS[row].every((term) => defaults.has(term)));
}

/** Returns the note of a summary that names the terms which equal a default of the platform. */
export function defaultTermsNotes({ text, format }: ReportContext, input: ProjectInput): Block[] {
  const rows = defaultTerms(input);
  if (rows.length === 0) return [];
  return [
    { type: 'note', text: text('economics.summary_defaults', { names: format.list(rows.map((row) => text(row))) }) },
  ];
}

function assumptionsTable(context: ReportContext, economics: Economics): Table {
  const { text, format } = context;
  const { assumptions: given } = economics;
  const marked = new Set<string>(defaultTerms(given).map((row) => text(row)));
  const rows: [string, string][] = [
    [text('economics.energy_year_1'), format.energy(given.annualEnergyKwh).with(given.annualEnergyKwh)],
    [text('economics.capital_cost'), format.money(given.capitalCost).with(given.capitalCost)],
    [text('economics.operating_cost'), format.money(given.operatingCostPerYear).with(given.operatingCostPerYear)],
    [text('economics.price'), format.perMwh(given.pricePerKwh)],
    [
      text('economics.escalation'),
      `${percentOf(context, given.priceEscalation)} / ${percentOf(context, given.costEscalation)}`,
    ],
    [text('economics.degradation'), format.percent(100 * given.degradationPerYear, 2)],
    [
      text('economics.rates'),
      `${format.percent(100 * given.realDiscountRate, 2)} / ${format.percent(100 * economics.nominalDiscountRate, 2)} / ${format.percent(100 * given.inflation, 2)}`,
    ],
    [text('economics.tax'), percentOf(context, given.taxRate)],
    [text('economics.depreciation'), depreciationOf(context, given.depreciation)],
    [text('economics.tax_credit'), percentOf(context, given.investmentTaxCredit)],
    [
      text('economics.debt'),
      given.debt && economics.debtAmount > 0
        ? text('economics.debt_terms', {
            amount: format.money(economics.debtAmount).with(economics.debtAmount),
            share: percentOf(context, economics.debtAmount / given.capitalCost),
            rate: format.percent(100 * given.debt.rate, 2),
            years: String(given.debt.years),
            repayment: text(given.debt.repayment === 'level' ? 'economics.level' : 'economics.sculpted'),
          })
        : text('economics.no_debt'),
    ],
  ];
  return facts(
    context,
    text('economics.assumptions'),
    rows.map(([name, value]) => [name, marked.has(name) ? `${value}\u00a0*` : value]),
  );
}

function flowFigure({ text, format }: ReportContext, { assumptions: given, cashFlows, npv }: Economics): Figure {
  return figure(
    text('economics.flow_caption', { currency: format.currency }),
    text('economics.flow_alt', { npv: format.money(npv).with(npv) }),
    cashFlowChart({
      width: FULL_WIDTH,
      height: 170,
      years: cashFlows.map(({ year }) => year),
      flows: cashFlows.map(({ projectFlow }) => format.money(given.capitalCost).value(projectFlow)),
      title: format.money(given.capitalCost).unit,
      xTitle: text('economics.year'),
      flowName: text('economics.flow'),
      sumName: text('economics.running_sum'),
      format: format.tick,
    }),
  );
}

/** Returns what the project earns with each yield. */
function casesTable(
  context: ReportContext,
  input: ProjectInput,
  economics: Economics,
  cases: readonly YieldCase[],
): Table {
  const { text, format } = context;
  const { assumptions: given } = economics;
  const hasDebt = economics.debtAmount > 0;
  const energy = format.energy(input.annualEnergyKwh);
  return {
    type: 'table',
    caption: text('economics.cases'),
    columns: [
      { title: text('economics.case') },
      { title: text('axis.energy', { unit: energy.unit }), align: 'right' },
      { title: `${text('economics.lcoe_real')} [${format.currency}/MWh]`, align: 'right' },
      { title: `${text('economics.npv')} [${format.money(economics.npv).unit}]`, align: 'right' },
      { title: text('economics.irr'), align: 'right' },
      ...(hasDebt ? [{ title: text('economics.min_dscr'), align: 'right' as const }] : []),
    ],
    rows: cases.map(({ name, kwh }) => {
      // A large uncertainty leaves no energy at a high level, and then nothing to divide costs by.
      if (!(kwh > 0)) return [name, energy.of(kwh), ...new Array<string>(hasDebt ? 4 : 3).fill('\u2013')];
      // Debt stays what the first case carries.
      const one = projectEconomics({
        ...input,
        annualEnergyKwh: kwh,
        debt: input.debt && {
          ...input.debt,
          sizing: { type: 'share', share: hasDebt ? economics.debtAmount / given.capitalCost : 0 },
        },
      });
      return [
        name,
        energy.of(kwh),
        format.fixed(one.lcoeRealPerKwh * 1000, 2),
        format.money(economics.npv).of(one.npv),
        percentOf(context, one.irr),
        ...(hasDebt ? [one.minDscr === null ? '\u2013' : format.fixed(one.minDscr, 2)] : []),
      ];
    }),
  };
}

/** Returns the tax of a year as if without debt: EBITDA less this tax, with the tax credit, is the project's flow. */
export const projectTax = ({ year, ebitda, taxCredit, projectFlow }: Economics['cashFlows'][number]): number =>
  year === 0 ? 0 : ebitda + taxCredit - projectFlow;

function cashFlowTable({ text, format }: ReportContext, input: ProjectInput, economics: Economics): Table {
  const { cashFlows } = economics;
  const largest = Math.max(...cashFlows.map(({ revenue, projectFlow }) => Math.max(revenue, Math.abs(projectFlow))));
  const money = format.money(Math.min(largest, Math.max(...cashFlows.map(({ revenue }) => revenue)) * 20));
  const hasDebt = economics.debtAmount > 0;
  const energy = format.energy(input.annualEnergyKwh);
  const rows = cashFlows.filter(({ year }) => year > 0);
  const sum = (pick: (year: (typeof rows)[number]) => number): string =>
    money.of(rows.reduce((total, year) => total + pick(year), 0));
  return {
    type: 'table',
    caption: text('economics.cash_flow_table', { unit: money.unit }),
    dense: true,
    columns: [
      { title: text('economics.year') },
      { title: `${text('economics.energy')} [${energy.unit}]`, align: 'right' },
      ...(
        [
          'revenue',
          'operating_cost_short',
          'ebitda',
          'depreciation_short',
          'tax_short',
          'flow',
          ...(hasDebt ? (['interest', 'principal', 'equity_tax', 'equity_flow'] as const) : []),
        ] as const
      ).map((name) => ({ title: text(`economics.${name}`), align: 'right' as const })),
      ...(hasDebt ? [{ title: 'DSCR', align: 'right' as const }] : []),
    ],
    rows: [
      ...cashFlows.map((year) => [
        String(year.year),
        energy.of(year.energyKwh),
        money.of(year.revenue),
        money.of(year.operatingCost),
        money.of(year.ebitda),
        money.of(year.depreciation),
        money.of(projectTax(year) - year.taxCredit),
        money.of(year.projectFlow),
        ...(hasDebt
          ? [year.interest, year.principal, year.tax - year.taxCredit, year.equityFlow].map((value) => money.of(value))
          : []),
        ...(hasDebt ? [year.dscr === null ? '' : format.fixed(year.dscr, 2)] : []),
      ]),
      [
        text('table.total'),
        energy.of(rows.reduce((total, year) => total + year.energyKwh, 0)),
        sum((year) => year.revenue),
        sum((year) => year.operatingCost),
        sum((year) => year.ebitda),
        sum((year) => year.depreciation),
        sum((year) => projectTax(year) - year.taxCredit),
        money.of(cashFlows.reduce((total, year) => total + year.projectFlow, 0)),
        ...(hasDebt
          ? [
              sum((year) => year.interest),
              sum((year) => year.principal),
              sum((year) => year.tax - year.taxCredit),
              money.of(cashFlows.reduce((total, year) => total + year.equityFlow, 0)),
              '',
            ]
          : []),
      ],
    ],
    strong: [cashFlows.length],
  };
}

function depreciationOf({ text }: ReportContext, depreciation: NonNullable<ProjectInput['depreciation']>): string {
  if (depreciation.type === 'none') return text('economics.none');
  const years = String(depreciation.years);
  if (depreciation.type === 'declining_balance') return text('economics.declining_balance', { years });
  return text(depreciation.type === 'macrs' ? 'economics.macrs' : 'economics.straight_line', { years });
}

/** Returns the NPV when one input is a tenth lower or higher. */
function sensitivity(context: ReportContext, input: ProjectInput): Block {
  const { text, format } = context;
  const base = projectEconomics(input).npv;
  const npv = (change: Partial<ProjectInput>): number => projectEconomics({ ...input, ...change }).npv;
  const { assumptions: given } = projectEconomics(input);
  const rows = (
    [
      ['sensitivity.energy', 'annualEnergyKwh', input.annualEnergyKwh],
      ['sensitivity.price', 'pricePerKwh', input.pricePerKwh],
      ['sensitivity.capital', 'capitalCost', input.capitalCost],
      ['sensitivity.operating', 'operatingCostPerYear', input.operatingCostPerYear],
      ['sensitivity.discount', 'realDiscountRate', given.realDiscountRate],
    ] as const
  ).map(([key, name, value]) => ({
    name: text(key),
    low: npv({ [name]: value * 0.9 }),
    high: npv({ [name]: value * 1.1 }),
  }));
  const money = format.money(
    Math.max(Math.abs(base), ...rows.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)])),
  );
  const spread = (row: { low: number; high: number }): number => Math.abs(row.high - row.low);
  return figure(
    text('sensitivity.caption', { unit: money.unit }),
    text('sensitivity.alt', { name: [...rows].sort((a, b) => spread(b) - spread(a))[0].name }),
    tornadoChart({
      width: FULL_WIDTH,
      base: money.value(base),
      rows: rows
        .sort((a, b) => spread(b) - spread(a))
        .map(({ name, low, high }) => ({
          name,
          low: money.value(low),
          high: money.value(high),
          lowLabel: `${format.percent(-10, 0)}: ${money.of(low)}`,
          highLabel: `+${format.percent(10, 0)}: ${money.of(high)}`,
        })),
      title: `${text('economics.npv')} [${money.unit}]`,
      format: format.tick,
    }),
  );
}
