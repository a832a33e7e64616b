import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Headers are sealed by `migrate up` and `tessellate secrets reseal`, which have the key. On the way down, sealed ones are lost. */
export class SealWebhookHeaders1795978000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "webhooks" ALTER COLUMN "headers" DROP NOT NULL`);
    await runner.query(`ALTER TABLE "webhooks" ADD "sealed_headers" bytea`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "webhooks" DROP COLUMN "sealed_headers"`);
    await runner.query(`UPDATE "webhooks" SET "headers" = '{}' WHERE "headers" IS NULL`);
    await runner.query(`ALTER TABLE "webhooks" ALTER COLUMN "headers" SET NOT NULL`);
  }
}
