import { definedOnly } from '../domain/values/defined-only.ts';
import { plainJson } from '../domain/values/plain-json.ts';
import { visibleTexts } from '../domain/values/visible-text.ts';
import type { EarlierVisit, VisitStart } from '../domain/visit/visit-start.ts';
import type { MergedSource } from '../domain/visit-tarball.ts';
import type { FleetJudgement } from '../judge/judge-fleet.ts';
import type { SpooledList } from '../platform/files/spool.ts';
import type { EarlyRow, MachineRow } from '../report/machine-row.ts';
import type { MissingMachine } from '../report/missing-machine.ts';
import { nodesCsv } from '../report/tables/nodes-csv.ts';
import { type SigningKey, signatureOf, signingCode } from '../tarball/signature.ts';
import type { TarWriter } from '../tarball/tar-writer.ts';
import type { KeptRecords } from './kept-records.ts';
import type { TarballNode } from './tarball-nodes.ts';

/** What goes into the tarball. All of it is there before the first byte is written, because its first file speaks of all machines. */
export interface GatheredContent {
  site: string;
  /** UTC, ISO 8601 */
  createdAt: string;
  imageVersion: string;
  visit?: VisitStart;
  earlierVisits?: readonly EarlierVisit[];
  /** the HTML of the report in pieces */
  report: SpooledList;
  /** in the order of `records` */
  nodes: readonly TarballNode[];
  records: KeptRecords;
  rows: readonly MachineRow[];
  earlyRows: readonly EarlyRow[];
  missing: readonly MissingMachine[];
  judgement: Pick<FleetJudgement, 'findings' | 'identity'>;
  ledger?: Buffer;
  sources?: readonly MergedSource[];
  signingKey?: SigningKey;
  /** no node's raw capture is put in */
  withoutCaptures?: true;
  /** what could not be put in; captures add to it while they are read */
  notes: string[];
}

/** Writes all files of the tarball, the manifest last: a tarball without it was cut. */
export async function addMembers(writer: TarWriter, content: GatheredContent): Promise<void> {
  await writer.addPieces('report.html', content.report.sizeBytes, content.report.items());
  await addNodeLines(writer, content);
  await addTables(writer, content);
  await addNodeFolders(writer, content);
  if (content.ledger !== undefined) await writer.add('ledger.jsonl', content.ledger);
  await addManifest(writer, content);
  writer.finish();
}

async function addNodeLines(writer: TarWriter, { nodes, records }: GatheredContent): Promise<void> {
  const heads = nodes.map(({ head }) => Buffer.from(`${plainJson(head).slice(0, -1)},"record":`));
  const tail = Buffer.from('}\n');
  const sizeBytes = heads.reduce((sum, head) => sum + head.length + tail.length, records.lineBytes);
  const lines = async function* (): AsyncGenerator<Buffer> {
    const left = heads.values();
    for await (const record of records.lines()) yield Buffer.concat([left.next().value ?? tail, record, tail]);
  };
  await writer.addPieces('nodes.jsonl', sizeBytes, lines());
}

async function addTables(writer: TarWriter, { rows, earlyRows, missing, judgement }: GatheredContent): Promise<void> {
  await writer.add('nodes.csv', Buffer.from(nodesCsv(rows, earlyRows)));
  await writer.add('verdicts.jsonl', Buffer.from(missing.map(verdictLine).join('')));
  await writer.add('findings.jsonl', Buffer.from(judgement.findings.map((finding) => `${plainJson(finding)}\n`).join('')));
  await writer.add('identity.json', Buffer.from(`${plainJson(judgement.identity, 2)}\n`));
}

async function addNodeFolders(writer: TarWriter, { nodes, records, notes, withoutCaptures }: GatheredContent): Promise<void> {
  const left = nodes.values();
  for await (const record of records.files()) {
    const node = left.next().value;
    if (node === undefined) return;
    await writer.add(`${node.folder}/node.json`, record);
    if (withoutCaptures !== true) await node.addCapture(writer, notes);
  }
}

async function addManifest(
  writer: TarWriter,
  { site, createdAt, imageVersion, rows, notes, visit, earlierVisits, sources, signingKey, withoutCaptures }: GatheredContent,
): Promise<void> {
  const manifest = {
    ...{ manifestVersion: 1, site, createdAt, imageVersion, machines: rows.length, notes },
    ...definedOnly({ visit, earlierVisits, sources, withoutCaptures }),
    ...definedOnly({ signingCode: signingKey === undefined ? undefined : signingCode(signingKey) }),
    files: writer.entries,
  };
  const bytes = Buffer.from(`${plainJson(visibleTexts(manifest), 2)}\n`);
  if (signingKey !== undefined) await writer.add('manifest.sig', signatureOf(bytes, signingKey));
  await writer.add('manifest.json', bytes);
}

function verdictLine({ mac, stage, at, address, verdict, portOf }: MissingMachine): string {
  return `${plainJson({ mac, stage, at, address, verdict, portOf })}\n`;
}
