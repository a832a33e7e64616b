import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddSolarComponents1795520000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "solar_components" ("id" text NOT NULL, "org_id" text NOT NULL, "kind" text NOT NULL, "format" text NOT NULL, "name" text NOT NULL, "spec" jsonb NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_aeaf53e1489daaa8190bb0bc209" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "solar_components_org" ON "solar_components"  ("org_id", "kind", "id") `);
    await runner.query(
      `ALTER TABLE "solar_components" ADD CONSTRAINT "fk_organizations_solar_components" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "solar_components" DROP CONSTRAINT "fk_organizations_solar_components"`);
    await runner.query(`DROP INDEX "public"."solar_components_org"`);
    await runner.query(`DROP TABLE "solar_components"`);
  }
}
