/** Warnings about economics, the same for every technology. */
import { type Warn, type WarningCodes, warner } from './warnings.ts';

export const FINANCE_WARNINGS = {
  'finance.value_unusual': {
    severity: 'caution',
    title: { en: 'A value of the economics is unusual', de: 'Ein Wert der Wirtschaftlichkeit ist ungewöhnlich' },
    message: {
      en: '{name} is {value}; usual values are {lower} to {upper}.',
      de: '{name} ist {value}; üblich sind {lower} bis {upper}.',
    },
  },
  'finance.value_implausible': {
    severity: 'severe',
    title: {
      en: 'A value of the economics is hardly possible',
      de: 'Ein Wert der Wirtschaftlichkeit ist kaum möglich',
    },
    message: {
      en: '{name} is {value}; usual values are {lower} to {upper}. Rates are fractions of 1, and money is in whole units of the currency.',
      de: '{name} ist {value}; üblich sind {lower} bis {upper}. Raten sind Bruchteile von 1, Geld in ganzen Einheiten der Währung.',
    },
  },
  'finance.price_and_cost': {
    severity: 'severe',
    title: { en: 'Price and cost do not belong together', de: 'Preis und Kosten passen nicht zusammen' },
    message: {
      en: 'The price is {price_per_kwh} per kWh, the real levelised cost {lcoe_real_per_kwh} per kWh. A price or cost in another unit is a likely cause.',
      de: 'Der Preis ist {price_per_kwh} je kWh, die realen Gestehungskosten sind {lcoe_real_per_kwh} je kWh. Wahrscheinlich ist ein Preis oder ein Kostenwert in einer anderen Einheit angegeben.',
    },
  },
  'finance.lcoe_range': {
    severity: 'caution',
    title: { en: 'The levelised cost of energy is unusual', de: 'Die Stromgestehungskosten sind ungewöhnlich' },
    message: {
      en: 'The real levelised cost of energy is {lcoe_real_per_kwh} per kWh; in USD, EUR and similar currencies 0.005 to 1 are usual.',
      de: 'Die realen Stromgestehungskosten sind {lcoe_real_per_kwh} je kWh; in USD, EUR und ähnlichen Währungen sind 0,005 bis 1 üblich.',
    },
  },
  'finance.debt_not_covered': {
    severity: 'severe',
    title: { en: 'The plant cannot pay its debt', de: 'Die Anlage kann ihre Schulden nicht bedienen' },
    message: {
      en: 'The debt service coverage falls to {min_dscr}; below 1 the income does not pay interest and principal. The loan is a share of {debt_share} of the capital cost.',
      de: 'Der Schuldendienstdeckungsgrad fällt auf {min_dscr}; unter 1 reichen die Einnahmen nicht für Zins und Tilgung. Der Kredit deckt einen Anteil von {debt_share} der Investition.',
    },
  },
} as const satisfies WarningCodes;

export type FinanceWarningCode = keyof typeof FINANCE_WARNINGS;
export const warnFinance: Warn<typeof FINANCE_WARNINGS> = warner(FINANCE_WARNINGS);
