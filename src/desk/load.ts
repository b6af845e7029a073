import { ReconError } from '../domain/errors.ts';
import { connectPostgres, type PostgresTransaction } from '../platform/database/postgres.ts';
import { postgresCopy, postgresLine, postgresSchema, quotedIdentifier, TABLES_VERSION } from '../report/tables/postgres.ts';
import { TABLES, type TableName, type TableRow, visitName } from '../report/tables/tables.ts';
import type { Visit } from '../tarball/visit.ts';
import { tableRows } from './table-rows.ts';

export interface LoadOptions {
  /** `postgres://…` */
  to: string;
  /** schema that the tables are in */
  schema: string;
  /** name for the visit instead of site and time; only with one tarball */
  name?: string;
}

export interface LoadedVisit {
  name: string;
  path: string;
  machines: number;
  /** rows of the same visit were there and are gone */
  isReplaced: boolean;
}

/** Any number will do, as long as every load takes the same: two at a time would make the tables twice. */
const LOCK = 7_263_266;

/**
 * Puts visits into PostgreSQL, each in a transaction of its own. A visit that is there already is replaced.
 * @throws ReconError `usage`, `database-failed`
 */
export async function loadVisits(
  visits: readonly Visit[],
  { to, schema, name }: LoadOptions,
  onLoaded: (visit: LoadedVisit) => void,
): Promise<void> {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(schema)) throw new ReconError('usage', `"${schema}" is not the name of a schema`);
  if (name !== undefined && visits.length !== 1)
    throw new ReconError('usage', '--visit names one visit, so that it goes with one tarball only');
  const connection = connectPostgres(to);
  try {
    await connection.transaction(async (transaction) => bringUpToDate(transaction, schema));
    for (const visit of visits) onLoaded(await connection.transaction(async (transaction) => loadVisit(transaction, schema, visit, name)));
  } finally {
    await connection.close();
  }
}

async function bringUpToDate(transaction: PostgresTransaction, schema: string): Promise<void> {
  await transaction.execute(`SELECT pg_advisory_xact_lock(${LOCK})`);
  const [existing] = await transaction.select('SELECT to_regclass($1) AS found', [`${quotedIdentifier(schema)}.tables_version`]);
  const versions =
    existing?.['found'] == null ? [] : await transaction.select(`SELECT version FROM ${quotedIdentifier(schema)}.tables_version`);
  const newest = Math.max(0, ...versions.map(({ version }) => Number(version)));
  if (newest > TABLES_VERSION) {
    throw new ReconError(
      'database-failed',
      `the tables in schema ${schema} are of a newer Recon (version ${newest}, this one knows ${TABLES_VERSION})`,
      {
        hint: 'use that Recon, or another schema with --schema',
      },
    );
  }
  for (const statement of postgresSchema(schema)) await transaction.execute(statement);
  if (newest < TABLES_VERSION)
    await transaction.execute(`INSERT INTO ${quotedIdentifier(schema)}.tables_version VALUES (${TABLES_VERSION})`);
}

async function loadVisit(transaction: PostgresTransaction, schema: string, visit: Visit, name = visitName(visit)): Promise<LoadedVisit> {
  await transaction.execute(`SELECT pg_advisory_xact_lock(${LOCK})`);
  const gone = await transaction.select(`DELETE FROM ${quotedIdentifier(schema)}.visits WHERE visit = $1 RETURNING visit`, [name]);
  const copies = new Map<TableName, string>(TABLES.map((table) => [table.name, postgresCopy(schema, table)]));
  let machines = 0;
  for await (const [table, rows] of tableRows(visit, name)) {
    if (table === 'machines') machines += rows.length;
    await transaction.copy(copies.get(table) ?? '', lines(rows));
  }
  return { name, path: visit.path, machines, isReplaced: gone.length > 0 };
}

function* lines(rows: readonly TableRow[]): Generator<string> {
  for (const row of rows) yield postgresLine(row);
}
