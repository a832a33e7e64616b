import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The workers that have a GPU, and the jobs that wait for one; jobs from before wait for none. */
export class AddGpuWorkers1795987500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE "gpu_workers" ("id" text NOT NULL, "device" jsonb NOT NULL, "measures" jsonb NOT NULL,
      "started_at" TIMESTAMP WITH TIME ZONE NOT NULL, "seen_at" TIMESTAMP WITH TIME ZONE NOT NULL,
      CONSTRAINT "PK_gpu_workers" PRIMARY KEY ("id"))`);
    await runner.query(`ALTER TABLE "jobs" ADD "gpu" jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "jobs" DROP COLUMN "gpu"`);
    await runner.query(`DROP TABLE "gpu_workers"`);
  }
}
