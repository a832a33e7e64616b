/** Reads the netCDF files that windIO documents include, netCDF-4 (HDF5) and netCDF-3, in the form that windIO gives them. */
import { File } from 'jsfive';
import { type Attribute, NetCDFReader } from 'netcdfjs';
import { AppError } from '../../contracts/common/app-error.ts';
import { windError } from '../check.ts';

interface Variable {
  readonly name: string;
  readonly dims: readonly string[];
  readonly shape: readonly number[];
  readonly values: readonly unknown[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** Values of all variables together */
const MAX_VALUES = 2_000_000;

export const isNetCdf = (bytes: Uint8Array): boolean =>
  (bytes[0] === 0x89 && bytes[1] === 0x48 && bytes[2] === 0x44 && bytes[3] === 0x46) ||
  (bytes[0] === 0x43 && bytes[1] === 0x44 && bytes[2] === 0x46 && (bytes[3] === 1 || bytes[3] === 2));

/**
 * Returns the variables of a file: coordinates as lists, others as `dims` and `data`.
 * @throws AppError `wind.invalid_input` for damaged files, too many values, and units of time that are not known
 */
export function readNetCdf(bytes: Uint8Array, name: string): Record<string, unknown> {
  const buffer = new Uint8Array(bytes).buffer;
  try {
    const variables = bytes[0] === 0x43 ? variablesOfClassic(buffer) : variablesOfHdf5(buffer, name);
    return Object.fromEntries(
      variables.map((variable) => {
        const data = nested(decoded(variable, name), variable.shape);
        const isCoordinate = variable.dims.length === 1 && variable.dims[0] === variable.name;
        return [variable.name, isCoordinate ? data : { dims: variable.dims, data }];
      }),
    );
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw windError(`${name} is not readable as netCDF: ${(cause as Error).message}`, '/file');
  }
}

function requireFew(count: number): void {
  if (count > MAX_VALUES) throw windError(`a netCDF file has more than ${MAX_VALUES} values; expected fewer`, '/file');
}

function variablesOfClassic(buffer: ArrayBuffer): Variable[] {
  const reader = new NetCDFReader(buffer);
  const { dimensions, variables } = reader;
  requireFew(variables.reduce((sum, { size }) => sum + size / 4, 0));
  return variables.map((variable) => {
    const values = reader.getDataVariable(variable).flat();
    const dims = variable.dimensions.map((index) => dimensions[index].name);
    return {
      name: variable.name,
      dims,
      shape: variable.dimensions.map((index) => dimensions[index].size || values.length),
      values,
      attributes: Object.fromEntries((variable.attributes as readonly Attribute[]).map((one) => [one.name, one.value])),
    };
  });
}

function variablesOfHdf5(buffer: ArrayBuffer, name: string): Variable[] {
  const { warn } = console;
  // jsfive writes a line for each attribute that it does not know; none of them is used here.
  console.warn = () => undefined;
  try {
    const file = new File(buffer, name);
    const datasets = file.keys.map((key) => [key, file.get(key)] as const);
    requireFew(datasets.reduce((sum, [, { shape }]) => sum + shape.reduce((a, b) => a * b, 1), 0));
    const nameAt = new Map(datasets.map(([key, { _dataobjects }]) => [_dataobjects.offset, key]));
    return datasets.map(([key, dataset]) => {
      const { attrs, shape } = dataset;
      const references = attrs.DIMENSION_LIST as readonly (readonly (readonly number[])[])[] | undefined;
      const dims = references
        ? references.flat().map(([offset]) => nameAt.get(offset) ?? 'unknown')
        : shape.length === 1
          ? [key]
          : [];
      if (dims.length !== shape.length)
        throw windError(`${name}: the dimensions of ${key} are unknown; expected a file of netCDF-4`, '/file');
      return { name: key, dims, shape, values: Array.from(dataset.value), attributes: attrs };
    });
  } finally {
    console.warn = warn;
  }
}

/** Hours of the units of CF conventions: `hours since 2018-01-01` */
const HOURS: Readonly<Record<string, number>> = { second: 1 / 3600, minute: 1 / 60, hour: 1, day: 24 };

/** Returns the values with scale, offset and times in hours; NaN where the file marks a missing value. */
function decoded({ name, values, attributes }: Variable, file: string): number[] {
  const single = (attribute: string): unknown => {
    const value = attributes[attribute];
    return Array.isArray(value) || value instanceof Float64Array || value instanceof Float32Array ? value[0] : value;
  };
  const [fill, scale, offset] = ['_FillValue', 'scale_factor', 'add_offset'].map(single);
  const units = attributes.units;
  let factor = Number(scale ?? 1);
  if (name === 'time' && typeof units === 'string' && /\bsince\b/.test(units)) {
    const unit = units.trim().split(/\s+/)[0].replace(/s$/, '').toLowerCase();
    if (HOURS[unit] === undefined)
      throw windError(
        `${file}: the unit of time is '${units.slice(0, 60)}'; expected seconds, minutes, hours or days since`,
      );
    factor *= HOURS[unit];
  }
  return values.map((value) =>
    typeof value !== 'number' || value === fill ? Number.NaN : value * factor + Number(offset ?? 0),
  );
}

/** Returns a flat list as lists of lists. */
function nested(values: readonly number[], shape: readonly number[]): unknown {
  if (shape.length === 0) return values[0];
  if (shape.length === 1) return values;
  const size = values.length / shape[0];
  return Array.from({ length: shape[0] }, (_, i) => nested(values.slice(i * size, (i + 1) * size), shape.slice(1)));
}
