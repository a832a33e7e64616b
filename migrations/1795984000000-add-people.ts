import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Confirmed addresses, links in mails, invitations and sessions of browsers. People who registered before could send mails and
 * add people without confirming their address, and still can.
 */
export class AddPeople1795984000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "users" ADD "email_confirmed_at" TIMESTAMP WITH TIME ZONE`);
    await runner.query(`UPDATE "users" SET "email_confirmed_at" = "created_at"`);
    await runner.query(`ALTER TABLE "users" ADD "language" text NOT NULL DEFAULT 'en'`);
    await runner.query(`ALTER TABLE "refresh_tokens" ADD "is_cookie" boolean NOT NULL DEFAULT false`);
    await runner.query(`ALTER TABLE "refresh_tokens" ADD "client" text`);
    await runner.query(`ALTER TABLE "refresh_tokens" ADD "address" text`);
    await runner.query(`CREATE INDEX "refresh_tokens_user" ON "refresh_tokens" ("user_id")`);
    await runner.query(
      `CREATE TABLE "account_links" ("id" text NOT NULL, "user_id" text NOT NULL, "purpose" text NOT NULL, "email" text NOT NULL, "token_hash" bytea NOT NULL, "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, "used_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_account_links" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "account_links_hash" ON "account_links" ("token_hash")`);
    await runner.query(`CREATE INDEX "account_links_user" ON "account_links" ("user_id")`);
    await runner.query(
      `ALTER TABLE "account_links" ADD CONSTRAINT "fk_users_account_links" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
    await runner.query(
      `CREATE TABLE "invitations" ("id" text NOT NULL, "org_id" text NOT NULL, "email" text NOT NULL, "role" text NOT NULL, "invited_by" text, "token_hash" bytea NOT NULL, "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, "accepted_at" TIMESTAMP WITH TIME ZONE, "revoked_at" TIMESTAMP WITH TIME ZONE, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_invitations" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "invitations_hash" ON "invitations" ("token_hash")`);
    await runner.query(`CREATE INDEX "invitations_org" ON "invitations" ("org_id", "id")`);
    await runner.query(
      `ALTER TABLE "invitations" ADD CONSTRAINT "fk_organizations_invitations" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE "invitations"`);
    await runner.query(`DROP TABLE "account_links"`);
    // A session of a browser would become a refresh token.
    await runner.query(`DELETE FROM "refresh_tokens" WHERE "is_cookie"`);
    await runner.query(`DROP INDEX "refresh_tokens_user"`);
    for (const column of ['address', 'client', 'is_cookie'])
      await runner.query(`ALTER TABLE "refresh_tokens" DROP COLUMN "${column}"`);
    await runner.query(`ALTER TABLE "users" DROP COLUMN "language"`);
    await runner.query(`ALTER TABLE "users" DROP COLUMN "email_confirmed_at"`);
  }
}
