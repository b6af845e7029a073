import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Receipt } from '../../../src/domain/api.ts';
import { hasBmc } from '../../../src/peer/ipmi.ts';
import { cutPower, powerOffOrStayOn } from '../../../src/peer/power.ts';
import { keepReceipt } from '../../../src/peer/run-files.ts';
import { temporaryDirectory } from '../../../src/platform/files/files.ts';
import { fakePeer } from '../../peer/fake-peer.ts';
import { type PowerHabit, type SimulatedBmc, simulatedBmc } from './simulated-bmc.ts';

const RECEIPT: Receipt = { recordSha256: 'ab'.repeat(32), revision: 1, storage: 'stick', masterSequence: 7 };
/** Its clock is not the peer's: what the product gives a BMC 20 s for has 4 s here. */
const FASTER = 5;

interface Case {
  what: string;
  habit: PowerHabit;
  hasAcpi?: boolean;
  /** the kernel has a driver for it; without, only the network reaches it */
  isInside?: boolean;
  /** it never answers, from the start */
  isFrozen?: boolean;
  ends: 'off' | 'on';
  says: RegExp;
  /** how often it is told to cut the power */
  cuts: number;
}

const CASES: readonly Case[] = [
  { what: 'no ACPI, and the BMC cuts the power', habit: 'cuts', ends: 'off', says: /the BMC cuts the power/, cuts: 1 },
  { what: 'ACPI works, and the BMC is not needed', habit: 'cuts', hasAcpi: true, ends: 'off', says: /switches itself off/, cuts: 0 },
  { what: 'it says ok and stays on', habit: 'lies', ends: 'on', says: /still on, although the BMC said 5 times/, cuts: 5 },
  { what: 'it hangs when it is told to', habit: 'hangs', ends: 'on', says: /the BMC cuts the power/, cuts: 0 },
  {
    what: 'it hangs from the start',
    habit: 'cuts',
    isFrozen: true,
    ends: 'on',
    says: /no BMC \(IPMI\) found, so this machine stays on/,
    cuts: 0,
  },
  {
    what: 'only the network reaches it',
    habit: 'cuts',
    isInside: false,
    ends: 'on',
    says: /no BMC \(IPMI\) found, so this machine stays on/,
    cuts: 0,
  },
];

for (const { what, habit, hasAcpi = false, isInside = true, isFrozen = false, ends, says, cuts } of CASES) {
  it(`ipmitool and a simulated BMC: ${what}`, async () => {
    await using bmc = await simulatedBmc(habit);
    await using directory = await temporaryDirectory('recon-bmc-power-');
    const before = await bmc.settings();
    if (isFrozen) bmc.freeze();
    const { said, asked, isOff } = await endOfLife({ directory: directory.path, bmc, hasAcpi, isInside });
    assert.match(said, says);
    assert.equal(isOff, ends === 'off');
    assert.equal(await bmc.cuts(), cuts);
    assert.deepEqual(
      asked.filter((command) => !/^ipmitool -I open (mc info|chassis power off)$/.test(command)),
      [],
    );
    if (!isInside) assert.deepEqual(asked, []);
    // a BMC that hangs cannot be asked
    if (!isFrozen && habit !== 'hangs') assert.equal(await bmc.settings(), before);
  });
}

interface EndOfLife {
  directory: string;
  bmc: SimulatedBmc;
  hasAcpi: boolean;
  isInside: boolean;
}

/** The end of a peer that has its receipt; every command for its BMC is one of ipmitool for the simulated one. */
async function endOfLife({ directory, bmc, hasAcpi, isInside }: EndOfLife): Promise<{ said: string; asked: string[]; isOff: boolean }> {
  const peer = await fakePeer(directory, () => new Response(null, { status: 204 }));
  const asked: string[] = [];
  let isDown = false;
  const runFake = peer.run;
  peer.run = async (argv, options) => {
    if (argv.join(' ') === 'systemctl poweroff') isDown = hasAcpi;
    if (argv[0] !== 'ipmitool') return runFake(argv, options);
    asked.push(argv.join(' '));
    return bmc.ask(argv, { ...options, timeoutMs: options.timeoutMs / FASTER });
  };
  const isOff = async (): Promise<boolean> => isDown || (await bmc.isPowerOff());
  const { sleep } = peer;
  // nothing runs on a machine that is off; a BMC says yes first, and the simulator's program starts then
  peer.sleep = async (durationMs) => {
    for (let look = 0; look < 20; look += 1) {
      if (await isOff()) throw new Error('off');
      await delay(asked.length > 1 ? 50 : 0);
    }
    await sleep(durationMs);
  };
  await mkdir(join(peer.root, 'dev'), { recursive: true });
  if (isInside) await writeFile(join(peer.root, 'dev/ipmi0'), '');
  await keepReceipt(peer.runDirectory, RECEIPT);
  const state = await powerOffOrStayOn({ hasBmc: await hasBmc(peer), receipt: RECEIPT }, peer);
  if (state === 'powering-off') await cutPower(20, peer).catch(() => {});
  return { said: peer.lines.join(' ').replaceAll(/\s+/g, ' '), asked, isOff: await isOff() };
}
