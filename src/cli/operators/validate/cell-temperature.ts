/** cell_temperature.json. */
import {
  faimanCellTemperature,
  noctSamCellTemperature,
  pvsystCellTemperature,
  sapmCellTemperature,
  sapmModuleTemperature,
} from '../../../solar/power/cell-temperature.ts';
import { fuentesCellTemperature } from '../../../solar/power/fuentes.ts';
import type { SectionRule } from './columns.ts';
import { compareSections } from './columns.ts';
import type { Validator } from './types.ts';

const MODELS: Readonly<Record<string, SectionRule>> = {
  sapm: {
    compute(row) {
      const thermal = { a: row.a, b: row.b, deltaTK: row.deltaT };
      return {
        temp_module: sapmModuleTemperature(row.poa_global, row.temp_air, row.wind_speed, thermal),
        temp_cell: sapmCellTemperature(row.poa_global, row.temp_air, row.wind_speed, thermal),
      };
    },
  },
  faiman: {
    compute: (row) => ({
      temp_module: faimanCellTemperature(row.poa_global, row.temp_air, row.wind_speed, row.u0, row.u1),
    }),
  },
  pvsyst: {
    compute: (row) => ({
      temp_cell: pvsystCellTemperature(
        row.poa_global,
        row.temp_air,
        row.wind_speed,
        row.u_c,
        row.u_v,
        row.module_efficiency,
        row.alpha_absorption,
      ),
    }),
  },
  noct_sam: {
    compute: (row) => ({
      temp_cell: noctSamCellTemperature(row.poa_global, row.temp_air, row.wind_speed, {
        noctC: row.noct,
        moduleEfficiency: row.module_efficiency,
        transmittanceAbsorptance: row.transmittance_absorptance,
        arrayHeightStoreys: row.array_height,
        mountStandoffInch: row.mount_standoff,
      }),
    }),
  },
  fuentes_series: {
    // The columns are named by the installed NOCT: fuentes_45, fuentes_49.
    computeSeries(rows, outputs) {
      const column = (name: string) => rows.map((row) => Number(row[name]));
      const hour = column('hour');
      const stepHours = hour.length > 1 ? hour[1] - hour[0] : 1;
      return Object.fromEntries(
        outputs
          .filter((output) => /^fuentes_\d/.test(output))
          .map((output) => {
            const installedNoctC = Number(output.slice('fuentes_'.length));
            const [poa, air, wind] = ['poa_global', 'temp_air', 'wind_speed'].map(column);
            return [output, fuentesCellTemperature(poa, air, wind, stepHours, { installedNoctC })];
          }),
      );
    },
  },
};

export const cellTemperatureValidators: Readonly<Record<string, Validator>> = {
  'cell_temperature.json': (json) => compareSections(json, MODELS),
};
