/** Modules, inverters and horizons as they are answered. */
import { z } from 'zod';
import { idOf, instant, pageOf } from '../common/fields.schema.ts';
import { cecParametersSchema, pvsystParametersSchema, sandiaParametersSchema } from './system.schema.ts';

const volts = (description: string) => z.number().describe(`${description} [V]`);
const watts = (description: string) => z.number().describe(`${description} [W]`);
const common = {
  id: z.string().describe('What `module` or `inverter` of a system takes'),
  name: z.string(),
  own: z.boolean().describe('Uploaded by this organization; else bundled'),
  power_w: watts('Module: under standard conditions. Inverter: AC rating'),
};

export const moduleSchema = z
  .strictObject({
    ...common,
    model: z.enum(['cec', 'pvsyst']).describe('Single-diode model of its parameters'),
    technology: z.string().describe('Mono-c-Si, Multi-c-Si, Thin Film, CdTe, CIGS, ...'),
    area_m2: z.number().nullable().describe('[m2]; null where it is not known'),
    efficiency: z.number().nullable().describe('Power over area times 1000 W/m2 [1]'),
    v_oc_v: volts('Open circuit'),
    v_mp_v: volts('At maximum power'),
    gamma_per_k: z.number().describe('Temperature coefficient of the maximum power [1/K]'),
    bifaciality: z.number().nullable().describe('Power of the back over that of the front [1]; null where not known'),
    is_bifacial: z.boolean(),
  })
  .meta({ id: 'Module' });

export const inverterSchema = z
  .strictObject({
    ...common,
    model: z.enum(['sandia', 'curve']),
    efficiency: z.number().describe('AC rating over DC power at the rating [1]'),
    rated_dc_v: volts('DC voltage of the rating').nullable(),
    mpp_min_v: volts('Least of maximum power tracking').nullable(),
    mpp_max_v: volts('Most of maximum power tracking').nullable(),
    max_dc_v: volts('Largest input').nullable(),
  })
  .meta({ id: 'Inverter' });

const librarySourceSchema = z
  .strictObject({ name: z.string(), origin: z.string(), licence: z.string() })
  .meta({ id: 'LibrarySource', description: 'Where the bundled components come from' });
const found = <Item extends z.ZodType>(item: Item, id: string) =>
  z
    .strictObject({
      data: z.array(item),
      total: z.int().describe('Found on all pages'),
      next_cursor: z.string().nullable().describe('`cursor` of the next page; null on the last'),
      source: librarySourceSchema,
    })
    .meta({ id });
export const modulePageSchema = found(moduleSchema, 'ModulePage');
export const inverterPageSchema = found(inverterSchema, 'InverterPage');

export const ivCurveSchema = z
  .strictObject({
    irradiance_w_m2: z.number().describe('That reaches the cells [W/m2]'),
    cell_temperature_c: z.number().describe('[degC]'),
    i_sc_a: z.number().describe('Short circuit [A]'),
    v_oc_v: volts('Open circuit'),
    i_mp_a: z.number().describe('At maximum power [A]'),
    v_mp_v: volts('At maximum power'),
    p_mp_w: watts('Maximum power'),
    points: z
      .array(z.strictObject({ voltage_v: volts('Of the module'), current_a: z.number().describe('[A]') }))
      .describe('From short circuit to open circuit, closest about the knee'),
  })
  .meta({ id: 'IvCurve' });

export const moduleDetailSchema = z
  .strictObject({
    ...moduleSchema.shape,
    parameters: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('cec'), module: cecParametersSchema }),
      z.strictObject({ type: z.literal('pvsyst'), module: pvsystParametersSchema }),
    ]),
  })
  .meta({ id: 'ModuleDetail', description: 'A module with the parameters of its model' });
export const inverterDetailSchema = z
  .strictObject({
    ...inverterSchema.shape,
    parameters: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('sandia'), inverter: sandiaParametersSchema }),
      z.strictObject({
        type: z.literal('curve'),
        ac_rating_kw: z.number().describe('[kW]'),
        dc_kw: z.array(z.number()).describe('[kW]'),
        ac_kw: z.array(z.number()).describe('[kW]'),
        night_w: watts('Drawn at night').optional(),
      }),
    ]),
  })
  .meta({ id: 'InverterDetail', description: 'An inverter with the parameters of its model' });

const stored = {
  id: idOf('component', 'Id'),
  format: z.string().describe('pan, ond, cec, csv or pvgis'),
  name: z.string(),
  created_at: instant('Uploaded'),
};
const kind = z.enum(['module', 'inverter', 'horizon']);
export const uploadedComponentsSchema = z
  .strictObject({
    data: z.array(z.strictObject({ ...stored, kind }).meta({ id: 'StoredComponent' })),
    notes: z.array(z.string()).describe('What the reader had to decide'),
  })
  .meta({ id: 'UploadedComponents' });
export const horizonPageSchema = pageOf(
  z
    .strictObject({
      ...stored,
      kind: z.literal('horizon'),
      azimuth_deg: z.array(z.number()).describe('Clockwise from north, rising [deg]'),
      elevation_deg: z.array(z.number()).describe('[deg]'),
    })
    .meta({ id: 'Horizon' }),
  'HorizonPage',
);
