import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One table for the libraries of all technologies, in place of that of solar components. */
export class ShareTheLibrary1795976000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "solar_components" RENAME TO "library_items"`);
    await runner.query(
      `ALTER TABLE "library_items" RENAME CONSTRAINT "fk_organizations_solar_components" TO "fk_organizations_library_items"`,
    );
    await runner.query(`ALTER TABLE "library_items" ADD "technology" text`);
    await runner.query(`UPDATE "library_items" SET "technology" = 'solar'`);
    await runner.query(`ALTER TABLE "library_items" ALTER COLUMN "technology" SET NOT NULL`);
    await runner.query(`DROP INDEX "public"."solar_components_org"`);
    await runner.query(`CREATE INDEX "library_items_org" ON "library_items"  ("org_id", "technology", "kind", "id") `);
  }

  async down(runner: QueryRunner): Promise<void> {
    // The version before knows the library of solar only.
    await runner.query(`DELETE FROM "library_items" WHERE "technology" <> 'solar'`);
    await runner.query(`DROP INDEX "public"."library_items_org"`);
    await runner.query(`ALTER TABLE "library_items" DROP COLUMN "technology"`);
    await runner.query(
      `ALTER TABLE "library_items" RENAME CONSTRAINT "fk_organizations_library_items" TO "fk_organizations_solar_components"`,
    );
    await runner.query(`ALTER TABLE "library_items" RENAME TO "solar_components"`);
    await runner.query(`CREATE INDEX "solar_components_org" ON "solar_components"  ("org_id", "kind", "id") `);
  }
}
