/** Every migration, in order. An explicit list: what is not here does not run. */
import type { MigrationInterface } from 'typeorm';
import { CreateTables1795500000000 } from './1795500000000-create-tables.ts';
import { AddWindLibrary1795510600000 } from './1795510600000-add-wind-library.ts';
import { AddSolarComponents1795520000000 } from './1795520000000-add-solar-components.ts';
import { AddWebhooks1795536523043 } from './1795536523043-add-webhooks.ts';
import { AddMails1795620000000 } from './1795620000000-add-mails.ts';
import { AddWebhookTurns1795620100000 } from './1795620100000-add-webhook-turns.ts';
import { AddReports1795700000000 } from './1795700000000-add-reports.ts';
import { StartDeliveriesInTurn1795900000000 } from './1795900000000-start-deliveries-in-turn.ts';
import { NameDeliverySlots1795962900000 } from './1795962900000-name-delivery-slots.ts';
import { KeepUsageWithJobs1795963000000 } from './1795963000000-keep-usage-with-jobs.ts';
import { AddSiteAreas1795963650000 } from './1795963650000-add-site-areas.ts';
import { RenameStoredNames1795968000000 } from './1795968000000-rename-stored-names.ts';
import { RenameStoredCounts1795975200000 } from './1795975200000-rename-stored-counts.ts';
import { ShareTheLibrary1795976000000 } from './1795976000000-share-the-library.ts';
import { EndTokensWithTheirReason1795976400000 } from './1795976400000-end-tokens-with-their-reason.ts';
import { AddWarnings1795977000000 } from './1795977000000-add-warnings.ts';
import { SealWebhookHeaders1795978000000 } from './1795978000000-seal-webhook-headers.ts';
import { AddSloMinutes1795980000000 } from './1795980000000-add-slo-minutes.ts';
import { StateWhatWasBuilt1795981000000 } from './1795981000000-state-what-was-built.ts';
import { AddRequestIds1795983100000 } from './1795983100000-add-request-ids.ts';
import { AddPeople1795984000000 } from './1795984000000-add-people.ts';
import { AddPlans1795985000000 } from './1795985000000-add-plans.ts';
import { AddUsage1795986000000 } from './1795986000000-add-usage.ts';
import { AddGpuWorkers1795987500000 } from './1795987500000-add-gpu-workers.ts';
import { AddBilling1795988000000 } from './1795988000000-add-billing.ts';
import { AddTraceparents1795988500000 } from './1795988500000-add-traceparents.ts';
import { AddAudit1795989000000 } from './1795989000000-add-audit.ts';
import { KeepAnswers1795989400000 } from './1795989400000-keep-answers.ts';
import { AddTermsOfKeys1795989500000 } from './1795989500000-add-terms-of-keys.ts';
import { AddAdministrators1795990000000 } from './1795990000000-add-administrators.ts';
import { AddDeletions1795991000000 } from './1795991000000-add-deletions.ts';
import { AddBudgets1795992000000 } from './1795992000000-add-budgets.ts';
import { AddExperiments1795993000000 } from './1795993000000-add-experiments.ts';
import { AddSecondFactors1795994000000 } from './1795994000000-add-second-factors.ts';
import { AddGuesses1795995000000 } from './1795995000000-add-guesses.ts';
import { AddIdentityProviders1795996000000 } from './1795996000000-add-identity-providers.ts';
import { CountDeletedCompute1795997000000 } from './1795997000000-count-deleted-compute.ts';
import { RequireIdentityProviders1795998000000 } from './1795998000000-require-identity-providers.ts';
import { AddMailEvents1795999000000 } from './1795999000000-add-mail-events.ts';
import { CountDeletedTestCompute1796000000000 } from './1796000000000-count-deleted-test-compute.ts';

export const MIGRATIONS: readonly (new () => MigrationInterface)[] = [
  CreateTables1795500000000,
  AddWindLibrary1795510600000,
  AddSolarComponents1795520000000,
  AddWebhooks1795536523043,
  AddMails1795620000000,
  AddWebhookTurns1795620100000,
  AddReports1795700000000,
  StartDeliveriesInTurn1795900000000,
  NameDeliverySlots1795962900000,
  KeepUsageWithJobs1795963000000,
  AddSiteAreas1795963650000,
  RenameStoredNames1795968000000,
  RenameStoredCounts1795975200000,
  ShareTheLibrary1795976000000,
  EndTokensWithTheirReason1795976400000,
  AddWarnings1795977000000,
  SealWebhookHeaders1795978000000,
  AddSloMinutes1795980000000,
  StateWhatWasBuilt1795981000000,
  AddRequestIds1795983100000,
  AddPeople1795984000000,
  AddPlans1795985000000,
  AddUsage1795986000000,
  AddGpuWorkers1795987500000,
  AddBilling1795988000000,
  AddTraceparents1795988500000,
  AddAudit1795989000000,
  KeepAnswers1795989400000,
  AddTermsOfKeys1795989500000,
  AddAdministrators1795990000000,
  AddDeletions1795991000000,
  AddBudgets1795992000000,
  AddExperiments1795993000000,
  AddSecondFactors1795994000000,
  AddGuesses1795995000000,
  AddIdentityProviders1795996000000,
  CountDeletedCompute1795997000000,
  RequireIdentityProviders1795998000000,
  AddMailEvents1795999000000,
  CountDeletedTestCompute1796000000000,
];
