import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organizations can be deleted, with a report of what went. */
export class AddDeletions1795991000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "deletions" ("id" text NOT NULL, "org_id" text NOT NULL, "stripe_customer_id" text, "deleted" jsonb NOT NULL DEFAULT '{}', "retained" jsonb NOT NULL DEFAULT '[]', "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "ended_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_deletions" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "deletions_org" ON "deletions" ("org_id")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "deletions"');
  }
}
