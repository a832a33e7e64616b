import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Failed guesses of secrets, by account, by address, and by both. */
export class AddGuesses1795995000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "guesses" ("key" text NOT NULL, "clear_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "next_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "began_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "mailed_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_guesses" PRIMARY KEY ("key"))`,
    );
    await runner.query(`CREATE INDEX "guesses_clear" ON "guesses" ("clear_at")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE "guesses"');
  }
}
