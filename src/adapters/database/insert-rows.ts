import type { EntityManager, EntitySchema, ObjectLiteral } from 'typeorm';

/** Inserts whole rows. The parameter of TypeORM's `insert` has a type that refuses a column of free JSON. */
export async function insertRows<Row extends ObjectLiteral>(
  manager: EntityManager,
  table: EntitySchema<Row>,
  rows: readonly Row[],
): Promise<void> {
  await manager.insert(table, rows as never);
}
