import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The span in which a job was created: its activities continue the trace. */
export class AddTraceparents1795988500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "jobs" ADD "traceparent" text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "jobs" DROP COLUMN "traceparent"`);
  }
}
