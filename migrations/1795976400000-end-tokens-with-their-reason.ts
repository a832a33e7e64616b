import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys that exist already have no known maker: they keep their scopes until they are revoked. */
export class EndTokensWithTheirReason1795976400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "users" ADD "tokens_valid_from" TIMESTAMP WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "api_keys" ADD "created_by" text`);
    await runner.query(`ALTER TABLE "api_keys" ADD "parent_key_id" text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "api_keys" DROP COLUMN "parent_key_id"`);
    await runner.query(`ALTER TABLE "api_keys" DROP COLUMN "created_by"`);
    await runner.query(`ALTER TABLE "users" DROP COLUMN "tokens_valid_from"`);
  }
}
