import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { reportScript } from '../../src/bundle/report-script.ts';
import type { Stage } from '../../src/domain/stages.ts';
import type { MacAddress } from '../../src/domain/values/mac.ts';
import { recordFacts } from '../../src/records/record-facts.ts';
import { RECORD_FILE, type StoredRevision } from '../../src/records/revisions.ts';
import type { MissingMachine } from '../../src/report/missing-machine.ts';
import { sealTarball } from '../../src/seal/seal-tarball.ts';
import { fleetLedger } from './fleet-ledger.ts';
import { fleetMachine } from './fleet-machine.ts';
import { serverModels } from './server-models.ts';

export interface FleetSize {
  machines: number;
  seed?: number;
  /** the same fleet half a year later */
  isLater?: boolean;
}

/** Writes the tarball of a generated fleet, sealed by the master's own code. The same size and seed give the same machines. */
export async function writeFleet(path: string, { machines: wanted, seed = 1, isLater = false }: FleetSize): Promise<{ machines: number }> {
  const work = await mkdtemp(join(dirname(path), `.${basename(path)}-`));
  try {
    const models = serverModels();
    const revisions: StoredRevision[] = [];
    for (let at = 0; revisions.length < wanted; at += 1) {
      const machine = fleetMachine(at, models, { seed, isLater });
      if (machine !== undefined)
        revisions.push(await stored(work, machine.mac, JSON.stringify(machine.record), revisions.length, recordFacts(machine.record)));
    }
    const [first] = revisions;
    // firmware that tries one port after the other: the same machine once more, under its second port
    if (first !== undefined && wanted >= 20) revisions.push({ ...first, mac: '0c:42:ff:00:00:01', receipt: receipt(0) });
    const lost = Array.from({ length: Math.floor(wanted / 100) }, (_, at) => lostMachine(at));
    const now = new Date(isLater ? '2026-11-20T17:00:00Z' : '2026-05-20T17:00:00Z');
    const startMs = now.getTime() - 7 * 3_600_000;
    const ledgerPath = join(work, 'ledger.jsonl');
    const lines = fleetLedger(
      revisions.slice(0, wanted).map(({ mac }) => mac),
      lost,
      startMs,
    );
    await pipeline(Readable.from(lines), createWriteStream(ledgerPath));
    const sealed = await sealTarball({
      ...{ directory: join(work, 'sealed'), site: 'hall-3', imageVersion: '13.0.1', now, revisions, ledgerPath, replaces: undefined },
      missing: lost.map((machine, at): MissingMachine => ({ ...machine, at: new Date(startMs + at * 1000).toISOString() })),
      reportScript: await reportScript(),
    });
    await rename(sealed.path, path);
    return { machines: sealed.machines };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function stored(work: string, mac: MacAddress, record: string, at: number, facts: StoredRevision['facts']): Promise<StoredRevision> {
  const directory = join(work, String(at));
  await mkdir(directory);
  await writeFile(join(directory, RECORD_FILE), record);
  return { mac, revision: 1, directory, recordSha256: '', captureSha256: undefined, facts, receipt: receipt(at + 1) };
}

function receipt(masterSequence: number): StoredRevision['receipt'] {
  return { masterSequence } as StoredRevision['receipt'];
}

const REASONS = [
  [
    'kernel',
    'too-little-ram',
    'The kernel never called back: too little RAM (has 768 MiB, needs 1 GiB).',
    'Add memory, or take its few facts from this line.',
  ],
  [
    'offer',
    'no-request',
    'An offer was sent, and no request came: another DHCP server, or a ROM that ignores ours.',
    'Look for another DHCP server on this segment.',
  ],
  ['root-image', 'stopped', 'It stopped at 212 of 388 MB of the root image.', 'Look at its cable and its port, then boot it again.'],
] as const;

function lostMachine(at: number): Omit<MissingMachine, 'at'> & { mac: MacAddress; stage: Stage } {
  const [stage, code, sentence, hint] = REASONS[at % REASONS.length] ?? REASONS[0];
  const mac = `0c:42:fe:00:${(at + 256).toString(16).padStart(4, '0').replace(/^../, '$&:')}`;
  return { mac, stage, address: `10.77.4.${at}`, detail: undefined, verdict: { code, sentence, hint } };
}
