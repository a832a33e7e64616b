import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddWindLibrary1795510600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "wind_turbines" ("id" text NOT NULL, "org_id" text NOT NULL, "name" text NOT NULL, "curve" jsonb NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_731bc7f8d4c54206a0c318fe2e7" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "wind_turbines_org" ON "wind_turbines"  ("org_id", "id") `);
    await runner.query(
      `CREATE TABLE "wind_resources" ("id" text NOT NULL, "org_id" text NOT NULL, "name" text NOT NULL, "format" text NOT NULL, "sha256" text NOT NULL, "summary" jsonb NOT NULL, "options" jsonb NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_1e8373f39bb77b3e945f19cfc03" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "wind_resources_org" ON "wind_resources"  ("org_id", "id") `);
    await runner.query(
      `CREATE TABLE "wind_resource_files" ("resource_id" text NOT NULL, "data" bytea NOT NULL, CONSTRAINT "PK_b335736222fdf4ecd2a5a93123b" PRIMARY KEY ("resource_id"))`,
    );
    await runner.query(
      `ALTER TABLE "wind_turbines" ADD CONSTRAINT "fk_organizations_wind_turbines" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "wind_resources" ADD CONSTRAINT "fk_organizations_wind_resources" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "wind_resource_files" ADD CONSTRAINT "fk_wind_resources_wind_resource_files" FOREIGN KEY ("resource_id") REFERENCES "wind_resources"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "wind_resource_files" DROP CONSTRAINT "fk_wind_resources_wind_resource_files"`);
    await runner.query(`ALTER TABLE "wind_resources" DROP CONSTRAINT "fk_organizations_wind_resources"`);
    await runner.query(`ALTER TABLE "wind_turbines" DROP CONSTRAINT "fk_organizations_wind_turbines"`);
    await runner.query(`DROP TABLE "wind_resource_files"`);
    await runner.query(`DROP INDEX "public"."wind_resources_org"`);
    await runner.query(`DROP TABLE "wind_resources"`);
    await runner.query(`DROP INDEX "public"."wind_turbines_org"`);
    await runner.query(`DROP TABLE "wind_turbines"`);
  }
}
