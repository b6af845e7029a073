import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import postgres from 'postgres';
import { ReconError } from '../../domain/errors.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { messageOf } from '../../domain/values/message-of.ts';

export interface PostgresTransaction {
  /** one statement without parameters */
  execute(statement: string): Promise<void>;
  /** `$1` … stand for the parameters */
  select(statement: string, parameters?: readonly (string | number)[]): Promise<readonly Record<string, unknown>[]>;
  /** a COPY … FROM STDIN, and the lines that it reads */
  copy(statement: string, lines: Iterable<string>): Promise<void>;
}

export interface PostgresConnection {
  /** all or nothing */
  transaction<Result>(work: (transaction: PostgresTransaction) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

const CONNECT_SECONDS = 15;
const CLOSE_SECONDS = 5;

/**
 * One connection to a PostgreSQL server, made when it is first used. The password is in no message.
 * @throws ReconError `usage` when the address is none; calls throw `database-failed`
 */
export function connectPostgres(address: string): PostgresConnection {
  const target = postgresTarget(address);
  const sql = postgres(address, {
    max: 1,
    connect_timeout: CONNECT_SECONDS,
    onnotice: () => {},
    connection: { application_name: 'recon' },
  });
  return {
    transaction: async (work) => {
      try {
        return (await sql.begin(async (inner) => work(transactionOf(inner)))) as Awaited<ReturnType<typeof work>>;
      } catch (error) {
        throw error instanceof ReconError ? error : failure(target, error);
      }
    },
    close: async () => sql.end({ timeout: CLOSE_SECONDS }),
  };
}

/**
 * An address without its password, for messages: `postgres://user@host:port/database`.
 * @throws ReconError `usage`
 */
export function postgresTarget(address: string): string {
  const url = URL.parse(address);
  // the text itself may hold a password even where it is no address
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new ReconError('usage', '--to wants the address of a PostgreSQL database', {
      hint: 'postgres://user@host:5432/database, with the password in PGPASSWORD',
    });
  }
  return `postgres://${url.username === '' ? '' : `${url.username}@`}${url.host}${url.pathname}`;
}

function transactionOf(sql: postgres.TransactionSql): PostgresTransaction {
  return {
    execute: async (statement) => void (await sql.unsafe(statement)),
    select: async (statement, parameters = []) => sql.unsafe(statement, [...parameters]),
    copy: async (statement, lines) => {
      const sink = await sql.unsafe(statement).writable();
      const end = finished(sink);
      // what goes wrong shows at the end, or at the wait for room
      end.catch(() => {});
      try {
        for (const line of lines) if (!sink.write(line)) await Promise.race([once(sink, 'drain'), end]);
      } catch (error) {
        // the server waits for lines until it is told that none come any more, and the rollback waits for the server
        sink.destroy(error instanceof Error ? error : undefined);
        throw error;
      }
      sink.end();
      await end;
    },
  };
}

function failure(target: string, error: unknown): ReconError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  const message = messageOf(error);
  const hint = HINTS.find(([pattern]) => pattern.test(code ?? ''))?.[1];
  return new ReconError('database-failed', `${target}: ${message || code}`, definedOnly({ hint }));
}

/** By SQLSTATE (PostgreSQL, appendix A) or the code of a failed connection. */
const HINTS: readonly (readonly [code: RegExp, hint: string])[] = [
  [/^ECONNREFUSED$|^ENOENT$|^CONNECT_TIMEOUT$|^EHOSTUNREACH$/, 'Is the server running, and does it listen there?'],
  [/^ENOTFOUND$|^EAI_AGAIN$/, 'Is the name of the host right?'],
  [/^28/, 'Is the user right, and the password in PGPASSWORD?'],
  [/^3D000$/, 'createdb makes a database.'],
  [/^42501$/, 'The user needs the right to create a schema in this database.'],
];
