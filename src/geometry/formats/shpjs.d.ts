declare module 'shpjs' {
  interface ShapeGeometry {
    readonly type: string;
    readonly coordinates?: unknown;
  }
  /** Returns the shapes in the coordinates of the file. */
  export function parseShp(shp: Uint8Array): (ShapeGeometry | null)[];
  export function parseDbf(dbf: DataView, encoding?: string): Record<string, unknown>[];
}
