import { AppError } from '../../contracts/common/app-error.ts';
import type { ToGlobe } from './file-projection.ts';

/** A feature as a file has it, in degrees. */
export interface FileFeature {
  readonly geometry: FileGeometry | null;
  readonly properties?: Readonly<Record<string, unknown>> | null;
}
export interface FileGeometry {
  readonly type: string;
  readonly coordinates?: unknown;
  readonly geometries?: readonly FileGeometry[];
}

export const areaError = (message: string, fix?: string): AppError =>
  new AppError('request.invalid', message, { pointer: '/file', fix });

/** Returns a geometry with its coordinates in degrees. */
export function inDegrees(geometry: FileGeometry, toGlobe: ToGlobe): FileGeometry {
  const turn = (value: unknown): unknown =>
    Array.isArray(value)
      ? typeof value[0] === 'number'
        ? [...toGlobe(value[0], Number(value[1]))]
        : value.map(turn)
      : value;
  return {
    ...geometry,
    ...(geometry.geometries && { geometries: geometry.geometries.map((one) => inDegrees(one, toGlobe)) }),
    ...(geometry.coordinates !== undefined && { coordinates: turn(geometry.coordinates) }),
  };
}
