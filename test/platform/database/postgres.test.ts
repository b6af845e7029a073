import assert from 'node:assert/strict';
import dns from 'node:dns';
import { type AddressInfo, createServer } from 'node:net';
import { it, type TestContext } from 'node:test';
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

/** What the system says of the name of a host. */
function named(t: TestContext, error: Error | null, addresses: readonly string[] = []): void {
  t.mock.method(dns, 'lookup', (_host: string, _options: object, done: (error: Error | null, found: object[]) => void) =>
    process.nextTick(
      done,
      error,
      addresses.map((address) => ({ address, family: 4 })),
    ),
  );
}
const refusedBy = async (address: string): Promise<{ message?: string; hint?: string }> => {
  const connection = connectPostgres(address);
  try {
    return await connection.transaction<never>(() => assert.fail('there is no connection'));
  } catch (error) {
    return error as Error;
  } finally {
    await connection.close();
  }
};

it('says that the name of the host is unknown', async (t) => {
  for (const code of ['ENOTFOUND', 'EAI_AGAIN']) {
    named(t, Object.assign(new Error(`getaddrinfo ${code} nowhere`), { code }));
    const { message, hint } = await refusedBy('postgres://me@nowhere/visits');
    assert.equal(message, `postgres://me@nowhere/visits: getaddrinfo ${code} nowhere`);
    assert.equal(hint, 'Is the name of the host right?');
    t.mock.restoreAll();
  }
});

it('says that none of the addresses of a host answers, although the system has no words for that', async (t) => {
  named(t, null, ['127.0.0.1', '127.0.0.2']);
  const { message, hint } = await refusedBy('postgres://me@two-addresses:1/visits');
  assert.equal(message, 'postgres://me@two-addresses:1/visits: ECONNREFUSED');
  assert.equal(hint, 'Is the server running, and does it listen there?');
});

/** A server that greets everybody with one failure, and keeps what it was told first. */
async function refusing(t: TestContext, code: string, message: string): Promise<{ address: string; told: () => string }> {
  const field = (type: string, text: string): string => `${type}${text}\0`;
  const body = `${field('S', 'FATAL')}${field('C', code)}${field('M', message)}\0`;
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeInt32BE(4 + Buffer.byteLength(body), 1);
  let told = '';
  const server = createServer((connection) => {
    connection.on('error', () => {});
    connection.once('data', (bytes) => {
      told = bytes.toString('latin1');
      connection.end(Buffer.concat([head, Buffer.from(body)]));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { address: `postgres://me@127.0.0.1:${port}/visits`, told: () => told };
}

const hints: readonly [code: string, hint: string | undefined][] = [
  ['28P01', 'Is the user right, and the password in PGPASSWORD?'],
  ['28000', 'Is the user right, and the password in PGPASSWORD?'],
  ['3D000', 'createdb makes a database.'],
  ['42501', 'The user needs the right to create a schema in this database.'],
  ['42601', undefined],
];
for (const [code, hint] of hints) {
  it(`${hint === undefined ? 'has no hint' : `hints: ${hint}`} at ${code}`, async (t) => {
    const server = await refusing(t, code, 'no entry');
    const connection = connectPostgres(server.address);
    const refused = { code: 'database-failed', message: `${server.address}: no entry`, hint };
    await assert.rejects(
      connection.transaction(() => assert.fail('there is no connection')),
      refused,
    );
    await connection.close();
    assert.match(server.told(), /user\0me\0.*application_name\0recon\0/);
  });
}
