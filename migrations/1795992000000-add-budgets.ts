import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organizations are told when they have used what they want to use in a month. */
export class AddBudgets1795992000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "budgets" ("id" text NOT NULL, "org_id" text NOT NULL, "metric" text NOT NULL, "monthly_amount" double precision NOT NULL, "alert_pcts" integer array NOT NULL, "is_hard_stop" boolean NOT NULL DEFAULT false, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_budgets" PRIMARY KEY ("id"), CONSTRAINT "fk_organizations_budgets" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION)`,
    );
    await runner.query(`CREATE INDEX "budgets_org" ON "budgets" ("org_id", "id")`);
    await runner.query(
      `CREATE TABLE "budget_alerts" ("budget_id" text NOT NULL, "month" TIMESTAMP WITH TIME ZONE NOT NULL, "pct" integer NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_budget_alerts" PRIMARY KEY ("budget_id", "month", "pct"), CONSTRAINT "fk_budgets_budget_alerts" FOREIGN KEY ("budget_id") REFERENCES "budgets"("id") ON DELETE CASCADE ON UPDATE NO ACTION)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['budget_alerts', 'budgets']) await runner.query(`DROP TABLE "${table}"`);
  }
}
