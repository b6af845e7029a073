import { dirname, join } from 'node:path';
import { reportScript } from '../../bundle/report-script.ts';
import { ReconError } from '../../domain/errors.ts';
import type { NodeRecord } from '../../domain/record/node-record.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import type { MacAddress } from '../../domain/values/mac.ts';
import type { VisitStart } from '../../domain/visit/visit-start.ts';
import { makeDirectory, removePath } from '../../platform/files/directories.ts';
import { exists, writeAtomic } from '../../platform/files/files.ts';
import { movePath } from '../../platform/files/move-path.ts';
import { appendUnsynced } from '../../platform/files/unsynced-files.ts';
import { RECORD_FILE } from '../../records/revisions.ts';
import type { MissingMachine } from '../../report/missing-machine.ts';
import { sealTarball } from '../../seal/seal-tarball.ts';
import type { SealedRevision } from '../../seal/sealed-revision.ts';
import type { Visit } from '../../tarball/visit.ts';
import { FULL_AT_DESK } from '../full-disk.ts';
import type { OnProgress } from '../progress-steps.ts';
import { unknownMachine } from '../unknown-machine.ts';
import { byRules } from './by-rules.ts';
import { LEDGER_RULES } from './ledger-rules.ts';
import { maskedSpellings } from './mac-spellings.ts';
import { maskedText, type Pseudonyms } from './pseudonyms.ts';
import { shareableFacts, shareableRecord } from './record.ts';
import { shareRules } from './rules.ts';

const LEDGER = shareRules(LEDGER_RULES);

/**
 * Writes a visit anew with pseudonyms for all that tells whose machines these are, and without captures. Report, tables, findings and
 * identity are made from the masked records.
 * @throws ReconError `usage` when `outputPath` is there already
 */
export async function shareVisit(
  visit: Visit,
  names: Pseudonyms,
  outputPath: string,
  onProgress: OnProgress = () => {},
): Promise<{ machines: number }> {
  if (await exists(outputPath)) throw new ReconError('usage', `${outputPath} is there already`, { hint: 'name a new file' });
  const work = join(dirname(outputPath), `.${process.pid}-recon-share`);
  await makeDirectory(work);
  try {
    const early = new Map<MacAddress, NodeRecord>();
    const revisions = await maskedRecords(visit, names, work, early);
    const ledgerPath = join(work, 'ledger.jsonl');
    await writeAtomic(ledgerPath, await maskedLedger(visit, names));
    onProgress('writing the tarball');
    const sealed = await sealTarball({
      directory: work,
      site: names.name(visit.site).replace('name', 'site'),
      imageVersion: visit.imageVersion,
      hintWhenFull: FULL_AT_DESK,
      now: new Date(visit.createdAt),
      revisions,
      missing: await maskedVerdicts(visit, names),
      ledgerPath,
      early: {
        partial: { put: async () => {}, filesOf: async () => undefined },
        makeRecord: ({ mac }) => early.get(mac) ?? unknownMachine('the machine has sent no record'),
      },
      reportScript: await reportScript(),
      ...definedOnly({ visit: placeless(visit.visit) }),
      replaces: undefined,
    });
    await movePath(sealed.path, outputPath);
    return { machines: sealed.machines };
  } finally {
    await removePath(work);
  }
}

/** When the visit was stays, and its id, which is by chance; where it was tells whose machines these are. */
function placeless(visit: VisitStart | undefined): VisitStart | undefined {
  if (visit === undefined) return undefined;
  const { id, number, begunAt, isDayKnown } = visit;
  return { id, number, begunAt, isDayKnown, place: { macs: [] } };
}

/** The records as the tarball's maker wants them; those of machines that never sent one go to `early`. */
async function maskedRecords(visit: Visit, names: Pseudonyms, work: string, early: Map<MacAddress, NodeRecord>): Promise<SealedRevision[]> {
  const revisions: SealedRevision[] = [];
  for await (const node of visit.nodes()) {
    // an older record of the same address, in a merged tarball
    if (node.sameAs === node.mac) continue;
    const mac = names.mac(node.mac);
    const record = shareableRecord(node.mac, node.record, names);
    if (node.origin !== undefined) {
      early.set(mac, record);
      continue;
    }
    const directory = join(work, String(revisions.length));
    await makeDirectory(directory);
    await appendUnsynced(join(directory, RECORD_FILE), Buffer.from(JSON.stringify(record)));
    // of one machine under two addresses the newer record counts again
    const masterSequence = node.sameAs === undefined ? 1 : 0;
    const receipt = { masterSequence } as SealedRevision['receipt'];
    const stored = { mac, revision: node.revision ?? 1, directory, recordSha256: '', captureSha256: undefined };
    revisions.push({ ...stored, receipt });
  }
  return revisions;
}

async function maskedLedger(visit: Visit, names: Pseudonyms): Promise<string> {
  const lines: string[] = [];
  for await (const event of visit.ledger()) {
    const masked = byRules(event, LEDGER, (text, rule) => (rule === 'keep' ? text : names[rule](text))) as object;
    const facts = event.facts === undefined ? undefined : shareableFacts(event.facts, names);
    lines.push(`${JSON.stringify({ ...masked, ...definedOnly({ facts }) })}\n`);
  }
  return lines.join('');
}

async function maskedVerdicts(visit: Visit, names: Pseudonyms): Promise<MissingMachine[]> {
  const missing: MissingMachine[] = [];
  for await (const { mac, stage, at, address, verdict, portOf } of visit.verdicts()) {
    const spelled = maskedSpellings([mac, ...(portOf === undefined ? [] : [portOf])], names.mac);
    const masked = (text: string): string => spelled(maskedText(text, names));
    missing.push({
      mac: names.mac(mac),
      stage,
      at,
      address: address === undefined ? undefined : names.address(address),
      detail: undefined,
      ...(verdict === undefined ? {} : { verdict: { code: verdict.code, sentence: masked(verdict.sentence), hint: masked(verdict.hint) } }),
      ...(portOf === undefined ? {} : { portOf: names.mac(portOf) }),
    });
  }
  return missing;
}
