import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Child } from '../../src/platform/process/child.ts';
import { run } from '../../src/platform/process/command.ts';
import { type DhcpAnswer, MASTER_URL, type MasterRoom, masterRoom } from './fixtures/master-room.ts';

const isRoot = process.getuid?.() === 0;
const BIOS = { 60: 'PXEClient:Arch:00000:UNDI:002001', 93: '0x0000' };
const UEFI = { 60: 'PXEClient:Arch:00007:UNDI:003016', 93: '0x0007' };
/** Option 175 of Debian's undionly.kpxe, as it was captured: the card, the version, and its features. */
const DEBIAN_IPXE = 'b105018086100eeb03010000170101220101130101110101270101190101290101100102210101150101180101120101';

/** The capture of the master begins a moment after it serves. */
async function untilSeen(look: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) if (await look()) return;
  assert.fail('it was not seen');
}

function without(option: string, feature: string): string {
  return option.replace(feature, '');
}

/** A card, other features, then HTTP at this place: iPXE has them in the order in which it was linked. */
function featureAt(place: number): string {
  const others = place - 7;
  const odd = ['', '99020007', 'eb03010000'][others % 3] ?? '';
  return `b105018086100e${odd}${'170101'.repeat((others - odd.length / 2) / 3)}130101280101`;
}

describe('the master on the network: real dnsmasq in a network namespace', { skip: isRoot ? false : 'needs root' }, () => {
  let room: MasterRoom;
  let master: Child;
  before(async () => {
    room = await masterRoom();
    master = await room.start();
    await room.event(({ kind }) => kind === 'serving');
    await room.event(({ kind }) => kind === 'listening');
  });
  after(() => room[Symbol.asyncDispose]());

  const text = (answer: DhcpAnswer | undefined, option: number): string | undefined => {
    const hex = answer?.options[String(option)];
    return hex === undefined ? undefined : Buffer.from(hex, 'hex').toString('latin1').replace(/\0$/, '');
  };

  const firmware: [what: string, options: Record<string, string>, bootFile: string | undefined][] = [
    ['BIOS', { 60: 'PXEClient:Arch:00000:UNDI:002001', 93: '0x0000' }, 'undionly.kpxe'],
    ['UEFI x64', { 60: 'PXEClient:Arch:00007:UNDI:003016', 93: '0x0007' }, 'snponly.efi'],
    ['UEFI byte code, which some x64 firmware says', { 60: 'PXEClient:Arch:00009', 93: '0x0009' }, 'snponly.efi'],
    ['UEFI HTTP boot', { 60: 'HTTPClient:Arch:00016:UNDI:003016', 93: '0x0010' }, `${MASTER_URL}/install/loader/snponly.efi`],
    ['iPXE on BIOS', { ...BIOS, 77: 'iPXE', 175: `0x${DEBIAN_IPXE}` }, `${MASTER_URL}/menu.ipxe`],
    ['iPXE on UEFI', { 60: 'PXEClient:Arch:00007', 77: 'iPXE', 93: '0x0007', 175: `0x${DEBIAN_IPXE}` }, `${MASTER_URL}/menu.ipxe`],
    ['iPXE of a card that does not say its name', { ...BIOS, 175: '0xb1050115b31013130101180101' }, `${MASTER_URL}/menu.ipxe`],
    ['iPXE without features', { ...BIOS, 77: 'iPXE', 175: '0xb105018086100e' }, 'undionly.kpxe'],
    ['iPXE by its name alone', { ...BIOS, 77: 'iPXE' }, 'undionly.kpxe'],
    ['UEFI with an iPXE that has no HTTP', { ...UEFI, 77: 'iPXE', 175: `0x${without(DEBIAN_IPXE, '130101')}` }, 'snponly.efi'],
    ['a card whose number looks like the feature', { ...BIOS, 77: 'iPXE', 175: '0xb1050115b31013210101100102' }, 'undionly.kpxe'],
    ['gPXE', { ...BIOS, 77: 'gPXE', 175: '0xb105018086100eeb03010000130101170101' }, 'undionly.kpxe'],
    ...[7, 10, 11, 28, 29, 30, 31, 32, 59, 60].map((place): [string, Record<string, string>, string] => [
      `iPXE with the feature at place ${place}`,
      { ...BIOS, 77: 'iPXE', 175: `0x${featureAt(place)}` },
      `${MASTER_URL}/menu.ipxe`,
    ]),
    ...[31, 32, 59, 60].map((place): [string, Record<string, string>, string] => [
      `the same without it, ${place} bytes and more`,
      { ...BIOS, 77: 'iPXE', 175: `0x${without(featureAt(place), '130101')}` },
      'undionly.kpxe',
    ]),
    ['our own live system', { 60: 'recon' }, undefined],
  ];
  for (const [index, [what, options, bootFile]] of firmware.entries()) {
    it(`offers ${bootFile ?? 'an address without a boot file'} to ${what}`, async () => {
      const [offer] = await room.dhcp({ mac: `52:54:00:00:01:${String(index).padStart(2, '0')}`, options });
      assert.ok(offer, 'no OFFER');
      assert.equal(text(offer, 67) ?? (offer.bootFile === '' ? undefined : offer.bootFile), bootFile);
      assert.match(offer.address, /^10\.77\./);
      assert.equal(offer.options['3'], undefined, 'a router was named');
      assert.equal(offer.options['6'], '0a4d0001', 'DNS server');
      assert.equal(offer.options['51'], '00000258', 'lease of 10 minutes');
      assert.equal(text(offer, 60), what === 'UEFI HTTP boot' ? 'HTTPClient' : undefined);
      assert.equal(offer.options['175']?.startsWith('b00101') ?? false, bootFile?.endsWith('menu.ipxe') ?? false, 'no-proxydhcp');
    });
  }

  const strangers: [what: string, request: Record<string, unknown>][] = [
    ['DISCOVER of an installed system', { options: { 60: 'MSFT 5.0' } }],
    ['DISCOVER without a vendor class', { options: {} }],
    ['REQUEST for a foreign address (INIT-REBOOT), which an authoritative server NAKs', { messageType: 3, options: { 50: '0xc0a80105' } }],
    ['REQUEST for one of our own addresses', { messageType: 3, options: { 50: '0x0a4d0105' } }],
    ['REQUEST to us by name', { messageType: 3, options: { 50: '0xc0a80105', 54: '0x0a4d0001' } }],
    ['INFORM', { messageType: 8, options: { 60: 'MSFT 5.0' } }],
  ];
  for (const [index, [what, request]] of strangers.entries()) {
    it(`sends nothing to a stranger: ${what}`, async () => {
      assert.deepEqual(await room.dhcp({ mac: `52:54:00:00:02:0${index}`, waitMs: 1000, ...request }), []);
    });
  }
  const unanswered: [what: string, options: Record<string, string>, architecture: number | undefined][] = [
    ['UEFI on arm64', { 60: 'PXEClient:Arch:00011:UNDI:003016', 93: '0x000b' }, 11],
    ['firmware that nobody knows', { 60: 'PXEClient:Arch:00099:UNDI:003016', 93: '0x0063' }, 99],
    ['a ROM that does not say what it is', { 60: 'PXEClient' }, undefined],
  ];
  for (const [index, [what, options, architecture]] of unanswered.entries()) {
    it(`does not answer ${what}, and says so`, async () => {
      const mac = `52:54:00:00:05:0${index}`;
      assert.deepEqual(await room.dhcp({ mac, waitMs: 1000, options }), []);
      const said = await room.event((event) => event.kind === 'unanswered' && event.mac === mac);
      assert.equal('architecture' in said ? said.architecture : undefined, architecture);
    });
  }
  it('knows of machines that boot over InfiniBand, each by its port, although nobody answers them', async () => {
    for (const last of ['ab', 'cd']) {
      const options = { ...BIOS, 61: `0xff0000000000020000000002c90300a1b2${last}` };
      const request = { hardwareType: 32, mac: '', transaction: `000000${last}`, waitMs: 1000, options };
      await untilSeen(async () => {
        assert.deepEqual(await room.dhcp(request), []);
        return room.events.some((event) => event.kind === 'unanswered' && event.mac === `00:02:c9:a1:b2:${last}`);
      });
      const noted = await room.event(({ kind, event }) => kind === 'ledger' && JSON.stringify(event).includes(`00:02:c9:a1:b2:${last}`));
      assert.match(
        JSON.stringify(noted.event),
        new RegExp(`client identifier ff:00:00:00:00:00:02:00:00:00:00:02:c9:03:00:a1:b2:${last}"`),
      );
    }
  });

  it('says which stranger asked', async () => {
    await room.event((event) => event.kind === 'stranger' && event.mac === '52:54:00:00:02:00');
  });

  it('keeps one address for a machine through ROM, iPXE and Linux, and notes each step', async () => {
    const mac = '52:54:00:00:03:01';
    const [rom] = await room.dhcp({ mac, options: { 60: 'PXEClient:Arch:00000', 93: '0x0000', 61: '0x000102030405' } });
    assert.ok(rom);
    const requested = `0x${rom.address
      .split('.')
      .map((octet) => Number(octet).toString(16).padStart(2, '0'))
      .join('')}`;
    const [acknowledged] = await room.dhcp({
      mac,
      messageType: 3,
      options: { 60: 'PXEClient:Arch:00000', 50: requested, 54: '0x0a4d0001' },
    });
    assert.equal(acknowledged?.address, rom.address);
    const [linux] = await room.dhcp({ mac, options: { 60: 'recon', 61: '0xff0a0b0c0d' } });
    assert.equal(linux?.address, rom.address);
    for (const stage of ['discover', 'offer', 'request', 'ack']) {
      await room.event((event) => event.kind === 'ledger' && isStage(event.event, mac, stage));
    }
  });

  it('resolves bang and nothing else', async () => {
    const names = [
      ['bang', true],
      ['bang.recon.internal', true],
      ['example.org', false],
    ] as const;
    for (const [name, known] of names) assert.equal(await resolve(name), known ? '10.77.0.1' : '', name);
  });

  it('hands out the loaders by TFTP', async () => {
    const { body } = await room.curl(['tftp://10.77.0.1/undionly.kpxe']);
    assert.equal(body.toString('utf8'), 'bios loader');
  });

  it('gives nothing else by TFTP, whatever the path, and takes nothing', async () => {
    await writeFile(join(room.root, 'secret'), 'only for the master');
    for (const step of ['../', '..%2f', '%2e%2e%2f', '....//', '/../', '..\\', './../', '%252e%252e%252f']) {
      for (const target of ['secret', 'state/tokens.jsonl', 'data/ledger.jsonl', 'etc/passwd'])
        for (const times of [1, 3]) {
          const { body } = await room.curl([
            '--path-as-is',
            '--max-time',
            '2',
            '--tftp-no-options',
            `tftp://10.77.0.1/${step.repeat(times)}${target}`,
          ]);
          assert.equal(body.length, 0, `${step.repeat(times)}${target}`);
        }
    }
    const { result } = await room.curl(['--max-time', '5', '--upload-file', '-', 'tftp://10.77.0.1/undionly.kpxe'], 'another loader');
    assert.notEqual(result.exitCode, 0, 'a file was taken');
    assert.equal((await room.curl(['tftp://10.77.0.1/undionly.kpxe'])).body.toString('utf8'), 'bios loader');
  });

  it('falls silent on a segment, and serves it again, when it is told to', async () => {
    const mac = '52:54:00:00:04:01';
    const discover = { mac, options: { 60: 'PXEClient:Arch:00007', 93: '0x0007' } };
    const [before] = await room.dhcp(discover);
    assert.ok(before, 'no OFFER');
    room.events.length = 0;
    master.kill('SIGUSR2');
    await room.event(({ kind }) => kind === 'not-serving');
    assert.deepEqual(await room.dhcp({ ...discover, waitMs: 1000 }), []);
    assert.equal((await room.curl([`${MASTER_URL}/ready`])).status, 0, 'HTTP is closed there too');
    master.kill('SIGHUP');
    await room.event(({ kind }) => kind === 'serving');
    assert.equal((await room.dhcp(discover))[0]?.address, before.address);
  });

  /** the address that the master's DNS gives, or nothing */
  async function resolve(name: string): Promise<string> {
    const script = `
      const { Resolver } = require('node:dns/promises');
      const resolver = new Resolver({ timeout: 10_000, tries: 1 });
      resolver.setServers(['10.77.0.1']);
      resolver.resolve4(process.argv[1]).then((found) => process.stdout.write(found.join()), () => {});`;
    const { stdout } = await run(room.peer.inside([process.execPath, '-e', script, name]), { timeoutMs: 30_000 });
    return stdout.toString('utf8');
  }
});

function isStage(event: unknown, mac: string, stage: string): boolean {
  return typeof event === 'object' && event !== null && 'mac' in event && event.mac === mac && 'stage' in event && event.stage === stage;
}
