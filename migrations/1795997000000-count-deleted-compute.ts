import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Compute time of deleted jobs by month, which counts for the limit of the plan. */
export class CountDeletedCompute1795997000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "deleted_compute" ("org_id" text NOT NULL, "month" TIMESTAMP WITH TIME ZONE NOT NULL, "compute_s" double precision NOT NULL, CONSTRAINT "PK_deleted_compute" PRIMARY KEY ("org_id", "month"), CONSTRAINT "fk_organizations_deleted_compute" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "deleted_compute"');
  }
}
