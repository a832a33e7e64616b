import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The request that created a job; jobs from before have none. */
export class AddRequestIds1795983100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "jobs" ADD "request_id" text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "jobs" DROP COLUMN "request_id"`);
  }
}
