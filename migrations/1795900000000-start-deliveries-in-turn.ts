import type { MigrationInterface, QueryRunner } from 'typeorm';

export class StartDeliveriesInTurn1795900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX "public"."webhook_turns_webhook"`);
    await runner.query(`ALTER TABLE "webhook_turns" ADD "to_start" boolean NOT NULL DEFAULT false`);
    await runner.query(`CREATE INDEX "webhook_turns_taken" ON "webhook_turns"  ("webhook_id") WHERE until IS NOT NULL`);
    await runner.query(
      `CREATE INDEX "webhook_turns_waiting" ON "webhook_turns"  ("webhook_id", "to_start", "asked_at") WHERE until IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `WITH held AS (DELETE FROM "webhook_turns" WHERE "to_start" AND "until" IS NULL RETURNING "delivery_id", "asked_at")
       INSERT INTO "outbox" ("topic", "delivery_id") SELECT 'webhook.deliver', "delivery_id" FROM held ORDER BY "asked_at"`,
    );
    await runner.query(`DROP INDEX "public"."webhook_turns_waiting"`);
    await runner.query(`DROP INDEX "public"."webhook_turns_taken"`);
    await runner.query(`ALTER TABLE "webhook_turns" DROP COLUMN "to_start"`);
    await runner.query(`CREATE INDEX "webhook_turns_webhook" ON "webhook_turns"  ("webhook_id", "asked_at") `);
  }
}
