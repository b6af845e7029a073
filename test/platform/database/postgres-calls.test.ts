import assert from 'node:assert/strict';
import { it } from 'node:test';
import { connectPostgres } from '../../../src/platform/database/postgres.ts';
import { fakePostgres } from './fake-postgres.ts';

it('does all in one transaction, hands over lines as there is room for them, and leaves', async (t) => {
  const server = await fakePostgres(t);
  const connection = connectPostgres(server.address);
  const lines = Array.from({ length: 50 }, (_none, number) => `${number}\t${'x'.repeat(10_000)}\n`);
  const result = await connection.transaction(async (inside) => {
    await inside.execute('CREATE SCHEMA recon');
    await inside.copy('COPY machines FROM STDIN', lines);
    return 'all';
  });
  assert.equal(result, 'all');
  const [begin, create, copy, ...more] = server.told;
  assert.deepEqual([begin, create, copy, more.at(-1)], ['begin', 'CREATE SCHEMA recon', 'COPY machines FROM STDIN', 'commit']);
  assert.equal(more.slice(0, -1).join(''), lines.join(''));
  await connection.close();
  await server.left;
});

it('takes back what was done when the work fails, and gives its failure on', async (t) => {
  const server = await fakePostgres(t);
  const connection = connectPostgres(server.address);
  const work = connection.transaction(async (inside) => {
    await inside.execute('CREATE SCHEMA recon');
    throw new Error('no machine has a name');
  });
  await assert.rejects(work, { code: 'database-failed', message: `${server.address}: no machine has a name` });
  assert.deepEqual(server.told, ['begin', 'CREATE SCHEMA recon', 'rollback']);
  await connection.close();
});

it('ends a COPY whose lines fail, and takes back what was done', async (t) => {
  const server = await fakePostgres(t);
  const connection = connectPostgres(server.address);
  function* lines(): Iterable<string> {
    yield 'one\n';
    throw new Error('the tarball ends here');
  }
  const work = connection.transaction((inside) => inside.copy('COPY machines FROM STDIN', lines()));
  await assert.rejects(work, { code: 'database-failed', message: `${server.address}: the tarball ends here` });
  assert.deepEqual(server.told, ['begin', 'COPY machines FROM STDIN', 'one\n', 'no more lines', 'rollback']);
  await connection.close();
});

it('has one connection, and does one thing after the other on it', async (t) => {
  const server = await fakePostgres(t);
  const connection = connectPostgres(server.address);
  const doing = (statement: string) => connection.transaction((inside) => inside.execute(statement));
  await Promise.all([doing('one'), doing('two')]);
  assert.equal(server.clients(), 1);
  // the second commit is the prepared one of the first
  assert.deepEqual(server.told, ['begin', 'one', 'commit', 'begin', 'two']);
  await connection.close();
});
