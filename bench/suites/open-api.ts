/** The API without authentication: the first credentials are checked, and whoever calls afterwards counts as the same caller. */
import { runApi } from '../../src/api/start.ts';
import type { Principal } from '../../src/contracts/common/scopes.ts';
import { Accounts } from '../../src/services/accounts/accounts.ts';

const { authenticate } = Accounts.prototype;
let caller: Promise<Principal> | undefined;
Accounts.prototype.authenticate = function (credentials) {
  caller ??= authenticate.call(this, credentials);
  return caller;
};
await runApi();
