import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeDhcp } from '../../src/master/guard/packets/dhcp-packet.ts';
import type { Child } from '../../src/platform/process/child.ts';
import { udp4 } from '../master/guard/frames.ts';
import { endProcess, repeatFrame, startForeignServer } from './fixtures/guard-network.ts';
import { type GuardedRoom, guardedRoom, SEGMENT_INTERFACE, type SeenFrame } from './fixtures/guarded-room.ts';
import { bootingMachine, ordinaryClients } from './fixtures/ordinary-clients.ts';

const isRoot = process.getuid?.() === 0;
const CLIENTS = 100;
/** we are silent so long after the first reply of a foreign server, at the latest */
const SILENCE_LIMIT_MS = 2000;

describe('a master while it serves: what it sends, to whom, and until when', { skip: isRoot ? false : 'needs root' }, () => {
  const stack = new AsyncDisposableStack();
  let room: GuardedRoom;
  before(async () => {
    room = stack.use(await guardedRoom(`recon-test-${process.pid}-s`));
    await room.start();
    await room.until(({ kind }) => kind === 'serving');
  });
  after(() => stack.disposeAsync());

  test(`${CLIENTS} ordinary machines get nothing from us, a booting one is answered`, async () => {
    const clients = ordinaryClients(CLIENTS, room.masterMac);
    const booting = bootingMachine(room.clientMac);
    // The booting machine asks last: once it has its answers, dnsmasq has read what came before.
    const frames = [...clients.map(({ frame }) => frame), booting.discover, booting.solicit];
    const size = frames[0]?.length ?? 0;
    const sent = await room.inClient(['socat', '-u', '-b', String(size), '-', 'INTERFACE:eth0'], Buffer.concat(frames));
    assert.equal(sent.status, 'ok', sent.stderr.toString());
    const answered = (frame: SeenFrame): boolean => dhcpReplyTo(frame) === room.clientMac || isDhcp6Answer(frame);
    const seen = await framesWith(room, (all) => all.some((one) => dhcpReplyTo(one) === room.clientMac) && all.some(isDhcp6Answer));
    const macs = new Map(clients.map(({ mac, what }) => [mac, what]));
    const asked = new Set(seen.map(({ frame }) => frame.source).filter((mac) => macs.has(mac)));
    assert.equal(asked.size, CLIENTS, 'every one of them was on the wire');
    const linkLocals = new Map(clients.map(({ linkLocal, what }) => [linkLocal, what]));
    const ours = seen.filter(({ frame }) => frame.source === room.masterMac);
    const toStrangers = ours.flatMap((one) => {
      const target = one.frame.payload.kind === 'ipv6' ? one.frame.payload.icmpTarget : undefined;
      return macs.get(one.frame.destination) ?? macs.get(dhcpReplyTo(one) ?? '') ?? linkLocals.get(target ?? '') ?? [];
    });
    assert.deepEqual(toStrangers, []);
    assert.ok(ours.some(answered));
  });

  test('when tcpdump dies, serving ends at once, and begins again only after a new probe', async () => {
    const before = room.said.length;
    await endProcess(room.network.near, 'tcpdump', SEGMENT_INTERFACE);
    await room.until((line) => room.said.indexOf(line) >= before && line.kind === 'not-serving');
    await room.until((line) => room.said.indexOf(line) >= before && line.kind === 'serving');
    const since = room.said.slice(before).filter(({ kind }) => kind !== 'log' && kind !== 'ledger' && kind !== 'stranger');
    assert.deepEqual(
      since.map(({ kind, state }) => state ?? kind),
      ['probing', 'not-serving', 'quiet', 'serving'],
    );
  });

  test('a foreign server shows up: silence within 2 s of its first reply, a reason on the screen, and no new start', async () => {
    const { network, client, clientMac, masterMac } = room;
    const booting = bootingMachine(clientMac);
    await network.ip(client, 'address', 'add', '10.77.255.9/16', 'dev', 'eth0');
    const readRequest = Buffer.from('\0\u0001snponly.efi\0octet\0', 'latin1');
    const toMaster = { sourceMac: clientMac, destinationMac: masterMac, sourceAddress: '10.77.255.9', destinationAddress: '10.77.0.1' };
    const tftp = udp4({ ...toMaster, sourcePort: 3000, destinationPort: 69, payload: readRequest });
    for (const frame of [booting.discover, booting.solicit, booting.routerSolicitation, tftp])
      stack.use(repeatFrame(network, client, 'eth0', frame));
    const kinds = (frames: readonly SeenFrame[]): Set<string> => new Set(frames.filter(isFrom(masterMac)).map(kindOf));
    const startMs = Math.max(0, ...(await room.frames()).map(({ atMs }) => atMs));
    const later = ({ atMs }: SeenFrame): boolean => atMs > startMs;
    const wanted = ['DHCP', 'DHCPv6', 'router advertisement', 'TFTP'];
    await framesWith(room, (all) => wanted.every((kind) => kinds(all.filter(later)).has(kind)));

    await network.ip(network.far, 'address', 'add', '192.168.30.1/24', 'dev', 'sw');
    const foreign: Child = await startForeignServer(network, 'sw', ['--dhcp-range=192.168.30.50,192.168.30.90', '--no-ping']);
    const refused = await room.until(({ state }) => state === 'refused');
    const stopped = await room.until((line) => line.kind === 'not-serving' && room.said.indexOf(line) > room.said.indexOf(refused));
    assert.deepEqual(
      refused.reasons?.map(({ code }) => code),
      ['foreign-dhcp-server'],
    );
    assert.match(refused.lines?.join('\n') ?? '', /NOT served\. On seg another DHCP server answers: at 192\.168\.30\.1/);
    assert.match(stopped.reason ?? '', /another DHCP server answers/);

    const isForeignReply = (one: SeenFrame): boolean => dhcpReplyTo(one) !== undefined && one.frame.source !== masterMac;
    const first = (await room.frames()).find(isForeignReply);
    assert.ok(first !== undefined, 'the foreign server was not heard');
    await framesWith(room, (all) => (all.at(-1)?.atMs ?? 0) > first.atMs + SILENCE_LIMIT_MS + 500);
    await foreign.stop();
    const goneMs = (await room.frames()).at(-1)?.atMs ?? 0;
    const all = await framesWith(room, (those) => (those.at(-1)?.atMs ?? 0) > goneMs + 3000);
    const late = all.filter((one) => isFrom(masterMac)(one) && one.atMs > first.atMs + SILENCE_LIMIT_MS);
    assert.deepEqual(late.map(kindOf), []);
    assert.ok(all.filter((one) => one.frame.source === clientMac && one.atMs > goneMs).length > 4, 'machines went on asking');
    assert.equal(room.said.filter(({ kind }) => kind === 'state').at(-1)?.state, 'refused');
  });
});

const POLL_MS = 200;
const PATIENCE_MS = 20_000;

/** The frames so far, as soon as they are what is waited for. */
async function framesWith(room: GuardedRoom, fits: (frames: SeenFrame[]) => boolean): Promise<SeenFrame[]> {
  for (const patience = AbortSignal.timeout(PATIENCE_MS); ; await delay(POLL_MS)) {
    const frames = await room.frames();
    if (fits(frames)) return frames;
    if (patience.aborted)
      assert.fail(`not seen: ${JSON.stringify([...new Set(frames.map((one) => `${kindOf(one)} from ${one.frame.source}`))])}`);
  }
}

function isFrom(mac: string): (one: SeenFrame) => boolean {
  return ({ frame }) => frame.source === mac;
}

/** The machine that a DHCP reply is for; undefined when the frame is none. */
function dhcpReplyTo({ frame: { payload } }: SeenFrame): string | undefined {
  if (payload.kind !== 'ipv4' || payload.udp === undefined || ![67, 68].includes(payload.udp.destinationPort)) return undefined;
  const message = decodeDhcp(payload.udp.payload);
  return message?.op === 'reply' ? message.clientMac : undefined;
}

function isDhcp6Answer({ frame: { payload } }: SeenFrame): boolean {
  return payload.kind === 'ipv6' && payload.udp?.destinationPort === 546;
}

function kindOf(one: SeenFrame): string {
  const { payload } = one.frame;
  if (dhcpReplyTo(one) !== undefined) return 'DHCP';
  if (isDhcp6Answer(one)) return 'DHCPv6';
  if (payload.kind === 'ipv6' && payload.icmpType === 134) return 'router advertisement';
  if (payload.kind === 'ipv4' && payload.udp?.destinationPort === 3000) return 'TFTP';
  return payload.kind === 'ipv6' ? `IPv6 ${payload.icmpType ?? payload.protocol}` : payload.kind;
}
