import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sign-in by OpenID Connect: providers of organizations, sign-ins that have begun, and who people are there. */
export class AddIdentityProviders1795996000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "identity_providers" ("org_id" text NOT NULL, "issuer" text NOT NULL, "client_id" text NOT NULL, "sealed_client_secret" bytea NOT NULL, "email_domains" text array NOT NULL, "is_membership_automatic" boolean NOT NULL, "changed_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_identity_providers" PRIMARY KEY ("org_id"), CONSTRAINT "fk_organizations_identity_providers" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION)`,
    );
    await runner.query(
      `CREATE TABLE "provider_logins" ("state_hash" bytea NOT NULL, "org_id" text NOT NULL, "browser_hash" bytea NOT NULL, "nonce" text NOT NULL, "code_verifier" text NOT NULL, "expires_at" TIMESTAMP WITH TIME ZONE NOT NULL, CONSTRAINT "PK_provider_logins" PRIMARY KEY ("state_hash"), CONSTRAINT "fk_organizations_provider_logins" FOREIGN KEY ("org_id") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE NO ACTION)`,
    );
    await runner.query(
      `CREATE TABLE "person_identities" ("user_id" text NOT NULL, "issuer" text NOT NULL, "subject" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), CONSTRAINT "PK_person_identities" PRIMARY KEY ("user_id", "issuer"), CONSTRAINT "fk_users_person_identities" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE NO ACTION)`,
    );
    await runner.query(`CREATE INDEX "person_identities_subject" ON "person_identities" ("issuer", "subject")`);
    await runner.query(`ALTER TABLE "refresh_tokens" ADD "is_by_provider" boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "refresh_tokens" DROP COLUMN "is_by_provider"`);
    for (const table of ['person_identities', 'provider_logins', 'identity_providers'])
      await runner.query(`DROP TABLE "${table}"`);
  }
}
