import { loadSettings } from '../../adapters/config/config.ts';
import { DATABASE_SETTINGS, databaseOptions } from '../../adapters/config/connections.ts';
import { Database } from '../../adapters/database/database.ts';
import { verifyAudit } from '../../services/audit/chain.ts';

/**
 * Verifies the chains of the audit log.
 * @throws Error if an entry was changed, removed or inserted
 */
export async function runAuditVerify({ org, json }: { readonly org?: string; readonly json: boolean }): Promise<void> {
  const database = await Database.connect(databaseOptions(loadSettings(DATABASE_SETTINGS), 'tessellate-audit', 8));
  try {
    const verdicts = await verifyAudit(database, org);
    if (json) console.log(JSON.stringify(verdicts));
    else
      for (const { org_id, n_entries, n_erased, n_waiting, head, faults } of verdicts) {
        console.log(`${org_id}: ${n_entries} entries, ${n_erased} erased, ${n_waiting} wait, last hash ${head ?? '-'}`);
        for (const fault of faults) console.log(`  ${fault}`);
      }
    const broken = verdicts.filter(({ faults }) => faults.length > 0).length;
    if (broken > 0) throw new Error(`The audit log of ${broken} of ${verdicts.length} organizations is broken`);
    const sum = (of: 'n_entries' | 'n_erased'): number => verdicts.reduce((total, one) => total + one[of], 0);
    if (!json) console.log(`The audit log is whole: ${sum('n_entries')} entries, ${sum('n_erased')} of them erased`);
  } finally {
    await database.close();
  }
}
