import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a job has used moves from its checkpoint, which goes at the end, to its row. */
export class KeepUsageWithJobs1795963000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "jobs" ADD "compute_s" double precision DEFAULT '0', ADD "attempts" integer DEFAULT '0', ADD "evaluations" integer, ADD "queue_wait_s" double precision`,
    );
    await runner.query(
      `UPDATE "jobs" SET "queue_wait_s" = greatest(0, extract(epoch FROM "started_at" - "created_at")) WHERE "started_at" IS NOT NULL`,
    );
    // Of jobs that have ended nobody knows it.
    await runner.query(
      `UPDATE "jobs" SET "compute_s" = NULL, "attempts" = NULL WHERE "status" NOT IN ('queued', 'running')`,
    );
    await runner.query(
      `UPDATE "jobs" j SET "compute_s" = c."consumed_ms" / 1000, "attempts" = c."attempt", "evaluations" = (c."state"->>'evaluations')::integer FROM "job_checkpoints" c WHERE c."job_id" = j."id" AND j."status" = 'running'`,
    );
    await runner.query(`ALTER TABLE "job_checkpoints" DROP COLUMN "attempt", DROP COLUMN "consumed_ms"`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "job_checkpoints" ADD "attempt" integer NOT NULL DEFAULT '0', ADD "consumed_ms" double precision NOT NULL DEFAULT '0'`,
    );
    await runner.query(
      `INSERT INTO "job_checkpoints" AS c ("job_id", "attempt", "consumed_ms", "state") SELECT "id", "attempts", "compute_s" * 1000, '{}' FROM "jobs" WHERE "status" = 'running' ON CONFLICT ("job_id") DO UPDATE SET "attempt" = excluded."attempt", "consumed_ms" = excluded."consumed_ms"`,
    );
    await runner.query(
      `ALTER TABLE "job_checkpoints" ALTER COLUMN "attempt" DROP DEFAULT, ALTER COLUMN "consumed_ms" DROP DEFAULT`,
    );
    await runner.query(
      `ALTER TABLE "jobs" DROP COLUMN "compute_s", DROP COLUMN "attempts", DROP COLUMN "evaluations", DROP COLUMN "queue_wait_s"`,
    );
  }
}
