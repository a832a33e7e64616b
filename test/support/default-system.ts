/** A system of 100 kW with the defaults of the API, which are PVWatts': a rack that faces south at 20 degrees. */
import { solarSystemSchema } from '../../src/contracts/solar/system.schema.ts';
import { NO_COMPONENTS, resolveSystem, toSolarSystem } from '../../src/services/solar/system.ts';

export const DEFAULT_SYSTEM = toSolarSystem(
  resolveSystem(solarSystemSchema.parse({ dc_capacity_kw: 100 }), NO_COMPONENTS, ''),
);
