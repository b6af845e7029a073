import { type StageTimes, stageTimes } from '../../src/lab/times/stage-times.ts';
import { timesTable } from '../../src/lab/times/times-table.ts';
import { tell, tellNotRun } from './frame/tell.ts';
import { openPeerRoom, plainPeer } from './peers/peer-room.ts';

/**
 * From a peer's first DISCOVER to its receipt, in virtual machines: the image of RECON_ISO= against that of RECON_OTHER_ISO=, by turns, RECON_ROUNDS= times
 * (default 2), with BIOS and UEFI one after the other. The medians are of the ratios of one round.
 */
const [iso, other] = [process.env['RECON_ISO'], process.env['RECON_OTHER_ISO']];
const ROUNDS = Number(process.env['RECON_ROUNDS'] ?? '2');
const MEMORY_MIB = 1536;
const PEERS = (['bios', 'uefi'] as const).map((firmware, index) => plainPeer(1 + index, firmware, MEMORY_MIB));

if (iso === undefined || other === undefined)
  tellNotRun('it takes virtual machines: name two ISO images with RECON_ISO= and RECON_OTHER_ISO=');
else {
  const [ours, others]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [mine, theirs] = [await timesWith(iso), await timesWith(other)];
    for (const line of [`${iso}:`, ...timesTable(mine), `${other}:`, ...timesTable(theirs)]) process.stdout.write(`  ${line}\n`);
    ours.push(...mine.map(({ totalSeconds }) => totalSeconds));
    others.push(...theirs.map(({ totalSeconds }) => totalSeconds));
  }
  tell('peer-time.total', { ours, theirs: others });
}

async function timesWith(isoPath: string): Promise<StageTimes[]> {
  await using room = await openPeerRoom(isoPath, PEERS);
  const times: StageTimes[] = [];
  for (const peer of PEERS) {
    const { words, console } = await room.run(peer);
    const clockOffsetMs = await room.clockOffsetMs();
    const { ledger } = await room.tarball();
    const own = ledger.filter(({ mac }) => mac === peer.nics[0]?.mac);
    const taken = stageTimes({ name: peer.firmware, ledger: own, console, clockOffsetMs });
    if (taken === undefined) {
      const stages = own.map(({ stage, at }) => `${stage} ${at}`).join(', ');
      throw new Error(`${peer.name} of ${isoPath} has no DISCOVER or no receipt: ${words}; of ${ledger.length} events it has: ${stages}`);
    }
    times.push(taken);
  }
  return times;
}
