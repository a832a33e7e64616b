/** Modules, inverters and horizons in answers. */
import { z } from 'zod';
import { idOf, instant, pageOf } from '../common/fields.schema.ts';
import {
  cecParametersSchema,
  deratingSchema,
  iamSchema,
  pvsystParametersSchema,
  sandiaParametersSchema,
} from './system.schema.ts';
import { warningsOf } from '../common/warnings.schema.ts';
import { SOLAR_WARNINGS } from './warnings.ts';

const volts = (description: string) => z.number().describe(`${description} [V]`);
const watts = (description: string) => z.number().describe(`${description} [W]`);
const common = {
  id: z.string().describe('Id or name, as `module` and `inverter` of a system accept it'),
  name: z.string(),
  is_custom: z.boolean().describe('Whether your organization uploaded it; false: it is bundled'),
  power_w: watts('Module: power under standard test conditions. Inverter: AC rating'),
};

const moduleSchema = z
  .strictObject({
    ...common,
    model: z.enum(['cec', 'pvsyst']).describe('Single-diode model of the parameters'),
    technology: z.string().describe('Cell technology: Mono-c-Si, Multi-c-Si, Thin Film, CdTe, CIGS, ...'),
    area_m2: z.number().nullable().describe('Area [m2]; null if it is not known'),
    efficiency: z
      .number()
      .nullable()
      .describe('Power under standard test conditions divided by area and 1000 W/m2 [1]'),
    v_oc_v: volts('Open-circuit voltage'),
    v_mp_v: volts('Voltage at maximum power'),
    gamma_per_k: z.number().describe('Temperature coefficient of the maximum power [1/K]'),
    bifaciality: z
      .number()
      .nullable()
      .describe('Bifaciality: rear power divided by front power [1]; null if it is not known'),
    is_bifacial: z.boolean(),
    iam: iamSchema.optional().describe('Incidence angle modifier; absent if the file states none'),
    lid_pct: z.number().optional().describe('Light-induced degradation [%]; absent if the file states none'),
  })
  .meta({ id: 'Module' });

const inverterSchema = z
  .strictObject({
    ...common,
    model: z.enum(['sandia', 'curve']),
    efficiency: z.number().describe('AC rating divided by the DC power at that rating [1]'),
    rated_dc_v: volts('DC voltage at the rating').nullable(),
    mpp_min_v: volts('Minimum voltage of maximum power point tracking').nullable(),
    mpp_max_v: volts('Maximum voltage of maximum power point tracking').nullable(),
    max_dc_v: volts('Maximum DC voltage').nullable(),
  })
  .meta({ id: 'Inverter' });

const librarySourceSchema = z
  .strictObject({ name: z.string(), origin: z.string(), licence: z.string() })
  .meta({ id: 'LibrarySource', description: 'Source of bundled components' });
const componentPageOf = <Item extends z.ZodType>(item: Item, id: string) =>
  z
    .strictObject({
      data: z.array(item),
      n_total: z.int().describe('Number of components on all pages'),
      next_cursor: z.string().nullable().describe('Cursor of the next page; null on the last page'),
      source: librarySourceSchema,
    })
    .meta({ id });
export const modulePageSchema = componentPageOf(moduleSchema, 'ModulePage');
export const inverterPageSchema = componentPageOf(inverterSchema, 'InverterPage');

export const ivCurveSchema = z
  .strictObject({
    irradiance_w_m2: z.number().describe('Effective irradiance: what reaches the cells [W/m2]'),
    temp_cell_c: z.number().describe('Temperature of the cells [degC]'),
    i_sc_a: z.number().describe('Short-circuit current [A]'),
    v_oc_v: volts('Open-circuit voltage'),
    i_mp_a: z.number().describe('Current at maximum power [A]'),
    v_mp_v: volts('Voltage at maximum power'),
    p_mp_w: watts('Maximum power'),
    points: z
      .array(
        z.strictObject({
          voltage_v: volts('Voltage of the module'),
          current_a: z.number().describe('Current of the module [A]'),
        }),
      )
      .describe('Voltages from short circuit to open circuit, closest to each other near the knee'),
  })
  .meta({ id: 'IvCurve' });

export const moduleDetailSchema = z
  .strictObject({
    ...moduleSchema.shape,
    parameters: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('cec'), module: cecParametersSchema }),
        z.strictObject({ type: z.literal('pvsyst'), module: pvsystParametersSchema }),
      ])
      .meta({ id: 'ModuleParameters' }),
  })
  .meta({ id: 'ModuleDetail', description: 'A module and the parameters of its model' });
export const inverterDetailSchema = z
  .strictObject({
    ...inverterSchema.shape,
    parameters: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('sandia'), inverter: sandiaParametersSchema }),
        z.strictObject({
          type: z.literal('curve'),
          ac_rating_kw: z.number().describe('AC rating of one inverter [kW]'),
          dc_kw: z.array(z.number()).describe('DC power, rising [kW]'),
          ac_kw: z.array(z.number()).describe('AC power at each DC power [kW]'),
          night_w: watts('Power consumption at night').optional(),
          derating: deratingSchema.optional(),
        }),
      ])
      .meta({ id: 'InverterParameters' }),
  })
  .meta({ id: 'InverterDetail', description: 'An inverter and the parameters of its model' });

const stored = {
  id: idOf('component', 'Id'),
  format: z.string().describe('Format of the file: pan, ond, cec, csv or pvgis'),
  name: z.string(),
  warnings: warningsOf(SOLAR_WARNINGS, 'SolarWarning'),
  created_at: instant('Uploaded'),
};
const kind = z.enum(['module', 'inverter', 'horizon']);
export const uploadedComponentsSchema = z
  .strictObject({
    data: z.array(z.strictObject({ ...stored, kind }).meta({ id: 'StoredComponent' })),
    notes: z.array(z.string()).describe('Decisions that the reader made where the file was ambiguous'),
  })
  .meta({ id: 'UploadedComponents' });
export const horizonPageSchema = pageOf(
  z
    .strictObject({
      ...stored,
      kind: z.literal('horizon'),
      azimuth_deg: z.array(z.number()).describe('Azimuths, clockwise from north, in rising order [deg]'),
      elevation_deg: z.array(z.number()).describe('Elevation of the horizon at each azimuth [deg]'),
    })
    .meta({ id: 'Horizon' }),
  'HorizonPage',
);
