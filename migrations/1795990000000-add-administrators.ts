import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Administrators of the platform, and organizations that are suspended. */
export class AddAdministrators1795990000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "administrators" ("id" text NOT NULL, "email" text NOT NULL, "name" text NOT NULL, "password_hash" text NOT NULL, "sealed_totp_secret" bytea NOT NULL, "last_totp_step" integer NOT NULL DEFAULT 0, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_administrators" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "administrators_email" ON "administrators" ("email")`);
    await runner.query(
      `CREATE TABLE "administrator_sessions" ("token_hash" bytea NOT NULL, "administrator_id" text NOT NULL, "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_administrator_sessions" PRIMARY KEY ("token_hash"), CONSTRAINT "fk_administrators_administrator_sessions" FOREIGN KEY ("administrator_id") REFERENCES "administrators"("id") ON DELETE CASCADE ON UPDATE NO ACTION)`,
    );
    await runner.query(
      `CREATE TABLE "suspensions" ("org_id" text NOT NULL, "reason" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_suspensions" PRIMARY KEY ("org_id"), CONSTRAINT "fk_organizations_suspensions" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['suspensions', 'administrator_sessions', 'administrators'])
      await runner.query(`DROP TABLE "${table}"`);
  }
}
