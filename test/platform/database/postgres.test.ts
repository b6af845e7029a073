import assert from 'node:assert/strict';
import { it } from 'node:test';
import { connectPostgres, postgresTarget } from '../../../src/platform/database/postgres.ts';

const targets: readonly [address: string, target: string][] = [
  ['postgres://me:secret@host:5433/visits', 'postgres://me@host:5433/visits'],
  ['postgresql://host/visits?sslmode=require', 'postgres://host/visits'],
  ['postgres://me@[::1]/visits', 'postgres://me@[::1]/visits'],
];
for (const [address, target] of targets) it(`names ${target} without its password`, () => assert.equal(postgresTarget(address), target));

for (const address of ['', 'visits', 'mysql://me:secret@host/visits', 'xpostgres://host/a', 'postgresx://host/a', 'me:secret@host']) {
  it(`takes ${JSON.stringify(address)} for no address, and does not repeat it`, () => {
    const refused = { code: 'usage', message: '--to wants the address of a PostgreSQL database' };
    assert.throws(() => postgresTarget(address), refused);
    assert.throws(() => connectPostgres(address), refused);
  });
}

it('says that nobody answers, and what to look at', async () => {
  const connection = connectPostgres('postgres://me:secret@127.0.0.1:1/visits');
  await assert.rejects(
    connection.transaction(() => assert.fail('there is no connection')),
    (error: Error & { code?: string; hint?: string }) => {
      assert.equal(error.code, 'database-failed');
      assert.match(error.message, /^postgres:\/\/me@127\.0\.0\.1:1\/visits: .*ECONNREFUSED/);
      assert.equal(error.hint, 'Is the server running, and does it listen there?');
      return !error.message.includes('secret');
    },
  );
  await connection.close();
});
