import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runPeerWork } from '../../src/peer/peer.ts';
import { cutPower } from '../../src/peer/power.ts';
import { readReceipt } from '../../src/peer/run-files.ts';
import { exists, temporaryDirectory } from '../../src/platform/files/files.ts';
import type { Argv, CommandResult } from '../../src/platform/process/command.ts';
import { type FakePeer, fakePeer, type SeenRequest } from '../peer/fake-peer.ts';

/** What a machine does when it is told to go off. */
interface Machine {
  /** the operating system's own way works */
  hasAcpi: boolean;
  /**
   * `cuts`: it does what it says. `hangs`: no answer, ever. `lies`: says yes and leaves the power on. `outside`: there is one, and only the network
   * reaches it. `busy`: refuses twice, then does it.
   */
  bmc: 'cuts' | 'hangs' | 'lies' | 'outside' | 'busy';
}

/** Where it ended, on its own clock. */
interface Ending {
  offAfterMs: number | undefined;
  said: string;
  told: string;
}

const CASES: readonly (readonly [what: string, machine: Machine, ends: 'off' | 'on', says: RegExp])[] = [
  ['a good one', { hasAcpi: true, bmc: 'cuts' }, 'off', /switches itself off/],
  ['without ACPI: the BMC cuts the power', { hasAcpi: false, bmc: 'cuts' }, 'off', /the BMC cuts the power/],
  ['without ACPI, and the BMC is busy at first', { hasAcpi: false, bmc: 'busy' }, 'off', /the BMC cuts the power/],
  ['a BMC that lies, where ACPI works', { hasAcpi: true, bmc: 'lies' }, 'off', /switches itself off/],
  ['a BMC that lies, without ACPI', { hasAcpi: false, bmc: 'lies' }, 'on', /still on, although the BMC said 5 times/],
  [
    'a BMC that hangs has shown no sign of life: not switched off',
    { hasAcpi: true, bmc: 'hangs' },
    'on',
    /no BMC \(IPMI\) found, so this machine stays on/,
  ],
  ['a BMC that only the network reaches', { hasAcpi: true, bmc: 'outside' }, 'on', /no BMC \(IPMI\) found, so this machine stays on/],
];

for (const [what, machine, ends, says] of CASES) {
  test(`${what}: ${ends}, and never before the receipt`, async () => {
    const { offAfterMs, said, told } = await liveOn(machine);
    if (ends === 'off') assert.ok((offAfterMs ?? Number.POSITIVE_INFINITY) <= 60_000, `off after ${offAfterMs} ms`);
    else assert.equal(offAfterMs, undefined);
    assert.match(said, says);
    if (machine.bmc === 'lies' && ends === 'on') assert.match(told, /Switch it off by hand/);
  });
}

test('a BMC that answers once and hangs from then on, without ACPI: it is said', async () => {
  await using directory = await temporaryDirectory('recon-bmc-');
  const { peer, life } = await machineIn(directory.path, { hasAcpi: false, bmc: 'cuts' }, (command) => command.includes('chassis'));
  await life();
  assert.match(peer.requests.at(-1)?.body.toString() ?? '', /Switch it off by hand/);
});

async function liveOn(machine: Machine): Promise<Ending> {
  await using directory = await temporaryDirectory('recon-bmc-');
  const { peer, life, offAtMs, receiptAtMs } = await machineIn(directory.path, machine);
  await life();
  return {
    offAfterMs: offAtMs() === undefined ? undefined : (offAtMs() ?? 0) - (receiptAtMs() ?? Number.NaN),
    said: peer.lines.join(' ').replaceAll(/\s+/g, ' '),
    told: peer.requests.map(({ body }) => body.toString()).join('\n'),
  };
}

/** The product's peer on a machine that goes off when its firmware or its BMC does it; from then on nothing of it runs. */
async function machineIn(directory: string, { hasAcpi, bmc }: Machine, hangsAt: (command: string) => boolean = () => false) {
  let [offMs, receiptMs, busy] = [undefined as number | undefined, undefined as number | undefined, bmc === 'busy' ? 2 : 0];
  const goOff = async (): Promise<void> => {
    assert.ok(await exists(join(peer.runDirectory, 'receipt.json')), 'switched off without a receipt');
    offMs ??= peer.nowMs();
  };
  const peer: FakePeer = await fakePeer(directory, (request) => answerOf(request, () => (receiptMs = peer.nowMs())));
  const runFake = peer.run;
  peer.run = async (argv: Argv, options): Promise<CommandResult> => {
    const command = argv.join(' ');
    const hangs = argv[0] === 'ipmitool' && (bmc === 'hangs' || hangsAt(command));
    if (hangs) await peer.sleep(options.timeoutMs);
    else if (command === 'systemctl poweroff' && hasAcpi) await goOff();
    else if (command.endsWith('chassis power off') && bmc !== 'lies' && busy-- <= 0) await goOff();
    const isRefused = command.endsWith('chassis power off') && busy >= 0 && bmc === 'busy' && offMs === undefined;
    return {
      ...(await runFake(argv, options)),
      ...(hangs ? { status: 'timeout', exitCode: undefined } : {}),
      ...(isRefused ? { status: 'failed', exitCode: 1 } : {}),
    };
  };
  await mkdir(join(peer.root, 'dev'), { recursive: true });
  if (bmc !== 'outside') await writeFile(join(peer.root, 'dev/ipmi0'), '');
  const life = async (): Promise<void> => {
    await runPeerWork(peer);
    const isScheduled = peer.commands.some((command) => command.startsWith('systemd-run'));
    // what the unit does that outlives the shutdown, where the machine is still on by then
    if (isScheduled && offMs === undefined) await cutPower(20, peer).catch(() => {});
    assert.equal((await readReceipt(peer.runDirectory))?.revision, 1);
  };
  return { peer, life, offAtMs: () => offMs, receiptAtMs: () => receiptMs };
}

function answerOf({ path, headers, body }: SeenRequest, onReceipt: () => void): Response {
  if (path.endsWith('/capture')) return Response.json({});
  if (!path.endsWith('/record')) return new Response(null, { status: 204 });
  onReceipt();
  assert.ok(body.length > 0);
  const captureSha256 = headers.get('x-recon-capture') ?? undefined;
  return Response.json({ recordSha256: headers.get('x-recon-sha256'), captureSha256, revision: 1, storage: 'stick', masterSequence: 7 });
}
