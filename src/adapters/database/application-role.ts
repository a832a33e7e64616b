/**
 * The role that API and workers connect as. Where it does not own the tables, it can read and write all of them, but cannot
 * change or delete what is append-only, and cannot drop the trigger that refuses the same.
 */
import type { DataSource } from 'typeorm';

/** Tables that the application may only read and add to */
const APPEND_ONLY = ['audit_events', 'audit_links'];

/**
 * Creates the role of the application if it is absent, and gives it its rights. The data source connects as the owner.
 * @param applicationUrl with the name and password of the role
 * @returns the role's name; undefined if it is the owner itself
 */
export async function grantApplicationRole(
  dataSource: DataSource,
  applicationUrl: string,
): Promise<string | undefined> {
  const { username, password } = new URL(applicationUrl);
  const name = decodeURIComponent(username);
  return dataSource.transaction(async (manager) => {
    const [{ owner, is_known }] = await manager.query(
      'SELECT current_user AS owner, EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1) AS is_known',
      [name],
    );
    if (name === owner) return undefined;
    const [{ role, secret }] = await manager.query('SELECT quote_ident($1) AS role, quote_literal($2) AS secret', [
      name,
      decodeURIComponent(password),
    ]);
    if (!is_known) await manager.query(`CREATE ROLE ${role} LOGIN PASSWORD ${secret}`);
    await manager.query(`GRANT USAGE ON SCHEMA public TO ${role}`);
    await manager.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`);
    await manager.query(`GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${role}`);
    for (const table of APPEND_ONLY)
      if ((await manager.query('SELECT to_regclass($1) AS found', [table]))[0].found !== null)
        await manager.query(`REVOKE UPDATE, DELETE, TRUNCATE ON ${table} FROM ${role}`);
    return name;
  });
}
