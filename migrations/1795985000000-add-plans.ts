import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Plans as rows, in place of names without a meaning. An organization with a name that no plan has becomes `free`. */
export class AddPlans1795985000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "plans" ("id" text NOT NULL, "name" text NOT NULL, "n_requests_per_minute" integer, "n_burst_requests" integer, "n_organization_requests_per_minute" integer, "n_open_jobs" integer, "monthly_compute_s" integer, "n_retention_days" integer, "fairness_weight" integer NOT NULL, "features" text array NOT NULL, CONSTRAINT "PK_plans" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `INSERT INTO "plans" ("id", "name", "n_requests_per_minute", "n_burst_requests", "n_organization_requests_per_minute", "n_open_jobs", "monthly_compute_s", "n_retention_days", "fairness_weight", "features") VALUES
        ('free', 'Free', NULL, NULL, NULL, 1000, 36000, NULL, 1, '{optimization,reporting,webhooks}'),
        ('starter', 'Starter', NULL, NULL, NULL, 2000, 360000, NULL, 2, '{optimization,reporting,webhooks}'),
        ('pro', 'Pro', 3000, 150, 15000, 5000, 3600000, NULL, 5, '{optimization,reporting,webhooks}'),
        ('enterprise', 'Enterprise', 10000, 500, 50000, NULL, NULL, NULL, 20, '{optimization,reporting,webhooks}')`,
    );
    await runner.query(`UPDATE "organizations" SET "plan" = 'free' WHERE "plan" NOT IN (SELECT "id" FROM "plans")`);
    await runner.query(
      `ALTER TABLE "organizations" ADD CONSTRAINT "fk_plans_organizations" FOREIGN KEY ("plan") REFERENCES "plans"("id") ON DELETE RESTRICT ON UPDATE NO ACTION`,
    );
    await runner.query(`CREATE INDEX "jobs_org_open" ON "jobs" ("org_id") WHERE status IN ('queued', 'running')`);
    await runner.query(`CREATE INDEX "jobs_org_created" ON "jobs" ("org_id", "created_at")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "jobs_org_created"`);
    await runner.query(`DROP INDEX "jobs_org_open"`);
    await runner.query(`ALTER TABLE "organizations" DROP CONSTRAINT "fk_plans_organizations"`);
    await runner.query(`DROP TABLE "plans"`);
  }
}
