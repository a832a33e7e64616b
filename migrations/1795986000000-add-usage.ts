import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Usage is metered from this release on. */
export class AddUsage1795986000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "usage_records" ("id" BIGSERIAL NOT NULL, "at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "org_id" text NOT NULL, "metric" text NOT NULL, "kind" text NOT NULL, "caller" text NOT NULL, "amount" double precision NOT NULL, CONSTRAINT "PK_usage_records" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "usage_records_org" ON "usage_records" ("org_id", "at")`);
    await runner.query(`CREATE INDEX "usage_records_at" ON "usage_records" ("at")`);
    await runner.query(
      `CREATE TABLE "usage_hours" ("org_id" text NOT NULL, "hour" TIMESTAMP WITH TIME ZONE NOT NULL, "metric" text NOT NULL, "kind" text NOT NULL, "caller" text NOT NULL, "amount" double precision NOT NULL, CONSTRAINT "PK_usage_hours" PRIMARY KEY ("org_id", "hour", "metric", "kind", "caller"))`,
    );
    await runner.query(
      `CREATE TABLE "usage_batches" ("process" text NOT NULL, "sequence" integer NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_usage_batches" PRIMARY KEY ("process", "sequence"))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['usage_batches', 'usage_hours', 'usage_records']) await runner.query(`DROP TABLE "${table}"`);
  }
}
