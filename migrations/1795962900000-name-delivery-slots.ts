import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NameDeliverySlots1795962900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "webhook_turns" RENAME TO "webhook_slots"`);
    await runner.query(`ALTER TABLE "webhook_slots" RENAME COLUMN "until" TO "lease_until"`);
    await runner.query(`ALTER TABLE "webhook_slots" RENAME COLUMN "to_start" TO "is_first"`);
    await runner.query(`ALTER TABLE "webhook_slots" RENAME COLUMN "asked_at" TO "requested_at"`);
    await runner.query(`ALTER TABLE "webhook_slots" RENAME CONSTRAINT "PK_webhook_turns" TO "PK_webhook_slots"`);
    await runner.query(
      `ALTER TABLE "webhook_slots" RENAME CONSTRAINT "fk_webhook_deliveries_webhook_turns" TO "fk_webhook_deliveries_webhook_slots"`,
    );
    await runner.query(`ALTER INDEX "webhook_turns_taken" RENAME TO "webhook_slots_used"`);
    await runner.query(`ALTER INDEX "webhook_turns_waiting" RENAME TO "webhook_slots_waiting"`);
    await runner.query(`UPDATE "outbox" SET "topic" = 'webhook.slot' WHERE "topic" = 'webhook.turn'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE "outbox" SET "topic" = 'webhook.turn' WHERE "topic" = 'webhook.slot'`);
    await runner.query(`ALTER INDEX "webhook_slots_waiting" RENAME TO "webhook_turns_waiting"`);
    await runner.query(`ALTER INDEX "webhook_slots_used" RENAME TO "webhook_turns_taken"`);
    await runner.query(
      `ALTER TABLE "webhook_slots" RENAME CONSTRAINT "fk_webhook_deliveries_webhook_slots" TO "fk_webhook_deliveries_webhook_turns"`,
    );
    await runner.query(`ALTER TABLE "webhook_slots" RENAME CONSTRAINT "PK_webhook_slots" TO "PK_webhook_turns"`);
    await runner.query(`ALTER TABLE "webhook_slots" RENAME COLUMN "requested_at" TO "asked_at"`);
    await runner.query(`ALTER TABLE "webhook_slots" RENAME COLUMN "is_first" TO "to_start"`);
    await runner.query(`ALTER TABLE "webhook_slots" RENAME COLUMN "lease_until" TO "until"`);
    await runner.query(`ALTER TABLE "webhook_slots" RENAME TO "webhook_turns"`);
  }
}
