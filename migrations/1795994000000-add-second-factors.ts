import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Second factors of people, recovery codes, and organizations that require them. */
export class AddSecondFactors1795994000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "recovery_codes" ("user_id" text NOT NULL, "code_hash" bytea NOT NULL, CONSTRAINT "PK_recovery_codes" PRIMARY KEY ("user_id", "code_hash"), CONSTRAINT "fk_users_recovery_codes" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION)`,
    );
    await runner.query(`ALTER TABLE "users" ADD "sealed_totp_secret" bytea`);
    await runner.query(`ALTER TABLE "users" ADD "last_totp_step" integer NOT NULL DEFAULT 0`);
    await runner.query(`ALTER TABLE "users" ADD "second_factor_at" TIMESTAMP WITH TIME ZONE`);
    await runner.query(`ALTER TABLE "organizations" ADD "is_second_factor_required" boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "organizations" DROP COLUMN "is_second_factor_required"`);
    for (const column of ['second_factor_at', 'last_totp_step', 'sealed_totp_secret'])
      await runner.query(`ALTER TABLE "users" DROP COLUMN "${column}"`);
    await runner.query('DROP TABLE "recovery_codes"');
  }
}
