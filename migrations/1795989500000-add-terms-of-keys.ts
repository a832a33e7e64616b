import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys expire, replace one another, are bound to addresses, and may be for tests; invitations end with the key that sent them. */
export class AddTermsOfKeys1795989500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "api_keys" ADD "replaces_key_id" text, ADD "expires_at" TIMESTAMP WITH TIME ZONE, ADD "allowed_addresses" text array, ADD "is_test" boolean NOT NULL DEFAULT false`,
    );
    await runner.query(`ALTER TABLE "invitations" ADD "invited_with_key" text`);
    await runner.query(`ALTER TABLE "jobs" ADD "is_test" boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    // The release before knows no end and no addresses: what has them would work for ever, from everywhere.
    await runner.query(
      `UPDATE "api_keys" SET "revoked_at" = coalesce("revoked_at", now()) WHERE "expires_at" IS NOT NULL OR "allowed_addresses" IS NOT NULL OR "is_test"`,
    );
    await runner.query(`ALTER TABLE "jobs" DROP COLUMN "is_test"`);
    await runner.query(`ALTER TABLE "invitations" DROP COLUMN "invited_with_key"`);
    await runner.query(
      `ALTER TABLE "api_keys" DROP COLUMN "is_test", DROP COLUMN "allowed_addresses", DROP COLUMN "expires_at", DROP COLUMN "replaces_key_id"`,
    );
  }
}
