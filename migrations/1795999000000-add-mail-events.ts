import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What SendGrid reports about mails: events that were taken, and the latest sign of each kind of an address. */
export class AddMailEvents1795999000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "mail_events" ("id" text NOT NULL, "received_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_mail_events" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE TABLE "mail_signs" ("email" text NOT NULL, "sign" text NOT NULL, "last_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_mail_signs" PRIMARY KEY ("email", "sign"))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['mail_signs', 'mail_events']) await runner.query(`DROP TABLE "${table}"`);
  }
}
