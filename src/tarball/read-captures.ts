import { readTarGz } from '../platform/archive/tar-reader.ts';
import type { CaptureFile } from './visit.ts';

const IN_CAPTURE = /^(nodes\/(?:[0-9a-f]{2}-){5}[0-9a-f]{2}(?:\/earlier\/\d+)?)\/capture\/(.+)$/;
/** Larger than anything that a capture keeps. */
const MAX_FILE_BYTES = 64 * 1024 ** 2;

/** The files below `capture/` of all machines in the order of the tarball; `report` is told of those that cannot be read. */
export async function* readCaptureFiles(path: string, report: (fault: string) => void): AsyncGenerator<CaptureFile> {
  for await (const member of readTarGz(path)) {
    if ('fault' in member) continue;
    const [, folder, name] = IN_CAPTURE.exec(member.name) ?? [];
    if (folder === undefined || name === undefined) continue;
    if (member.sizeBytes > MAX_FILE_BYTES) {
      report(`${member.name}, which is too large to be read`);
      continue;
    }
    const pieces: Buffer[] = [];
    try {
      for await (const piece of member.content) pieces.push(piece);
      yield { folder, path: name, content: Buffer.concat(pieces) };
    } catch {
      report(`${member.name}, which breaks off`);
    }
  }
}
