import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit log. A trigger refuses to change it, also for the role that owns the tables. */
export class AddAudit1795989000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "audit_events" ("id" text NOT NULL, "org_id" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL, "type" text NOT NULL, "actor_kind" text NOT NULL, "actor_id" text, "target_id" text, "details" jsonb NOT NULL, "personal_hash" bytea, "dedupe_key" text, CONSTRAINT "PK_audit_events" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "audit_events_org" ON "audit_events" ("org_id", "id")`);
    await runner.query(`CREATE UNIQUE INDEX "audit_events_dedupe" ON "audit_events" ("dedupe_key")`);
    await runner.query(
      `CREATE TABLE "audit_personal" ("event_id" text NOT NULL, "org_id" text NOT NULL, "salt" bytea NOT NULL, "content" jsonb NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_audit_personal" PRIMARY KEY ("event_id"))`,
    );
    await runner.query(`CREATE INDEX "audit_personal_org" ON "audit_personal" ("org_id")`);
    await runner.query(`CREATE INDEX "audit_personal_created" ON "audit_personal" ("created_at")`);
    await runner.query(
      `CREATE TABLE "audit_links" ("org_id" text NOT NULL, "sequence" integer NOT NULL, "event_id" text NOT NULL, "hash" bytea NOT NULL, CONSTRAINT "PK_audit_links" PRIMARY KEY ("org_id", "sequence"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "audit_links_event" ON "audit_links" ("event_id")`);
    await runner.query(
      `CREATE TABLE "audit_waiting" ("event_id" text NOT NULL, CONSTRAINT "PK_audit_waiting" PRIMARY KEY ("event_id"))`,
    );
    await runner.query(
      `CREATE TABLE "failed_logins" ("user_id" text NOT NULL, "starts_at" TIMESTAMP WITH TIME ZONE NOT NULL, "n" integer NOT NULL, CONSTRAINT "PK_failed_logins" PRIMARY KEY ("user_id", "starts_at"))`,
    );
    await runner.query(
      `CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = '42501'; END $$`,
    );
    for (const table of ['audit_events', 'audit_links'])
      await runner.query(
        `CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "${table}"
         FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"()`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['failed_logins', 'audit_waiting', 'audit_links', 'audit_personal', 'audit_events'])
      await runner.query(`DROP TABLE "${table}"`);
    await runner.query('DROP FUNCTION "refuse_change"');
  }
}
