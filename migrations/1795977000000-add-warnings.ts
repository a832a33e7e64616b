import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['jobs', 'weather_datasets', 'wind_resources', 'library_items'];

/** What exists already has no warnings: its files and results are not checked again. */
export class AddWarnings1795977000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE "${table}" ADD "warnings" jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE "${table}" DROP COLUMN "warnings"`);
  }
}
