import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { describe, it } from 'node:test';
import { ReconError } from '../../../src/domain/errors.ts';
import { PIN_HEADER } from '../../../src/domain/page-paths.ts';
import { LiveChanges, NodePage, VisitSummary } from '../../../src/domain/web-api.ts';
import type { Surroundings } from '../../../src/master/verdict/stuck-machine.ts';
import { appFixture, NOW } from '../app-fixture.ts';

const MAC = '52:54:00:00:00:01';
const AWAY = { remoteAddress: '10.77.1.1' };
const PARTS = { script: 'console.log("<b>");', style: 'b{color:red}' };

describe('the page and its data over HTTP', () => {
  it('sends one page that runs its own script and nothing else', async () => {
    await using fixture = await appFixture({ page: PARTS });
    const { body, headers } = await fixture.app.inject('/');
    assert.match(String(headers['content-type']), /^text\/html/);
    for (const [tag, directive] of [
      ['script', 'script-src'],
      ['style', 'style-src'],
    ] as const) {
      const text = new RegExp(`<${tag}>([\\s\\S]*)</${tag}>`).exec(body)?.[1] ?? '';
      const hash = createHash('sha256').update(text).digest('base64');
      assert.ok(String(headers['content-security-policy']).includes(`${directive} 'sha256-${hash}'`), tag);
    }
    assert.match(String(headers['content-security-policy']), /^default-src 'none';.*frame-ancestors 'none'/);
    assert.doesNotMatch(String(headers['content-security-policy']), /unsafe|https?:|\*/);
    assert.equal(headers['access-control-allow-origin'], undefined);
  });

  it('without a page there is still its data', async () => {
    await using fixture = await appFixture();
    assert.equal((await fixture.app.inject('/')).statusCode, 404);
    assert.equal(VisitSummary.parse((await fixture.app.inject('/visit')).json()).counts.total, 0);
  });

  it('gives a machine with its timeline before there is a record', async () => {
    await using fixture = await appFixture();
    const { app, deps } = fixture;
    assert.equal((await app.inject(`/nodes/${MAC}`)).json().code, 'not-found');
    deps.ledger.add({ mac: MAC, stage: 'discover' });
    deps.ledger.add({ mac: MAC, stage: 'root-image', bytes: 5, totalBytes: 10 });
    const { summary, timeline, record } = NodePage.parse((await app.inject(`/nodes/${MAC}`)).json());
    assert.deepEqual(
      [summary.stage, summary.bytes, timeline.map(({ stage }) => stage), record],
      ['root-image', 5, ['discover', 'root-image'], undefined],
    );
    assert.equal((await app.inject(`/nodes/${MAC}/record`)).statusCode, 404);
  });

  it('sums up the visit, with the whole list of who is expected', async () => {
    const expected = { machines: [{ mac: MAC, name: 'rack 1' }, { serial: 'XYZ' }] };
    await using fixture = await appFixture({ expected, onDone: () => {} });
    fixture.deps.ledger.add({ mac: MAC, stage: 'kernel' });
    const visit = VisitSummary.parse((await fixture.app.inject('/visit')).json());
    assert.deepEqual([visit.counts.loading, visit.actions, visit.storage], [1, ['seal', 'done'], 'ram']);
    assert.deepEqual(visit.expected, { expectedCount: 2, missingCount: 2, notSeenCount: 1, unexpectedCount: 0, hasList: true });
    assert.deepEqual(visit.arrivals?.missing, [{ serial: 'XYZ' }]);
    const changes = LiveChanges.parse((await fixture.app.inject('/changes')).json());
    assert.equal(changes.visit?.arrivals, undefined, 'the list is long, and changes are told often');
    assert.equal((await fixture.app.inject(`/changes?since=${changes.id}`)).statusCode, 204);
  });
});

describe('discovery that is over', () => {
  it('is told with its reason, and cannot be ended again', async () => {
    const surroundings = (): Surroundings => ({
      nowMs: NOW.getTime(),
      discoveryOver: 'all are there',
      isServed: () => true,
      hasDriver: () => undefined,
      leftOutDrivers: () => [],
      cardName: () => undefined,
      neededRamBytes: 0,
      startRamBytes: 0,
      captureMs: 0,
    });
    await using fixture = await appFixture({ surroundings, onDone: () => {} });
    const { discoveryOver, actions } = VisitSummary.parse((await fixture.app.inject('/visit')).json());
    assert.deepEqual([discoveryOver, actions], ['all are there', ['seal']]);
  });
});

describe('control', () => {
  it('needs the PIN, except from the machine itself without a browser', async () => {
    await using fixture = await appFixture();
    const post = (options: object) => fixture.app.inject({ method: 'POST', url: '/control/seal', ...options });
    assert.equal((await post(AWAY)).json().code, 'pin-wrong');
    assert.equal((await post({ ...AWAY, headers: { [PIN_HEADER]: '654321' } })).json().code, 'pin-wrong');
    assert.equal((await post({ ...AWAY, headers: { [PIN_HEADER]: '123456' } })).statusCode, 200);
    assert.equal((await post({})).statusCode, 200);
    const own = { host: 'localhost:80', origin: 'http://localhost:80' };
    assert.equal((await post({ headers: own })).json().code, 'pin-wrong', 'a browser on the machine needs it, too');
    assert.equal((await post({ headers: { ...own, [PIN_HEADER]: '123456' } })).statusCode, 200);
  });

  it('seals without raw captures with the PIN only', async () => {
    const kinds: (string | undefined)[] = [];
    const tarball = { name: 'recon-a-without-captures.tar.gz', path: '/x', sizeBytes: 1, sha256: 'ab', machines: 2 };
    const seal = async (kind?: string) => {
      kinds.push(kind);
      return tarball;
    };
    await using fixture = await appFixture({ seal });
    const post = (options: object) => fixture.app.inject({ method: 'POST', url: '/control/seal-without-captures', ...options });
    assert.equal((await post(AWAY)).json().code, 'pin-wrong');
    assert.deepEqual(kinds, []);
    assert.equal((await post({ ...AWAY, headers: { [PIN_HEADER]: '123456' } })).json().name, tarball.name);
    assert.deepEqual(kinds, ['without-captures']);
  });

  it('powers off with a tarball without raw captures when only that fits', async () => {
    const kinds: (string | undefined)[] = [];
    const seal = async (kind?: string) => {
      kinds.push(kind);
      if (kind === undefined) throw new ReconError('disk-full', 'no room');
      return { name: 'recon-a-without-captures.tar.gz', path: '/x', sizeBytes: 1, sha256: 'ab', machines: 2 };
    };
    await using fixture = await appFixture({ seal, onPowerOff: () => {} });
    const answer = await fixture.app.inject({ method: 'POST', url: '/control/power-off' });
    assert.deepEqual([answer.statusCode, answer.json().name], [202, 'recon-a-without-captures.tar.gz']);
    assert.deepEqual(kinds, [undefined, 'without-captures']);
  });

  it('answers no other page, even with the PIN, and counts wrong tries', async () => {
    await using fixture = await appFixture();
    const post = (headers: Record<string, string>) => fixture.app.inject({ method: 'POST', url: '/control/seal', ...AWAY, headers });
    for (const foreign of [{ origin: 'http://attacker.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }]) {
      assert.equal((await post({ host: '10.77.0.1', [PIN_HEADER]: '123456', ...foreign })).json().code, 'forbidden');
    }
    for (let times = 0; times < 5; times += 1) assert.equal((await post({ [PIN_HEADER]: '000000' })).statusCode, 403);
    const locked = await post({ [PIN_HEADER]: '123456' });
    assert.equal(locked.statusCode, 429);
    assert.match(locked.json().message, /wait 30 seconds/);
    const asked = await fixture.app.inject({ method: 'OPTIONS', url: '/control/seal', headers: { origin: 'http://attacker.example' } });
    assert.equal(asked.statusCode, 404, 'no other page is allowed to send the header');
  });

  it('looks again at silent networks with the PIN, and has a button for it only where one is silent', async () => {
    const looked: string[] = [];
    let state: 'refused' | 'serving' = 'refused';
    const onLook = (): string[] => {
      looked.push('look');
      return ['eno1'];
    };
    await using fixture = await appFixture({ onLook, segmentViews: () => [{ interface: 'eno1', state }] });
    const post = (headers: Record<string, string>) => fixture.app.inject({ method: 'POST', url: '/control/look', ...AWAY, headers });
    const actions = async (): Promise<string[]> => (await fixture.app.inject('/visit')).json().actions;
    assert.equal((await post({})).json().code, 'pin-wrong');
    assert.deepEqual(looked, []);
    assert.equal((await post({ [PIN_HEADER]: '123456' })).statusCode, 204);
    assert.deepEqual([looked, (await actions()).includes('look')], [['look'], true]);
    state = 'serving';
    assert.equal((await actions()).includes('look'), false);
    await using bare = await appFixture();
    assert.equal((await bare.app.inject({ method: 'POST', url: '/control/look' })).statusCode, 404);
  });

  it('powers off and stops discovery only where that was given, and never without a tarball', async () => {
    await using bare = await appFixture();
    for (const url of ['/control/power-off', '/control/done'])
      assert.equal((await bare.app.inject({ method: 'POST', url })).statusCode, 404);
    const called: string[] = [];
    const web = { onPowerOff: () => void called.push('off'), onDone: () => void called.push('done') };
    await using fixture = await appFixture(web);
    assert.equal((await fixture.app.inject({ method: 'POST', url: '/control/done' })).statusCode, 204);
    await fixture.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = fixture.app.server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/control/power-off`, { method: 'POST', headers: { connection: 'close' } });
    assert.equal(answer.status, 202);
    assert.match(((await answer.json()) as { name: string }).name, /^recon-lab-/);
    assert.deepEqual(called, ['done', 'off']);
    await using failing = await appFixture({ seal: () => Promise.reject(new Error('no room')), ...web });
    assert.equal((await failing.app.inject({ method: 'POST', url: '/control/power-off' })).statusCode, 500);
    assert.equal(called.length, 2, 'records that are in no tarball are not left alone');
  });
});

describe('live connections', () => {
  it('are bounded for one address, and freed again', async () => {
    await using fixture = await appFixture({ tickMs: 20 });
    await fixture.app.listen({ host: '127.0.0.1', port: 0 });
    const url = `http://127.0.0.1:${(fixture.app.server.address() as AddressInfo).port}/live`;
    const stop = new AbortController();
    for (let at = 0; at < 8; at += 1) assert.equal((await fetch(url, { signal: stop.signal })).status, 200);
    const refused = await fetch(url);
    assert.equal(refused.status, 503);
    assert.equal(((await refused.json()) as { code: string }).code, 'busy');
    stop.abort();
    // the master learns of it when the sockets close
    for (;;) {
      const again = await fetch(url);
      await again.body?.cancel();
      if (again.status === 200) break;
    }
  });

  it('tell each change once, and go on after the last one that a page has', async () => {
    await using fixture = await appFixture({ tickMs: 20 });
    const { app, deps } = fixture;
    await app.listen({ host: '127.0.0.1', port: 0 });
    const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/live`;
    deps.ledger.add({ mac: MAC, stage: 'discover' });
    const first = await fetch(url);
    const events = messages(first);
    const whole = (await events.next()).value;
    assert.deepEqual([whole?.isWhole, whole?.nodes.length], [true, 1]);
    deps.ledger.add({ mac: MAC, stage: 'kernel' });
    const delta = (await events.next()).value;
    assert.deepEqual([delta?.isWhole, delta?.nodes[0]?.stage], [false, 'kernel']);
    await events.return(undefined);
    deps.ledger.add({ mac: MAC, stage: 'initrd' });
    const later = messages(await fetch(url, { headers: { 'last-event-id': delta?.id ?? '' } }));
    const missed = (await later.next()).value;
    assert.deepEqual([missed?.isWhole, missed?.nodes[0]?.stage], [false, 'initrd']);
    await later.return(undefined);
  });

  it('end for a reader that takes nothing', { timeout: 60_000 }, async () => {
    await using fixture = await appFixture({ tickMs: 20, patienceMs: 100 });
    const { app, deps } = fixture;
    await app.listen({ host: '127.0.0.1', port: 0 });
    const closed = new Promise((resolve) => app.server.once('connection', (socket) => socket.once('close', resolve)));
    // a client socket without a listener for data reads little and then stops
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write('GET /live HTTP/1.1\r\nHost: bang\r\n\r\n');
    let round = 0;
    const fill = setInterval(() => {
      round += 1;
      for (let at = 16; at < 216; at += 1)
        deps.ledger.add({ mac: `52:54:00:00:00:${at.toString(16)}`, stage: 'collect', detail: `${round} ${'x'.repeat(1900)}` });
    }, 30);
    await closed.finally(() => clearInterval(fill));
    socket.destroy();
  });
});

/** The messages of a stream of events. */
async function* messages(answer: Response): AsyncGenerator<LiveChanges, undefined> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const data = /^data: (\{.*\})$/m.exec(part)?.[1];
      if (data !== undefined) yield LiveChanges.parse(JSON.parse(data));
    }
  }
  return undefined;
}
