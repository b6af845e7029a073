import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { bootFile, type DhcpMessage, decodeDhcp, encodeDhcp } from '../../src/master/guard/packets/dhcp-packet.ts';
import { encodeUdpFrame } from '../../src/master/guard/packets/udp-frame.ts';
import { startForeignServer } from './fixtures/guard-network.ts';
import { type GuardedRoom, guardedRoom, type SeenFrame } from './fixtures/guarded-room.ts';

const isRoot = process.getuid?.() === 0;
const OURS = '192.168.26.250';
const PATIENCE_MS = 20_000;
const UEFI = { 60: 'PXEClient:Arch:00007:UNDI:003016', 93: '0x0007' };

describe('ProxyDHCP beside the DHCP server of a network', { skip: isRoot ? false : 'needs root' }, () => {
  const stack = new AsyncDisposableStack();
  let room: GuardedRoom;
  before(async () => {
    room = stack.use(await guardedRoom(`recon-test-${process.pid}-p`));
    const { network, client } = room;
    await network.ip(network.far, 'address', 'add', '192.168.26.1/24', 'dev', 'sw');
    await startForeignServer(network, 'sw', ['--dhcp-range=192.168.26.50,192.168.26.90', '--no-ping']);
    await network.ip(client, 'address', 'add', '192.168.26.9/24', 'dev', 'eth0');
    await network.ip(client, 'route', 'add', 'default', 'dev', 'eth0');
    await room.start({ mode: 'proxy-dhcp', address: `${OURS}/24` });
    await room.until(({ kind }) => kind === 'serving');
  });
  after(() => stack.disposeAsync());

  const machines: [what: string, options: Record<string, string>, fits: (offer: Reply) => boolean][] = [
    ['UEFI', UEFI, ({ message }) => message.serverAddress === OURS],
    ['BIOS', { 60: 'PXEClient:Arch:00000:UNDI:002001', 93: '0x0000' }, ({ message }) => message.options.has(43)],
    ['iPXE', { ...UEFI, 77: 'iPXE', 175: '0xb1050115b31013130101180101' }, ({ file }) => file === `http://${OURS}/menu.ipxe`],
    [
      'iPXE without HTTP',
      { ...UEFI, 77: 'iPXE', 175: '0xb1050115b31013210101' },
      ({ message, file }) => message.serverAddress === OURS && file?.startsWith('http') !== true,
    ],
  ];
  for (const [index, [what, options, fits]] of machines.entries()) {
    test(`${what} is offered a boot file, and no address`, async () => {
      const mac = `52:54:00:00:09:0${index}`;
      await ask({ mac, options });
      const offer = await ourReplyTo(mac);
      assert.equal(offer.message.yourAddress, '0.0.0.0');
      assert.match(Buffer.from(offer.message.options.get(60) ?? []).toString(), /^PXEClient/);
      assert.ok(fits(offer), JSON.stringify(offer.file));
    });
  }

  test('UEFI gets the name of its loader on port 4011, and the loader by TFTP', async () => {
    const mac = '52:54:00:00:09:10';
    const options = new Map([
      [53, Uint8Array.of(3)],
      [60, Buffer.from(UEFI[60])],
      [93, Uint8Array.of(0, 7)],
      [97, new Uint8Array(17)],
    ]);
    const question = { op: 'request', transactionId: 9, seconds: 0, broadcast: false, clientMac: mac, options } as const;
    const addresses = { clientAddress: '192.168.26.9', yourAddress: '0.0.0.0', serverAddress: '0.0.0.0', relayAddress: '0.0.0.0' };
    const frame = encodeUdpFrame({
      sourceMac: room.clientMac,
      destinationMac: room.masterMac,
      sourceAddress: '192.168.26.9',
      destinationAddress: OURS,
      sourcePort: 68,
      destinationPort: 4011,
      payload: encodeDhcp({ ...question, ...addresses }, 548),
    });
    await room.inClient(['socat', '-u', '-b', String(frame.length), '-', 'INTERFACE:eth0'], frame);
    assert.equal((await ourReplyTo(mac)).file, 'snponly.efi');
    const { stdout } = await room.inClient(['curl', '--silent', '--max-time', '10', `tftp://${OURS}/snponly.efi`]);
    assert.equal(stdout.toString('utf8'), 'efi loader');
  });

  test('ordinary machines, and our own live system, have their address from the other server alone', async () => {
    for (const [index, options] of [{ 60: 'MSFT 5.0' }, {}, { 60: 'recon' }, { 60: 'PXEClient:Arch:00011', 93: '0x000b' }].entries())
      await ask({ mac: `52:54:00:00:09:2${index}`, options });
    const answers = (frames: readonly SeenFrame[]): Set<string> =>
      new Set(frames.flatMap((one) => (isReply(one) ? [`${replyOf(one)?.message.clientMac} ${one.frame.source === room.masterMac}`] : [])));
    const isAnswered = (frames: readonly SeenFrame[]): boolean =>
      [0, 1, 2, 3].every((index) => answers(frames).has(`52:54:00:00:09:2${index} false`));
    let frames = await room.frames();
    for (const patience = AbortSignal.timeout(PATIENCE_MS); !isAnswered(frames); frames = await room.frames()) {
      assert.ok(!patience.aborted, 'the other server has not answered');
      await delay(100);
    }
    const answered = answers(frames);
    for (let index = 0; index < 4; index++) {
      assert.ok(!answered.has(`52:54:00:00:09:2${index} true`), 'and so have we');
    }
    assert.ok(!frames.some(({ frame }) => frame.source === room.masterMac && frame.payload.kind === 'ipv6'), 'no IPv6 from us');
  });

  async function ask(request: unknown): Promise<void> {
    await room.inClient([
      process.execPath,
      join(import.meta.dirname, 'fixtures/dhcp-client.ts'),
      JSON.stringify({ waitMs: 700, ...Object(request) }),
    ]);
  }

  async function ourReplyTo(mac: string): Promise<Reply> {
    for (const patience = AbortSignal.timeout(PATIENCE_MS); ; await delay(100)) {
      const found = (await room.frames()).filter(({ frame }) => frame.source === room.masterMac).map(replyOf);
      const reply = found.find((one) => one?.message.clientMac === mac);
      if (reply !== undefined) return reply;
      if (patience.aborted) assert.fail(`no reply of ours to ${mac}`);
    }
  }
});

interface Reply {
  message: DhcpMessage;
  file: string | undefined;
}

function isReply(one: SeenFrame): boolean {
  return replyOf(one) !== undefined;
}

function replyOf({ frame: { payload } }: SeenFrame): Reply | undefined {
  if (payload.kind !== 'ipv4' || payload.udp === undefined || ![67, 68].includes(payload.udp.destinationPort)) return undefined;
  const message = decodeDhcp(payload.udp.payload);
  return message?.op === 'reply' ? { message, file: bootFile(payload.udp.payload, message) } : undefined;
}
