import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What deleted jobs of keys for tests have used in a month: deleting them frees nothing. */
export class CountDeletedTestCompute1796000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "deleted_compute" ADD "test_compute_s" double precision NOT NULL DEFAULT \'0\'');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE "deleted_compute" DROP COLUMN "test_compute_s"');
  }
}
