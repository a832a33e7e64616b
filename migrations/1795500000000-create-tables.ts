import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateTables1795500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "organizations" ("id" text NOT NULL, "name" text NOT NULL, "plan" text NOT NULL DEFAULT 'free', "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_6b031fcd0863e3f6b44230163f9" PRIMARY KEY ("id"))`,
    );
    await runner.query(
      `CREATE TABLE "users" ("id" text NOT NULL, "org_id" text NOT NULL, "email" text NOT NULL, "name" text NOT NULL, "password_hash" text NOT NULL, "role" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_a3ffb1c0c8416b9fc6f907b7433" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "users_email" ON "users"  ("email") `);
    await runner.query(
      `CREATE TABLE "refresh_tokens" ("id" text NOT NULL, "user_id" text NOT NULL, "family_id" text NOT NULL, "token_hash" bytea NOT NULL, "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, "used_at" TIMESTAMP WITH TIME ZONE, "revoked_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_7d8bee0204106019488c4c50ffa" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "refresh_tokens_hash" ON "refresh_tokens"  ("token_hash") `);
    await runner.query(`CREATE INDEX "refresh_tokens_family" ON "refresh_tokens"  ("family_id") `);
    await runner.query(
      `CREATE TABLE "api_keys" ("id" text NOT NULL, "org_id" text NOT NULL, "name" text NOT NULL, "prefix" text NOT NULL, "key_hash" bytea NOT NULL, "scopes" text array NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "last_used_at" TIMESTAMP WITH TIME ZONE, "revoked_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_5c8a79801b44bd27b79228e1dad" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys"  ("key_hash") `);
    await runner.query(`CREATE INDEX "api_keys_org" ON "api_keys"  ("org_id", "id") `);
    await runner.query(
      `CREATE TABLE "sites" ("id" text NOT NULL, "org_id" text NOT NULL, "name" text NOT NULL, "latitude_deg" double precision NOT NULL, "longitude_deg" double precision NOT NULL, "elevation_m" double precision, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_4f5eccb1dfde10c9170502595a7" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "sites_org" ON "sites"  ("org_id", "id") `);
    await runner.query(
      `CREATE TABLE "weather_datasets" ("id" text NOT NULL, "org_id" text NOT NULL, "site_id" text, "name" text NOT NULL, "format" text NOT NULL, "sha256" text NOT NULL, "latitude_deg" double precision NOT NULL, "longitude_deg" double precision NOT NULL, "elevation_m" double precision NOT NULL, "utc_offset_h" double precision NOT NULL, "step_minutes" integer NOT NULL, "row_count" integer NOT NULL, "summary" jsonb NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_174f7bc9225ff4d20657bf0a94c" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "weather_org" ON "weather_datasets"  ("org_id", "id") `);
    await runner.query(
      `CREATE TABLE "weather_series" ("weather_id" text NOT NULL, "data" bytea NOT NULL, CONSTRAINT "PK_f9392429ec20ab394edf99bd131" PRIMARY KEY ("weather_id"))`,
    );
    await runner.query(
      `CREATE TABLE "jobs" ("id" text NOT NULL, "org_id" text NOT NULL, "kind" text NOT NULL, "status" text NOT NULL, "input" jsonb NOT NULL, "progress" double precision NOT NULL DEFAULT '0', "seed" integer NOT NULL, "engine_version" text NOT NULL, "time_limited" boolean NOT NULL DEFAULT false, "event_seq" integer NOT NULL DEFAULT '0', "created_by" text NOT NULL, "result" jsonb, "error" jsonb, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "started_at" TIMESTAMP WITH TIME ZONE, "ended_at" TIMESTAMP WITH TIME ZONE, "cancel_requested_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_cf0a6c42b72fcc7f7c237def345" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "jobs_org" ON "jobs"  ("org_id", "id") `);
    await runner.query(`CREATE INDEX "jobs_open" ON "jobs"  ("created_at") WHERE status IN ('queued', 'running')`);
    await runner.query(
      `CREATE TABLE "job_checkpoints" ("job_id" text NOT NULL, "attempt" integer NOT NULL, "consumed_ms" double precision NOT NULL, "state" jsonb NOT NULL, "data" bytea, "updated_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_3023c431da4eae8508ef85fd00b" PRIMARY KEY ("job_id"))`,
    );
    await runner.query(
      `CREATE TABLE "job_series" ("job_id" text NOT NULL, "name" text NOT NULL, "data" bytea NOT NULL, CONSTRAINT "PK_86b847fc40e8a1409350a70d1cf" PRIMARY KEY ("job_id", "name"))`,
    );
    await runner.query(
      `CREATE TABLE "job_events" ("job_id" text NOT NULL, "seq" integer NOT NULL, "type" text NOT NULL, "data" jsonb NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_3ebbcf54c2e3911bc10d315c9de" PRIMARY KEY ("job_id", "seq"))`,
    );
    await runner.query(
      `CREATE TABLE "outbox" ("id" BIGSERIAL NOT NULL, "topic" text NOT NULL, "job_id" text NOT NULL, "attempts" integer NOT NULL DEFAULT '0', "available_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "last_error" text, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_340ab539f309f03bdaa14aa7649" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE INDEX "outbox_available" ON "outbox"  ("available_at") `);
    await runner.query(
      `CREATE TABLE "idempotency_keys" ("org_id" text NOT NULL, "key" text NOT NULL, "request_hash" text NOT NULL, "status" integer, "response" jsonb, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_b82c9639429bd505548fc6da188" PRIMARY KEY ("org_id", "key"))`,
    );
    await runner.query(`CREATE INDEX "idempotency_created" ON "idempotency_keys"  ("created_at") `);
    await runner.query(
      `ALTER TABLE "users" ADD CONSTRAINT "fk_organizations_users" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "refresh_tokens" ADD CONSTRAINT "fk_users_refresh_tokens" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "api_keys" ADD CONSTRAINT "fk_organizations_api_keys" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "sites" ADD CONSTRAINT "fk_organizations_sites" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "weather_datasets" ADD CONSTRAINT "fk_organizations_weather_datasets" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "weather_datasets" ADD CONSTRAINT "fk_sites_weather_datasets" FOREIGN KEY ("site_id") REFERENCES "sites"("id") ON DELETE SET NULL ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "weather_series" ADD CONSTRAINT "fk_weather_datasets_weather_series" FOREIGN KEY ("weather_id") REFERENCES "weather_datasets"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "jobs" ADD CONSTRAINT "fk_organizations_jobs" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "job_checkpoints" ADD CONSTRAINT "fk_jobs_job_checkpoints" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "job_series" ADD CONSTRAINT "fk_jobs_job_series" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "job_events" ADD CONSTRAINT "fk_jobs_job_events" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "outbox" ADD CONSTRAINT "fk_jobs_outbox" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `ALTER TABLE "idempotency_keys" ADD CONSTRAINT "fk_organizations_idempotency_keys" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "idempotency_keys" DROP CONSTRAINT "fk_organizations_idempotency_keys"`);
    await runner.query(`ALTER TABLE "outbox" DROP CONSTRAINT "fk_jobs_outbox"`);
    await runner.query(`ALTER TABLE "job_events" DROP CONSTRAINT "fk_jobs_job_events"`);
    await runner.query(`ALTER TABLE "job_series" DROP CONSTRAINT "fk_jobs_job_series"`);
    await runner.query(`ALTER TABLE "job_checkpoints" DROP CONSTRAINT "fk_jobs_job_checkpoints"`);
    await runner.query(`ALTER TABLE "jobs" DROP CONSTRAINT "fk_organizations_jobs"`);
    await runner.query(`ALTER TABLE "weather_series" DROP CONSTRAINT "fk_weather_datasets_weather_series"`);
    await runner.query(`ALTER TABLE "weather_datasets" DROP CONSTRAINT "fk_sites_weather_datasets"`);
    await runner.query(`ALTER TABLE "weather_datasets" DROP CONSTRAINT "fk_organizations_weather_datasets"`);
    await runner.query(`ALTER TABLE "sites" DROP CONSTRAINT "fk_organizations_sites"`);
    await runner.query(`ALTER TABLE "api_keys" DROP CONSTRAINT "fk_organizations_api_keys"`);
    await runner.query(`ALTER TABLE "refresh_tokens" DROP CONSTRAINT "fk_users_refresh_tokens"`);
    await runner.query(`ALTER TABLE "users" DROP CONSTRAINT "fk_organizations_users"`);
    await runner.query(`DROP INDEX "public"."idempotency_created"`);
    await runner.query(`DROP TABLE "idempotency_keys"`);
    await runner.query(`DROP INDEX "public"."outbox_available"`);
    await runner.query(`DROP TABLE "outbox"`);
    await runner.query(`DROP TABLE "job_events"`);
    await runner.query(`DROP TABLE "job_series"`);
    await runner.query(`DROP TABLE "job_checkpoints"`);
    await runner.query(`DROP INDEX "public"."jobs_open"`);
    await runner.query(`DROP INDEX "public"."jobs_org"`);
    await runner.query(`DROP TABLE "jobs"`);
    await runner.query(`DROP TABLE "weather_series"`);
    await runner.query(`DROP INDEX "public"."weather_org"`);
    await runner.query(`DROP TABLE "weather_datasets"`);
    await runner.query(`DROP INDEX "public"."sites_org"`);
    await runner.query(`DROP TABLE "sites"`);
    await runner.query(`DROP INDEX "public"."api_keys_org"`);
    await runner.query(`DROP INDEX "public"."api_keys_hash"`);
    await runner.query(`DROP TABLE "api_keys"`);
    await runner.query(`DROP INDEX "public"."refresh_tokens_family"`);
    await runner.query(`DROP INDEX "public"."refresh_tokens_hash"`);
    await runner.query(`DROP TABLE "refresh_tokens"`);
    await runner.query(`DROP INDEX "public"."users_email"`);
    await runner.query(`DROP TABLE "users"`);
    await runner.query(`DROP TABLE "organizations"`);
  }
}
