/** Economics of requests and results: as each technology had them, and in the one form that they have now. */
import type { Json } from './rewrite.ts';

const COSTS = {
  capital_cost_per_kw: 'per_kw',
  cable_cost_per_m: 'cable_per_m',
  operating_cost_per_kw_year: 'operation_per_kw_year',
};

/** Defaults of solar searches that were not written out. */
const TERMS = {
  variable_cost_per_kwh: 0,
  years: 25,
  degradation_per_year: 0.005,
  price_escalation: 0,
  inflation: 0.025,
  real_discount_rate: 0.05,
  tax_rate: 0.21,
  depreciation: { type: 'macrs', years: 5 },
  investment_tax_credit: 0,
  debt: null,
};

/** Economics of wind requests and reports, in place. */
export function plantEconomicsUp(economics: Json): void {
  const costs: Json = {};
  for (const [before, now] of Object.entries(COSTS)) {
    costs[now] = economics[before];
    delete economics[before];
  }
  const debt = economics.debt as Json | undefined;
  if (debt) {
    debt.sizing = { type: 'share', share: debt.share };
    delete debt.share;
  }
  Object.assign(economics, {
    costs,
    variable_cost_per_kwh: 0,
    depreciation: { type: 'macrs', years: 5 },
    debt: debt ?? null,
  });
}

export function plantEconomicsDown(economics: Json): void {
  const { costs, debt, depreciation, variable_cost_per_kwh: variable, cost_escalation: escalation } = economics;
  const { type, years } = depreciation as Json;
  const sizing = (debt as Json | null)?.sizing as Json | undefined;
  if (
    variable !== 0 ||
    escalation !== undefined ||
    type !== 'macrs' ||
    years !== 5 ||
    (sizing && sizing.type !== 'share')
  )
    throw new Error(
      'economics by rated power have a variable cost, a cost escalation, a depreciation or a debt by DSCR, which the version before cannot keep',
    );
  for (const name of ['costs', 'depreciation', 'variable_cost_per_kwh']) delete economics[name];
  for (const [before, now] of Object.entries(COSTS)) economics[before] = (costs as Json)[now];
  if (!debt) delete economics.debt;
  else {
    (debt as Json).share = sizing?.share;
    delete (debt as Json).sizing;
  }
}

/** A solar search's request: cost items move into the economics, defaults are written out. */
export function solarEconomicsUp(input: Json): void {
  const { costs, module_costs_per_kw_dc, inverter_costs_per_kw_ac } = input;
  for (const name of ['costs', 'module_costs_per_kw_dc', 'inverter_costs_per_kw_ac']) delete input[name];
  input.economics = {
    costs: {
      ...(costs as Json),
      modules_per_kw_dc: module_costs_per_kw_dc,
      inverters_per_kw_ac: inverter_costs_per_kw_ac,
    },
    ...structuredClone(TERMS),
    ...(input.economics as Json),
  };
}

/** Its defaults stay written out. */
export function solarEconomicsDown(input: Json): void {
  const economics = input.economics as Json;
  if ((economics.depreciation as Json).type === 'declining_balance')
    throw new Error('a solar search has a declining balance, which the version before cannot keep');
  const { modules_per_kw_dc, inverters_per_kw_ac, ...costs } = economics.costs as Json;
  delete economics.costs;
  Object.assign(input, {
    costs,
    module_costs_per_kw_dc: modules_per_kw_dc,
    inverter_costs_per_kw_ac: inverters_per_kw_ac,
  });
}

/** Results of wind jobs lacked some figures that follow from the others. */
export function windResultUp(economics: Json, terms: Json): void {
  const { capital_cost: capitalCost, debt_amount: debt, irr, cash_flows: flows } = economics;
  Object.assign(economics, {
    irr_roots: irr === null ? [] : [irr],
    nominal_discount_rate: (1 + Number(terms.real_discount_rate)) * (1 + Number(terms.inflation)) - 1,
  });
  const debtYears = Number((terms.debt as Json | null)?.years ?? 0);
  let balance = Number(debt);
  let losses = 0;
  for (const flow of flows as Json[]) {
    const year = Number(flow.year);
    balance = year === 0 ? balance : year < debtYears ? balance - Number(flow.principal) : 0;
    const income = Number(flow.ebitda) - Number(flow.depreciation) - Number(flow.interest) - losses;
    losses = Math.max(0, -income);
    Object.assign(flow, {
      debt_balance: balance,
      tax_credit: year === 1 ? Number(terms.investment_tax_credit) * Number(capitalCost) : 0,
      taxable_income: Math.max(0, income),
    });
  }
}

export function windResultDown(economics: Json): void {
  delete economics.irr_roots;
  delete economics.nominal_discount_rate;
  for (const flow of economics.cash_flows as Json[])
    for (const name of ['debt_balance', 'tax_credit', 'taxable_income']) delete flow[name];
}

/** Designs of solar searches kept the capital cost and the cash flows beside the economics. */
export function designUp(design: Json): void {
  const { capital_cost, cash_flows, ...others } = design;
  const economics = { capital_cost, ...(others.economics as Json), ...(cash_flows ? { cash_flows } : {}) };
  for (const name of ['capital_cost', 'cash_flows']) delete design[name];
  design.economics = economics;
}

export function designDown(design: Json): void {
  const { capital_cost, cash_flows, ...economics } = design.economics as Json;
  Object.assign(design, { economics, capital_cost }, cash_flows ? { cash_flows } : {});
}

export const assumptionsUp = (assumptions: Json): void => {
  assumptions.economics = { costs: assumptions.costs, ...(assumptions.economics as Json) };
  delete assumptions.costs;
};

export const assumptionsDown = (assumptions: Json): void => {
  const { costs, ...economics } = assumptions.economics as Json;
  Object.assign(assumptions, { costs, economics });
};
