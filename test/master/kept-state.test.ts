import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parseDnsmasqLine } from '../../src/master/dhcp/dnsmasq/log.ts';
import { noteDnsmasqLine } from '../../src/master/dhcp/note-line.ts';
import { unmergedOffers } from '../../src/master/dhcp/unmerged-offers.ts';
import { followMedium } from '../../src/master/follow-medium.ts';
import { MASTER_LIMITS } from '../../src/master/http/limits.ts';
import { type KeptState, openKeptState } from '../../src/master/kept-state.ts';
import { temporaryDirectory } from '../../src/platform/files/files.ts';
import { silentLog } from '../../src/platform/log.ts';
import { withoutSync } from './fixture-records.ts';

const [STRANGERS, HONEST] = [10, '52:54:00:00:00:01'];
const strangerAt = (number: number): string => `02:00:00:00:00:${number.toString(16).padStart(2, '0')}`;

it('has a token and a line for a machine with a lease, when all places are taken by invented ones', async () => {
  await using directory = await temporaryDirectory('recon-kept-');
  const dataDirectory = join(directory.path, 'data');
  const events = { emit: () => {}, fault: () => {} };
  const { medium } = followMedium({ dataDirectory, syncData: withoutSync }, events);
  const { tokens, leases, ledger } = await openKeptState({
    ...{
      stateDirectory: join(directory.path, 'state'),
      dataDirectory,
      storage: 'ram',
      medium,
      manifest: { builtAt: '2026-01-01T00:00:00Z' },
    },
    ...{ limits: { ...MASTER_LIMITS, machines: STRANGERS, leases: 100 }, now: () => new Date(), log: silentLog, events },
  });
  for (let number = 0; number < STRANGERS; number += 1) {
    await tokens.mint(strangerAt(number), `10.77.200.${number}`);
    ledger.add({ mac: strangerAt(number), stage: 'kernel' });
  }
  assert.equal(ledger.hasRoomFor(HONEST), false);
  await assert.rejects(tokens.mint(HONEST, '10.77.1.1'), { code: 'busy' });
  await leases.add(HONEST, '10.77.1.1');
  assert.equal(ledger.hasRoomFor(HONEST), true);
  assert.ok(tokens.find(HONEST, await tokens.mint(HONEST, '10.77.1.1')));
  ledger.add({ mac: HONEST, stage: 'script' });
  assert.equal(ledger.machine(HONEST)?.stage, 'script');
  await ledger.close();
});

describe('a master that was switched off and on', () => {
  const [OTHER, MOVED, PROXIED] = ['52:54:00:00:00:02', '52:54:00:00:00:03', '52:54:00:00:00:04'];
  const open = (root: string, boot: string): Promise<KeptState> => {
    const dataDirectory = join(root, 'data');
    const events = { emit: () => {}, fault: () => {} };
    const { medium } = followMedium({ dataDirectory, syncData: withoutSync }, events);
    const place = { stateDirectory: join(root, boot), dataDirectory, storage: 'ram' as const, medium };
    const me = { macs: ['52:54:00:00:00:99'], serial: 'MASTER-1', uuid: '4c4c4544-0042-3510-8052-b4c04f4d4432' };
    const rest = {
      place: me,
      manifest: { builtAt: '2026-01-01T00:00:00Z' },
      limits: MASTER_LIMITS,
      now: () => new Date(),
      log: silentLog,
      events,
    };
    return openKeptState({ ...place, ...rest });
  };
  const say = ({ ledger, leases }: KeptState, text: string): void => {
    const line = parseDnsmasqLine(`dnsmasq-dhcp[7]: 3 ${text}`) ?? assert.fail(text);
    noteDnsmasqLine(line, { ledger, leases, log: silentLog, unmerged: unmergedOffers(), architectures: [], emit: () => {} });
  };

  it('knows from its ledger who has which address, the latest counts, and dnsmasq is told', async () => {
    await using directory = await temporaryDirectory('recon-kept-');
    const first = await open(directory.path, 'boot-1');
    say(first, `DHCPACK(eno1) 10.77.1.1 ${HONEST}`);
    say(first, `DHCPACK(eno1) 10.77.1.2 ${OTHER}`);
    say(first, `DHCPACK(eno1) 10.77.1.3 ${MOVED}`);
    // OTHER was away too long, and MOVED got its address
    say(first, `DHCPACK(eno1) 10.77.1.2 ${MOVED}`);
    say(first, `PXE(eno1) 192.168.9.7 ${PROXIED} ipxe`);
    first.ledger.add({ mac: OTHER, stage: 'script', address: '10.77.1.9' });
    await first.ledger.close();

    const second = await open(directory.path, 'boot-2');
    const addresses = [HONEST, OTHER, MOVED, PROXIED].map((mac) => second.leases.addressOf(mac));
    assert.deepEqual(addresses, ['10.77.1.1', undefined, '10.77.1.2', undefined]);
    await second.leases.compact();
    assert.equal(await readFile(second.hostsFile, 'utf8'), `${HONEST},10.77.1.1\n${MOVED},10.77.1.2\n`);
    await second.ledger.close();

    // the service alone starts again: what it wrote itself is newer than what the ledger has of it
    await writeFile(second.hostsFile, `${HONEST},10.77.5.5\n`);
    const third = await open(directory.path, 'boot-2');
    assert.deepEqual([third.leases.addressOf(HONEST), third.leases.addressOf(MOVED)], ['10.77.5.5', undefined]);
    await third.ledger.close();
  });
});
