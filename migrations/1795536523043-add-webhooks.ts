import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddWebhooks1795536523043 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "webhooks" ("id" text NOT NULL, "org_id" text NOT NULL, "url" text NOT NULL, "description" text NOT NULL, "events" text array NOT NULL, "headers" jsonb NOT NULL, "enabled" boolean NOT NULL DEFAULT true, "disabled_reason" text, "secret" bytea NOT NULL, "previous_secret" bytea, "previous_until" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_9e8795cfc899ab7bdaa831e8527" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "webhooks_org" ON "webhooks"  ("org_id", "id") `);
    await runner.query(
      `CREATE TABLE "webhook_deliveries" ("id" text NOT NULL, "org_id" text NOT NULL, "webhook_id" text NOT NULL, "event_id" text NOT NULL, "event_type" text NOT NULL, "payload" jsonb NOT NULL, "status" text NOT NULL, "round" integer NOT NULL DEFAULT '1', "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "ended_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_535dd409947fb6d8fc6dfc0112a" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "webhook_deliveries_webhook" ON "webhook_deliveries"  ("webhook_id", "id") `);
    await runner.query(
      `CREATE TABLE "webhook_attempts" ("delivery_id" text NOT NULL, "round" integer NOT NULL, "attempt" integer NOT NULL, "started_at" TIMESTAMP WITH TIME ZONE NOT NULL, "latency_ms" double precision NOT NULL, "status_code" integer, "answer" text, "error" text, CONSTRAINT "PK_806e199aeb3b0880e2a5f8b5616" PRIMARY KEY ("delivery_id", "round", "attempt"))`,
    );
    await runner.query(`ALTER TABLE "outbox" ADD "delivery_id" text`);
    await runner.query(`ALTER TABLE "outbox" DROP CONSTRAINT "fk_jobs_outbox"`);
    await runner.query(`ALTER TABLE "outbox" ALTER COLUMN "job_id" DROP NOT NULL`);
    await runner.query(
      `ALTER TABLE "webhooks" ADD CONSTRAINT "fk_organizations_webhooks" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "fk_webhooks_webhook_deliveries" FOREIGN KEY ("webhook_id") REFERENCES "webhooks"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "webhook_attempts" ADD CONSTRAINT "fk_webhook_deliveries_webhook_attempts" FOREIGN KEY ("delivery_id") REFERENCES "webhook_deliveries"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "outbox" ADD CONSTRAINT "fk_jobs_outbox" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "outbox" ADD CONSTRAINT "fk_webhook_deliveries_outbox" FOREIGN KEY ("delivery_id") REFERENCES "webhook_deliveries"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "outbox" DROP CONSTRAINT "fk_webhook_deliveries_outbox"`);
    await runner.query(`ALTER TABLE "outbox" DROP CONSTRAINT "fk_jobs_outbox"`);
    await runner.query(`ALTER TABLE "webhook_attempts" DROP CONSTRAINT "fk_webhook_deliveries_webhook_attempts"`);
    await runner.query(`ALTER TABLE "webhook_deliveries" DROP CONSTRAINT "fk_webhooks_webhook_deliveries"`);
    await runner.query(`ALTER TABLE "webhooks" DROP CONSTRAINT "fk_organizations_webhooks"`);
    await runner.query(`DELETE FROM "outbox" WHERE "job_id" IS NULL`);
    await runner.query(`ALTER TABLE "outbox" ALTER COLUMN "job_id" SET NOT NULL`);
    await runner.query(
      `ALTER TABLE "outbox" ADD CONSTRAINT "fk_jobs_outbox" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(`ALTER TABLE "outbox" DROP COLUMN "delivery_id"`);
    await runner.query(`DROP TABLE "webhook_attempts"`);
    await runner.query(`DROP INDEX "public"."webhook_deliveries_webhook"`);
    await runner.query(`DROP TABLE "webhook_deliveries"`);
    await runner.query(`DROP INDEX "public"."webhooks_org"`);
    await runner.query(`DROP TABLE "webhooks"`);
  }
}
