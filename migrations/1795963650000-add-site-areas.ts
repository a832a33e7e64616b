import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddSiteAreas1795963650000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "sites" ADD "boundary" jsonb`);
    await runner.query(`ALTER TABLE "sites" ADD "exclusions" jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "sites" DROP COLUMN "exclusions"`);
    await runner.query(`ALTER TABLE "sites" DROP COLUMN "boundary"`);
  }
}
