import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether the people of an organization, except its owners, sign in only at its identity provider. */
export class RequireIdentityProviders1795998000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "organizations" ADD "is_identity_provider_required" boolean NOT NULL DEFAULT false`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "organizations" DROP COLUMN "is_identity_provider_required"`);
  }
}
