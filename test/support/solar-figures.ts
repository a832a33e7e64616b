/** The figures of a simulated year under the names of a result. */
import type { SolarFigures } from '../../src/solar/plausibility.ts';
import type { SolarSystem } from '../../src/solar/system.ts';
import { prepareSite, simulateYear } from '../../src/solar/year/simulate.ts';
import type { WeatherYear } from '../../src/weather/series.ts';
import { DEFAULT_PREPARATION } from './default-system.ts';

export function figuresOf(system: SolarSystem, year: WeatherYear): SolarFigures {
  const computed = simulateYear(prepareSite(year, DEFAULT_PREPARATION), system);
  const hours = year.timeMs.length * (year.stepMinutes / 60);
  return {
    annual_energy_kwh: computed.acAnnualKwh,
    annual_dc_energy_kwh: computed.dcAnnualKwh,
    performance_ratio: computed.performanceRatio,
    capacity_factor_dc_pct: (100 * computed.acAnnualKwh) / (system.dcCapacityKw * hours),
    waterfall: {
      steps: computed.waterfall.steps.map(({ name, changeKwh, leftKwh }) => ({
        name,
        change_kwh: changeKwh,
        remaining_kwh: leftKwh,
      })),
    },
  };
}
