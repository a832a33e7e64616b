import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Also indexes what the objectives of jobs and webhooks count. */
export class AddSloMinutes1795980000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE "slo_minutes" ("minute" TIMESTAMP WITH TIME ZONE NOT NULL, "process" text NOT NULL,
      "n_requests" integer NOT NULL, "n_bad" integer NOT NULL, "n_timed" integer NOT NULL, "n_slow" integer NOT NULL,
      "n_very_slow" integer NOT NULL, CONSTRAINT "PK_slo_minutes" PRIMARY KEY ("minute", "process"))`);
    await runner.query(`CREATE INDEX "jobs_created" ON "jobs" ("created_at")`);
    await runner.query(`CREATE INDEX "jobs_ended" ON "jobs" ("ended_at")`);
    await runner.query(`CREATE INDEX "webhook_deliveries_created" ON "webhook_deliveries" ("created_at")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "webhook_deliveries_created"`);
    await runner.query(`DROP INDEX "jobs_ended"`);
    await runner.query(`DROP INDEX "jobs_created"`);
    await runner.query(`DROP TABLE "slo_minutes"`);
  }
}
