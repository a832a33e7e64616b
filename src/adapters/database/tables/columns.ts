/** Types of columns, and references between tables. */
import type { EntitySchemaColumnOptions } from 'typeorm';

export const text: EntitySchemaColumnOptions = { type: 'text' };
export const id: EntitySchemaColumnOptions = { type: 'text', primary: true };
export const integer: EntitySchemaColumnOptions = { type: 'integer' };
export const double: EntitySchemaColumnOptions = { type: 'double precision' };
export const bytes: EntitySchemaColumnOptions = { type: 'bytea' };
export const json: EntitySchemaColumnOptions = { type: 'jsonb' };
export const instant: EntitySchemaColumnOptions = { type: 'timestamptz' };
export const now: EntitySchemaColumnOptions = { type: 'timestamptz', default: () => 'now()' };
export const flag = (value: boolean): EntitySchemaColumnOptions => ({ type: 'boolean', default: value });
/** A list of warnings */
export const noWarnings: EntitySchemaColumnOptions = { ...json, default: () => `'[]'` };
/** Returns the column with NULL allowed. */
export const optional = (column: EntitySchemaColumnOptions): EntitySchemaColumnOptions => ({
  ...column,
  nullable: true,
});
/** Returns a column that refers to the `id` of another table. */
export const to = (
  table: string,
  column: string,
  onDelete: 'CASCADE' | 'SET NULL' | 'RESTRICT' = 'CASCADE',
): EntitySchemaColumnOptions => ({
  type: 'text',
  foreignKey: { target: table, inverseSide: 'id', onDelete, name: `fk_${table}_${column}` },
});
