import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests with an Idempotency-Key that start no job keep their answer, and those that run say how long they may. */
export class KeepAnswers1795989400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "idempotency_keys" ADD "sealed_answer" bytea, ADD "leased_until" TIMESTAMP WITH TIME ZONE`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    // What has no job means nothing to the release before.
    await runner.query(`DELETE FROM "idempotency_keys" WHERE "response" IS NULL`);
    await runner.query(`ALTER TABLE "idempotency_keys" DROP COLUMN "leased_until", DROP COLUMN "sealed_answer"`);
  }
}
