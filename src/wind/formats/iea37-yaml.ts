/** Layouts in the form of IEA Wind Task 37's own files (iea37-ex16.yaml), which its iea37-aepcalc.py reads and checks. */
import { stringify } from 'yaml';
import { EnergyModel, total } from '../energy/energy.ts';
import { iea37Input } from './iea37.ts';

const KWH_PER_MWH = 1e3;

/**
 * Returns a layout as YAML of the case study.
 * @param xM, @param yM places of the turbines [m]
 */
export function iea37Yaml(xM: readonly number[], yM: readonly number[]): string {
  const { netByDirection } = new EnergyModel(iea37Input(xM, yM)).energies();
  return stringify({
    input_format_version: 0,
    title: `IEA Wind Task 37 Combined Case Study ${xM.length} Turbine Farm`,
    description: `layout of ${xM.length} turbines for IEA Task 37 Combined Case Study 1`,
    definitions: {
      wind_plant: {
        type: 'object',
        description: 'specific plant design including turbine selection and placement',
        properties: {
          layout: { type: 'array', items: [{ $ref: '#/definitions/position' }, { $ref: 'iea37-335mw.yaml' }] },
        },
      },
      position: {
        type: 'array',
        items: { xc: xM, yc: yM },
        additionalItems: false,
        description: 'x- and y-coordinates of the turbines',
        units: 'm',
      },
      plant_energy: {
        type: 'object',
        description: 'energy production from simplified Bastankhah Gaussian wake model',
        properties: {
          wake_model_selection: {
            type: 'algorithm',
            description: 'wake model used to calculate AEP',
            items: [{ $ref: 'iea37-aepcalc.py' }],
          },
          wind_resource_selection: {
            type: 'object',
            description: 'specific wind resource used to calculate AEP',
            properties: { type: 'array', items: [{ $ref: 'iea37-windrose.yaml' }] },
          },
          annual_energy_production: {
            type: 'number',
            description: 'binned and total (default) annual energy production',
            binned: Array.from(netByDirection, (kwh) => kwh / KWH_PER_MWH),
            default: total(netByDirection) / KWH_PER_MWH,
            units: 'MWh',
          },
        },
      },
    },
  });
}
