import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Experiments, who takes part in them, and what came of it. */
export class AddExperiments1795993000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE "experiments" ("id" text NOT NULL, "subject" text NOT NULL, "name" text NOT NULL, "plans" text array NOT NULL, "variants" jsonb NOT NULL, "n_per_variant" integer NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "ended_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_experiments" PRIMARY KEY ("id"))`,
    );
    await runner.query(`CREATE UNIQUE INDEX "experiments_running" ON "experiments" ("subject") WHERE ended_at IS NULL`);
    await runner.query(
      `CREATE TABLE "experiment_exposures" ("experiment_id" text NOT NULL, "org_id" text NOT NULL, "variant" text NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(), "converted_at" TIMESTAMP WITH TIME ZONE, CONSTRAINT "PK_experiment_exposures" PRIMARY KEY ("experiment_id", "org_id"), CONSTRAINT "fk_experiments_experiment_exposures" FOREIGN KEY ("experiment_id") REFERENCES "experiments"("id") ON DELETE CASCADE ON UPDATE NO ACTION)`,
    );
    await runner.query(`ALTER TABLE "jobs" ADD "experiment" jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "jobs" DROP COLUMN "experiment"`);
    await runner.query('DROP TABLE "experiment_exposures"');
    await runner.query('DROP TABLE "experiments"');
  }
}
