import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../../../domain/values/message-of.ts';
import { openStore } from '../../../master/intake/store.ts';
import type { CurrentVisit } from '../../../master/visit/begin-visit.ts';
import { fileFacts } from '../../../platform/files/file-reader.ts';
import { hashOnMedium } from '../../../platform/files/hashed-files.ts';
import type { Log } from '../../../platform/log.ts';
import { run } from '../../../platform/process/command.ts';
import { CAPTURE_FILE, RECORD_FILE, revisionDirectory } from '../../../records/revisions.ts';
import { type DataStorage, openDataStorage } from '../../../service/stick/data-storage.ts';
import { generatedUpload } from './generated-upload.ts';
import { guestVisit } from './guest-visit.ts';
import type { ReceiptMark } from './marks.ts';
import { type CheckedStick, type CheckTask, type Loss, partUuidOf, type YankedStick } from './task.ts';

/** The machine that comes after the yank. */
const LATER_MACHINE = 0xffff;

/** The product's own next start on a stick that lost its power, one more record, and then a look at everything that was promised before. */
export async function checkStick(task: CheckTask, stick: YankedStick, disk: string, log: Log): Promise<CheckedStick> {
  const receipts = task.receipts.slice(0, stick.receipts);
  const trouble: string[] = [];
  const device = `/dev/${disk}1`;
  const query = { bootDevice: device, partUuid: partUuidOf(stick.yank), anyTransport: true };
  const data = await openDataStorage(query, log);
  if (data.storage !== 'stick') {
    const instead = `nothing: the stick cannot be used: ${data.reason}`;
    return { yank: stick.yank, checked: receipts.length, lost: receipts.map((one) => ({ ...placeOf(one), instead })), trouble: [instead] };
  }
  const visit = await guestVisit(data, String(stick.yank), log);
  await storeOneMore(task.seed, data, visit, log).catch((error: unknown) => trouble.push(`no record can be stored: ${messageOf(error)}`));
  const lost: Loss[] = [];
  for (const receipt of receipts) {
    const instead = (await insteadOf(data.directory, receipt)) ?? visitInstead(visit, receipt);
    if (instead !== undefined) lost.push({ ...placeOf(receipt), instead });
  }
  trouble.push(...(await tarballTrouble(data.directory, stick, task.tarballs)));
  const unclosed = await data.close();
  if (unclosed !== undefined) trouble.push(`the stick cannot be closed: ${unclosed}`);
  const after = await run(['fsck.vfat', '-n', device], { timeoutMs: 120_000 });
  if (after.status !== 'ok')
    trouble.push(`not clean after the start: ${after.stdout.toString('utf8').trim().split('\n').slice(1, 4).join('; ')}`);
  return { yank: stick.yank, checked: receipts.length, lost, trouble };
}

function placeOf({ mac, revision }: ReceiptMark): { mac: string; revision: number } {
  return { mac, revision };
}

/** A record that is there and counts for another visit is lost to this one. */
function visitInstead({ own }: Pick<CurrentVisit, 'own'>, { mac, revision }: ReceiptMark): string | undefined {
  return own.some((one) => one.mac === mac && one.revision === revision) ? undefined : 'is not of the visit that goes on';
}

type GuestVisit = Awaited<ReturnType<typeof guestVisit>>;

async function storeOneMore(seed: string, data: DataStorage, visit: GuestVisit, log: Log): Promise<void> {
  const store = await openStore({ directory: data.directory, storage: 'stick', log, sequence: () => 1, sync: data.sync, visit });
  const { mac, record, capture } = generatedUpload(seed, LATER_MACHINE, 1);
  const upload = (bytes: Buffer) => ({ mac, chunks: whole(bytes), lengthBytes: bytes.length, sha256: undefined });
  await store.putCapture(upload(capture));
  await store.putRecord({ ...upload(record), captureSha256: createHash('sha256').update(capture).digest('hex') });
  await store.close();
}

async function* whole(bytes: Buffer): AsyncIterable<Buffer> {
  yield bytes;
}

/** What is there in the place of what was promised; undefined when it is what was promised. */
async function insteadOf(root: string, { mac, revision, recordSha256, captureSha256 }: ReceiptMark): Promise<string | undefined> {
  const directory = revisionDirectory(root, mac, revision);
  const record = await fileInstead(join(directory, RECORD_FILE), recordSha256);
  if (record !== undefined) return `${RECORD_FILE} ${record}`;
  const capture = captureSha256 === undefined ? undefined : await fileInstead(join(directory, CAPTURE_FILE), captureSha256);
  return capture === undefined ? undefined : `${CAPTURE_FILE} ${capture}`;
}

async function fileInstead(path: string, sha256: string): Promise<string | undefined> {
  try {
    const facts = await fileFacts(path);
    if (facts === undefined) return 'is missing';
    if (facts.sizeBytes === 0) return 'has 0 bytes';
    return (await hashOnMedium(path)).sha256 === sha256 ? undefined : `has other content (${facts.sizeBytes} bytes)`;
  } catch (error) {
    return `cannot be read: ${messageOf(error)}`;
  }
}

/** A whole tarball must be there, and nothing that looks like one and is none. */
async function tarballTrouble(directory: string, { tarballs }: YankedStick, announced: readonly string[]): Promise<string[]> {
  const names = (await readdir(directory)).filter((name) => /^recon-.*\.tar\.gz$/.test(name));
  const found: { name: string; sha256: string }[] = [];
  for (const name of names) {
    const sha256 = await hashOnMedium(join(directory, name)).then(
      (file) => file.sha256,
      () => 'unreadable',
    );
    found.push({ name, sha256 });
  }
  const torn = found.filter(({ sha256 }) => !announced.includes(sha256)).map(({ name }) => `${name} is not whole`);
  if (tarballs.length === 0 || found.some(({ sha256 }) => tarballs.includes(sha256))) return torn;
  return ['no whole tarball, neither the one that was announced nor the next', ...torn];
}
