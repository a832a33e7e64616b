import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddMails1795620000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "mails" ("id" text NOT NULL, "org_id" text NOT NULL, "idempotency_key" text NOT NULL, "template" text NOT NULL, "recipient" text NOT NULL, "data" jsonb NOT NULL, "status" text NOT NULL, "attempts" integer NOT NULL DEFAULT '0', "provider_id" text, "error" text, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "ended_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_218248d7dfe1b739f06e2309349" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "mails_idempotency_key" ON "mails"  ("idempotency_key") `);
    await runner.query(`CREATE INDEX "mails_org" ON "mails"  ("org_id", "id") `);
    await runner.query(`ALTER TABLE "outbox" ADD "mail_id" text`);
    await runner.query(
      `ALTER TABLE "mails" ADD CONSTRAINT "fk_organizations_mails" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "outbox" ADD CONSTRAINT "fk_mails_outbox" FOREIGN KEY ("mail_id") REFERENCES "mails"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM "outbox" WHERE "mail_id" IS NOT NULL`);
    await runner.query(`ALTER TABLE "outbox" DROP CONSTRAINT "fk_mails_outbox"`);
    await runner.query(`ALTER TABLE "mails" DROP CONSTRAINT "fk_organizations_mails"`);
    await runner.query(`ALTER TABLE "outbox" DROP COLUMN "mail_id"`);
    await runner.query(`DROP INDEX "public"."mails_org"`);
    await runner.query(`DROP INDEX "public"."mails_idempotency_key"`);
    await runner.query(`DROP TABLE "mails"`);
  }
}
