import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { addressFromBytes } from '../../src/domain/ip-address.ts';
import type { Dhcp6Answer, Dhcp6Question } from './fixtures/dhcp6-client.ts';
import { type GuardedRoom, guardedRoom, SEGMENT_INTERFACE } from './fixtures/guarded-room.ts';

const isRoot = process.getuid?.() === 0;
const MASTER = 'fd52:4543:4f4e:1::1';
const UEFI = { vendorClass: 'PXEClient:Arch:00007:UNDI:003016', architecture: 7 };

describe('network boot over IPv6: real dnsmasq behind the guard', { skip: isRoot ? false : 'needs root' }, () => {
  let room: GuardedRoom;
  before(async () => {
    room = await guardedRoom(`recon-test-${process.pid}-6`);
    await room.start();
    await room.until(({ kind }) => kind === 'serving');
  });
  after(() => room[Symbol.asyncDispose]());

  async function ask(question: Dhcp6Question): Promise<Dhcp6Answer[]> {
    const program = join(import.meta.dirname, 'fixtures/dhcp6-client.ts');
    const { stdout, stderr } = await room.inClient([process.execPath, program, JSON.stringify(question)]);
    assert.equal(stderr.toString(), '');
    return JSON.parse(stdout.toString('utf8'));
  }

  const firmware: [what: string, options: Partial<Dhcp6Question>, url: string][] = [
    ['UEFI x64', UEFI, `tftp://[${MASTER}]/snponly.efi`],
    ['UEFI byte code', { vendorClass: 'PXEClient:Arch:00009', architecture: 9 }, `tftp://[${MASTER}]/snponly.efi`],
    ['UEFI HTTP boot', { vendorClass: 'HTTPClient:Arch:00016', architecture: 16 }, `http://[${MASTER}]/install/loader/snponly.efi`],
    ['iPXE', { ...UEFI, userClass: 'iPXE' }, 'http://10.77.0.1/menu.ipxe'],
  ];
  for (const [index, [what, options, url]] of firmware.entries()) {
    it(`offers ${url} to ${what}`, async () => {
      const [advertise] = await ask({ duid: `0003000152540000060${index}`, messageType: 1, ...options });
      assert.equal(advertise?.messageType, 2, 'no ADVERTISE');
      assert.equal(text(advertise.options[59]), url);
      assert.equal(
        advertise.options[16]?.slice(8),
        what === 'UEFI HTTP boot' ? `000a${Buffer.from('HTTPClient').toString('hex')}` : undefined,
      );
    });
  }

  it('gives an address, with which the loader is fetched by TFTP and by HTTP, and the name is resolved', async () => {
    const machine = { duid: '00030001525400000701', ...UEFI };
    const [advertise] = await ask({ ...machine, messageType: 1 });
    assert.ok(advertise);
    const { 2: serverId, 3: ia } = advertise.options;
    assert.ok(serverId !== undefined && ia !== undefined);
    const [reply] = await ask({ ...machine, messageType: 3, serverId, ia });
    assert.equal(reply?.messageType, 7, 'no REPLY');
    const given = Buffer.from(reply.options[3] ?? '', 'hex');
    const address = addressFromBytes(given.subarray(16, 32));
    assert.match(address, /^fd52:4543:4f4e:1::1:[0-9a-f]+$/);
    await room.network.ip(room.client, 'address', 'add', `${address}/64`, 'dev', 'eth0', 'nodad');
    for (const url of [`tftp://[${MASTER}]/snponly.efi`, `http://[${MASTER}]/install/loader/snponly.efi`]) {
      const { stdout, stderr } = await room.inClient(['curl', '--silent', '--show-error', '--globoff', '--max-time', '10', url]);
      assert.equal(stdout.toString('utf8'), 'efi loader', `${url}: ${stderr}`);
    }
    assert.equal(await resolve6('bang'), MASTER);
    assert.equal(await resolve6('example.org'), '');
  });

  const strangers: [what: string, question: Omit<Dhcp6Question, 'duid'>][] = [
    ['SOLICIT with another vendor class', { messageType: 1, vendorClass: 'MSFT 5.0' }],
    ['SOLICIT of UEFI on arm64', { messageType: 1, vendorClass: 'PXEClient:Arch:00011', architecture: 11 }],
  ];
  for (const [index, [what, question]] of strangers.entries()) {
    it(`sends nothing to a stranger: ${what}`, async () => {
      assert.deepEqual(await ask({ duid: `0003000152540000080${index}`, waitMs: 700, ...question }), []);
    });
  }

  it('advertises itself as no router, gives no prefix to make addresses of, and no DNS server', async () => {
    const advertisements = (await room.frames()).filter(
      ({ frame }) => frame.source === room.masterMac && frame.payload.kind === 'ipv6' && frame.payload.icmpType === 134,
    );
    assert.ok(advertisements.length > 0, 'no router advertisement');
    for (const { bytes } of advertisements) {
      const message = Buffer.from(bytes.subarray(54));
      assert.equal((message[5] ?? 0) & 0x80, 0x80, 'managed: addresses come from DHCPv6');
      assert.equal(message.readUInt16BE(6), 0, 'router lifetime');
      const options = advertisedOptions(message.subarray(16));
      assert.equal(options.get(3)?.[3], 0x80, 'the prefix is on the link, and not autonomous');
      assert.deepEqual([options.has(25), options.has(31)], [false, false], 'DNS server, search list');
    }
  });

  it('keeps IPv6 off the interface until it is served, and takes it away again', async () => {
    const addresses = async () =>
      JSON.parse(await room.network.ip(room.network.near, '-6', '-j', 'address', 'show', 'dev', SEGMENT_INTERFACE));
    assert.ok(JSON.stringify(await addresses()).includes(`"${MASTER}"`));
    await room.network.ip(room.network.far, 'link', 'set', `f-${SEGMENT_INTERFACE}`, 'down');
    await room.until(({ state }) => state === 'no-link');
    await room.until(({ kind }) => kind === 'not-serving');
    for (const patience = AbortSignal.timeout(10_000); JSON.stringify(await addresses()).includes('fd52:'); ) patience.throwIfAborted();
  });

  /** the address that the master's DNS gives over IPv6, or nothing */
  async function resolve6(name: string): Promise<string> {
    const script = `
      const { Resolver } = require('node:dns/promises');
      const resolver = new Resolver({ timeout: 10_000, tries: 1 });
      resolver.setServers(['[${MASTER}]:53']);
      resolver.resolve6(process.argv[1]).then((found) => process.stdout.write(found.join()), () => {});`;
    return (await room.inClient([process.execPath, '-e', script, name])).stdout.toString('utf8');
  }
});

function text(hexadecimal: string | undefined): string | undefined {
  return hexadecimal === undefined ? undefined : Buffer.from(hexadecimal, 'hex').toString('latin1');
}

function advertisedOptions(bytes: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 0; at + 8 <= bytes.length && bytes[at + 1] !== 0; at += 8 * (bytes[at + 1] ?? 1))
    found.set(bytes[at] ?? 0, bytes.subarray(at));
  return found;
}
