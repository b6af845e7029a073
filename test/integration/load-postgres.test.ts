import assert from 'node:assert/strict';
import { chmod, chown, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import postgres from 'postgres';
import { type LoadedVisit, loadVisits } from '../../src/desk/load.ts';
import { withVisits } from '../../src/desk/open-tarballs.ts';
import { exists, temporaryDirectory } from '../../src/platform/files/files.ts';
import { type Argv, runOk } from '../../src/platform/process/command.ts';
import { deskTarball } from '../desk/desk-fixture.ts';

const ROOT = '/usr/lib/postgresql';
const PASSWORD = 'not-in-any-message';

test('tarballs go into a real PostgreSQL, again and again, and the password into no message', async (context) => {
  const [version] = (await exists(ROOT)) ? (await readdir(ROOT)).sort().reverse() : [];
  if (version === undefined) return context.skip('PostgreSQL is not installed');
  await using directory = await temporaryDirectory('recon-postgres-');
  const base = join(directory.path, 'db');
  const port = await freePort();
  // the server refuses to run as root
  const asUser = (argv: Argv): Argv =>
    process.getuid?.() === 0 ? ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', ...argv] : argv;
  await chmod(directory.path, 0o755);
  if (process.getuid?.() === 0) {
    await runOk(['mkdir', base], { timeoutMs: 60_000 });
    await chown(base, 65534, 65534);
  }
  const bin = join(ROOT, version, 'bin');
  await runOk(asUser([join(bin, 'initdb'), '-D', base, '-U', 'me', '-A', 'trust', '-E', 'UTF8', '--no-sync']), {
    timeoutMs: 60_000,
    cwd: '/',
  });
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories='' -c fsync=off`;
  const control = (...words: string[]): Argv => asUser([join(bin, 'pg_ctl'), '-D', base, '-w', '-t', '60', ...words]);
  await runOk(control('-l', join(base, 'log'), '-o', options, 'start'), { timeoutMs: 90_000, cwd: '/' });
  const to = `postgres://me:${PASSWORD}@127.0.0.1:${port}/postgres`;
  const sql = postgres(to, { max: 1, onnotice: () => {} });
  try {
    const { path } = await deskTarball(directory.path, ['S-100', 'S-200']);
    const load = async (name?: string): Promise<LoadedVisit[]> => {
      const loaded: LoadedVisit[] = [];
      await withVisits([path], { warn: assert.fail }, (visits) =>
        loadVisits(visits, { to, schema: 'recon', ...(name === undefined ? {} : { name }) }, (visit) => loaded.push(visit)),
      );
      return loaded;
    };
    assert.deepEqual(
      (await load()).map(({ machines, isReplaced }) => [machines, isReplaced]),
      [[2, false]],
    );
    assert.equal((await load())[0]?.isReplaced, true);
    assert.deepEqual(
      [
        ...(await sql
          .unsafe("SELECT serial, mac::text, cpu_cores::int, record->>'schemaVersion' AS v FROM recon.machines ORDER BY serial")
          .values()),
      ],
      [
        ['S-100', '0c:c4:7a:00:00:01', 32, '1'],
        ['S-200', '0c:c4:7a:00:00:02', 32, '1'],
      ],
    );
    const types = await sql
      .unsafe(
        "SELECT data_type FROM information_schema.columns WHERE table_schema = 'recon' AND (table_name, column_name) IN (('machines', 'mac'), ('disks', 'size_bytes'), ('visits', 'created_at'), ('machines', 'record')) ORDER BY 1",
      )
      .values();
    assert.deepEqual([...types].flat(), ['bigint', 'jsonb', 'macaddr', 'timestamp with time zone']);
    // tables of an older Recon lack a column, and get it
    await sql.unsafe('ALTER TABLE recon.disks DROP COLUMN wear_percent');
    assert.equal((await load('november'))[0]?.name, 'november');
    assert.deepEqual([...(await sql.unsafe('SELECT count(*)::int FROM recon.disks').values())], [[4]]);
    await sql.unsafe('UPDATE recon.tables_version SET version = 99');
    await assert.rejects(load(), { code: 'database-failed', message: /newer Recon/ });
    const nowhere = `postgres://me:${PASSWORD}@127.0.0.1:${port}/nowhere`;
    for (const address of [nowhere, `http://me:${PASSWORD}@x/`, `not ${PASSWORD}`]) {
      const error = await loadVisits([], { to: address, schema: 'recon' }, () => {}).then(
        () => undefined,
        (cause: unknown) => cause,
      );
      assert.ok(error instanceof Error && !JSON.stringify([error.message, error.stack, error]).includes(PASSWORD), String(error));
    }
  } finally {
    await sql.end({ timeout: 5 });
    await runOk(control('-m', 'immediate', 'stop'), { timeoutMs: 90_000, cwd: '/' });
  }
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  assert.ok(typeof address === 'object' && address !== null);
  return address.port;
}
