import assert from 'node:assert/strict';
import { it } from 'node:test';
import { CAPTURE_HEADER, type NodeSummary, SHA256_HEADER, TOKEN_HEADER, tokenPath } from '../../../src/domain/api.ts';
import { lastSeenMs, phaseOf } from '../../../src/domain/phase.ts';
import { type AppFixture, appFixture } from '../app-fixture.ts';
import { captureOf, recordFor, sha256Of } from '../fixture-records.ts';

const MAC = '52:54:00:00:00:01';
const OTHER = '52:54:00:00:00:02';
const PATH = '/nodes/52-54-00-00-00-01';
const [OWN, STRANGE] = ['10.77.1.1', '10.77.9.9'];

const tokenFor = async ({ app }: AppFixture, remoteAddress: string): Promise<string> =>
  (await app.inject({ method: 'POST', url: tokenPath(MAC), remoteAddress })).body;

async function put({ app }: AppFixture, remoteAddress: string, token: string, serial: string) {
  const payload = JSON.stringify(recordFor(serial));
  const headers = { [TOKEN_HEADER]: token, [SHA256_HEADER]: sha256Of(payload) };
  const answer = await app.inject({ method: 'PUT', url: `${PATH}/record`, remoteAddress, headers, payload });
  return [answer.statusCode, answer.json().code ?? answer.json().revision];
}

it('a neighbour without a lease brings the first record of a machine, which is said, and replaces none', async () => {
  await using fixture = await appFixture();
  const { app, deps } = fixture;
  assert.equal((await app.inject({ url: `${PATH}/boot.ipxe`, remoteAddress: STRANGE })).statusCode, 200);
  const strange = await tokenFor(fixture, STRANGE);
  assert.deepEqual(await put(fixture, STRANGE, strange, 'FORGED-1'), [200, 1]);
  const row = async () => (await app.inject('/nodes')).json()[0];
  assert.match((await row()).notes.join(), /came from 10\.77\.9\.9, which was not leased to it/);
  const history = deps.ledger.history(MAC).map(({ stage, unleased, detail }) => [stage, unleased, detail]);
  assert.deepEqual(history.at(0)?.slice(0, 2), ['script', true]);
  assert.deepEqual(history.at(-1), ['receipt', true, 'revision 1, from an address that was not leased to it']);
  assert.deepEqual(await put(fixture, STRANGE, await tokenFor(fixture, STRANGE), 'FORGED-2'), [403, 'record-kept']);
  assert.deepEqual(await put(fixture, STRANGE, await tokenFor(fixture, STRANGE), 'FORGED-1'), [200, 1], 'the same one again');

  await deps.leases.add(MAC, OWN);
  assert.deepEqual(await put(fixture, OWN, await tokenFor(fixture, OWN), 'HONEST-1'), [200, 2]);
  assert.equal((await row()).notes, undefined);
  assert.equal(deps.ledger.history(MAC).at(-1)?.detail, 'revision 2');
});

it('who got a token before the machine took its lease can do nothing with it afterwards', async () => {
  await using fixture = await appFixture();
  const { deps } = fixture;
  const strange = [await tokenFor(fixture, STRANGE), await tokenFor(fixture, STRANGE)];
  await deps.leases.add(MAC, OWN);
  const own = await tokenFor(fixture, OWN);
  for (const token of strange) assert.deepEqual(await put(fixture, STRANGE, token, 'FORGED-1'), [403, 'forbidden']);
  assert.deepEqual(await put(fixture, OWN, own, 'HONEST-1'), [200, 1]);
  await deps.leases.add(OTHER, STRANGE);
  const answer = await fixture.app.inject({ method: 'POST', url: tokenPath(MAC), remoteAddress: STRANGE });
  assert.equal(answer.json().code, 'forbidden');
});

it('a capture of a neighbour without a lease is taken again with the record that it belongs to, and no other one', async () => {
  await using fixture = await appFixture();
  const { app, deps } = fixture;
  const send = async (what: string, address: string, payload: string | Buffer, captureSha256?: string): Promise<unknown> => {
    const token = await deps.tokens.mint(MAC, address, address === OWN);
    const headers = { [TOKEN_HEADER]: token, [SHA256_HEADER]: sha256Of(payload) };
    const withCapture = captureSha256 === undefined ? headers : { ...headers, [CAPTURE_HEADER]: captureSha256 };
    const answer = await app.inject({ method: 'PUT', url: `${PATH}/${what}`, remoteAddress: address, headers: withCapture, payload });
    return answer.json().code ?? answer.statusCode;
  };
  const [first, second] = [captureOf({ 'raw/a.out': 'a' }), captureOf({ 'raw/a.out': 'b' })];
  // another machine that has the port does not speak for this one
  const other = recordFor('OTHER');
  const nics = { status: 'ok' as const, data: [{ name: 'eno1', permanentMac: MAC }] };
  const bytes = JSON.stringify({ ...other, sections: { ...other.sections, nics } });
  const chunks = (async function* () {
    yield Buffer.from(bytes);
  })();
  await deps.store.putRecord({ mac: OTHER, chunks, lengthBytes: undefined, sha256: undefined, captureSha256: undefined });
  assert.equal(deps.store.acknowledged(MAC)?.mac, OTHER);
  assert.equal(await send('capture', STRANGE, first), 200);
  assert.equal(await send('record', STRANGE, JSON.stringify(recordFor('FORGED-1')), sha256Of(first)), 200);
  assert.equal(await send('capture', STRANGE, first), 200, 'the answer was lost: it sends both again');
  assert.equal(await send('capture', STRANGE, second), 'record-kept');
  await deps.leases.add(MAC, OWN);
  assert.equal(await send('capture', OWN, second), 200);
});

it('a token of a stranger does not push out those of the machine', async () => {
  await using fixture = await appFixture();
  const own = await fixture.deps.tokens.mint(MAC, OWN, true);
  for (let round = 0; round < 3; round += 1) await fixture.deps.tokens.mint(MAC, STRANGE);
  assert.ok(fixture.deps.tokens.find(MAC, own));
});

it('a record that is under way from a stranger does not replace one that arrives meanwhile', async () => {
  await using fixture = await appFixture();
  const { store } = fixture.deps;
  const upload = (serial: string, mayReplace: boolean, gate: Promise<void>) =>
    store.putRecord({
      ...{ mac: MAC, mayReplace, lengthBytes: undefined, sha256: undefined, captureSha256: undefined },
      chunks: (async function* () {
        yield Buffer.from(JSON.stringify(recordFor(serial)));
        await gate;
      })(),
    });
  const gate = Promise.withResolvers<void>();
  const strange = upload('FORGED-1', false, gate.promise);
  strange.catch(() => {});
  await upload('HONEST-1', true, Promise.resolve());
  gate.resolve();
  await assert.rejects(strange, { code: 'record-kept' });
  assert.equal(store.identityOf(MAC)?.serial, 'HONEST-1');
});

it('nobody asks for tokens without end', async () => {
  await using fixture = await appFixture({ limits: { scriptBurst: 2, scriptsPerSecond: 0 } });
  const ask = () => fixture.app.inject({ method: 'POST', url: tokenPath(MAC), remoteAddress: STRANGE });
  assert.deepEqual([(await ask()).statusCode, (await ask()).statusCode, (await ask()).statusCode], [200, 200, 503]);
});

it('a record of a stranger speaks for no other address, and the machine itself is done with its own record only', async () => {
  await using fixture = await appFixture();
  const { app, deps } = fixture;
  const victims = Array.from({ length: 60 }, (_, at) => `52:54:00:00:01:${at.toString(16).padStart(2, '0')}`);
  // it has read on the page what their firmware says, and names itself so
  const record = recordFor('S-1');
  const nics = { status: 'ok' as const, data: victims.map((mac, at) => ({ name: `eno${at}`, permanentMac: mac })) };
  const payload = JSON.stringify({ ...record, sections: { ...record.sections, nics } });
  const send = async (remoteAddress: string): Promise<number> => {
    const token = (await app.inject({ method: 'POST', url: tokenPath(MAC), remoteAddress })).body;
    const headers = { [TOKEN_HEADER]: token, [SHA256_HEADER]: sha256Of(payload) };
    return (await app.inject({ method: 'PUT', url: `${PATH}/record`, remoteAddress, headers, payload })).statusCode;
  };
  const says = `uuid=${record.sections.system.status === 'ok' ? record.sections.system.data.uuid : ''}&serial=S-1`;
  const script = async (mac: string, remoteAddress: string): Promise<boolean> =>
    (await app.inject({ url: `/nodes/${mac}/boot.ipxe?${says}`, remoteAddress })).body.includes('is stored');
  const row = async (mac: string) => {
    const rows: NodeSummary[] = (await app.inject('/nodes')).json();
    return rows.find((one) => one.mac === mac) ?? assert.fail();
  };
  assert.equal(await send(STRANGE), 200);
  assert.equal(deps.store.acknowledged(MAC)?.receipt?.unleased, true);
  assert.equal((await row(MAC)).hasReceipt, true);
  const [victim = ''] = victims;
  deps.ledger.add({ mac: victim, stage: 'ack' });
  assert.equal((await row(victim)).portOf, undefined);
  assert.equal(await script(victim, STRANGE), false);
  // where nobody has a lease of ours it counts for its own address: that machine is not inventoried again and again
  assert.equal(await script(MAC, STRANGE), true);

  await deps.leases.add(MAC, OWN);
  assert.equal(await script(MAC, OWN), false);
  const booting = await row(MAC);
  assert.deepEqual([booting.hasReceipt, phaseOf(booting, lastSeenMs(booting))], [false, 'loading']);
  // the very same bytes, this time its own
  assert.equal(await send(OWN), 200);
  const { revision, receipt } = deps.store.acknowledged(MAC) ?? assert.fail();
  assert.deepEqual([revision, receipt?.unleased, (await row(MAC)).hasReceipt], [2, undefined, true]);
  assert.equal(await script(MAC, OWN), true);
  assert.equal((await row(victim)).portOf, MAC);
});
