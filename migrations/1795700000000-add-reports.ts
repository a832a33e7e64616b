import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddReports1795700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "reports" ("id" text NOT NULL, "org_id" text NOT NULL, "job_id" text NOT NULL, "template" text NOT NULL, "language" text NOT NULL, "title" text, "job_ids" text array NOT NULL, "logo" bytea, "pages" integer, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "ready_at" TIMESTAMP WITH TIME ZONE, "deleted_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_d9013193989303580053c0b5ef6" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "reports_org" ON "reports"  ("org_id", "id") `);
    await runner.query(`CREATE UNIQUE INDEX "reports_job" ON "reports"  ("job_id") `);
    await runner.query(
      `CREATE TABLE "report_files" ("report_id" text NOT NULL, "format" text NOT NULL, "name" text NOT NULL, "media_type" text NOT NULL, "bytes" integer NOT NULL, "sha256" text NOT NULL, "data" bytea NOT NULL, CONSTRAINT "PK_66850309a4bb378a7324898c51d" PRIMARY KEY ("report_id", "format"))`,
    );
    await runner.query(
      `ALTER TABLE "reports" ADD CONSTRAINT "fk_organizations_reports" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "reports" ADD CONSTRAINT "fk_jobs_reports" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "report_files" ADD CONSTRAINT "fk_reports_report_files" FOREIGN KEY ("report_id") REFERENCES "reports"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "report_files" DROP CONSTRAINT "fk_reports_report_files"`);
    await runner.query(`ALTER TABLE "reports" DROP CONSTRAINT "fk_jobs_reports"`);
    await runner.query(`ALTER TABLE "reports" DROP CONSTRAINT "fk_organizations_reports"`);
    await runner.query(`DROP TABLE "report_files"`);
    await runner.query(`DROP INDEX "public"."reports_job"`);
    await runner.query(`DROP INDEX "public"."reports_org"`);
    await runner.query(`DROP TABLE "reports"`);
  }
}
