import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddWebhookTurns1795620100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "webhooks" ADD "first_failure_at" TIMESTAMP WITH TIME ZONE`);
    await runner.query(
      `CREATE INDEX "webhook_deliveries_pending" ON "webhook_deliveries"  ("created_at") WHERE status = 'pending'`,
    );
    await runner.query(
      `CREATE TABLE "webhook_turns" ("delivery_id" text NOT NULL, "webhook_id" text NOT NULL, "until" TIMESTAMP WITH TIME ZONE, "asked_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_webhook_turns" PRIMARY KEY ("delivery_id"))`,
    );
    await runner.query(`CREATE INDEX "webhook_turns_webhook" ON "webhook_turns"  ("webhook_id", "asked_at") `);
    await runner.query(
      `ALTER TABLE "webhook_turns" ADD CONSTRAINT "fk_webhook_deliveries_webhook_turns" FOREIGN KEY ("delivery_id") REFERENCES "webhook_deliveries"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."webhook_turns_webhook"`);
    await runner.query(`DROP TABLE "webhook_turns"`);
    await runner.query(`DROP INDEX "public"."webhook_deliveries_pending"`);
    await runner.query(`UPDATE "webhook_deliveries" SET "status" = 'failed' WHERE "status" = 'skipped'`);
    await runner.query(`ALTER TABLE "webhooks" DROP COLUMN "first_failure_at"`);
  }
}
