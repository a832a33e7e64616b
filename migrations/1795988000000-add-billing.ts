import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Customers at Stripe, its events, and the usage that it is sent. */
export class AddBilling1795988000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "plans" ADD "stripe_price_id" text`);
    await runner.query(
      `CREATE TABLE "billing_accounts" ("org_id" text NOT NULL, "stripe_customer_id" text NOT NULL, "stripe_subscription_id" text, "status" text, "period_ends_at" TIMESTAMP WITH TIME ZONE, "cancels_at" TIMESTAMP WITH TIME ZONE, "grace_ends_at" TIMESTAMP WITH TIME ZONE, "event_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_billing_accounts" PRIMARY KEY ("org_id"), CONSTRAINT "fk_organizations_billing_accounts" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION)`,
    );
    await runner.query(`CREATE UNIQUE INDEX "billing_accounts_customer" ON "billing_accounts" ("stripe_customer_id")`);
    await runner.query(
      `CREATE TABLE "stripe_events" ("id" text NOT NULL, "type" text NOT NULL, "event_at" TIMESTAMP WITH TIME ZONE NOT NULL, "received_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_stripe_events" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE TABLE "stripe_usage" ("org_id" text NOT NULL, "metric" text NOT NULL, "hour" TIMESTAMP WITH TIME ZONE NOT NULL, "sequence" integer NOT NULL, "amount" double precision NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "sent_at" TIMESTAMP WITH TIME ZONE, "error" text, CONSTRAINT "PK_stripe_usage" PRIMARY KEY ("org_id", "metric", "hour", "sequence"))`,
    );
    await runner.query(
      `CREATE INDEX "stripe_usage_unsent" ON "stripe_usage" ("hour") WHERE sent_at IS NULL AND error IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['stripe_usage', 'stripe_events', 'billing_accounts'])
      await runner.query(`DROP TABLE "${table}"`);
    await runner.query(`ALTER TABLE "plans" DROP COLUMN "stripe_price_id"`);
  }
}
