import type { NvmeNamespace } from '../../../domain/record/storage.ts';
import { definedOnly } from '../../../domain/values/defined-only.ts';
import { meaningfulIdentity } from '../../../domain/values/placeholder.ts';
import { wholeNumber } from '../../../domain/values/text.ts';
import type { NvmeInfo } from '../../tools/nvme-json.ts';
import type { ListedNamespace } from '../../tools/nvme-list-json.ts';
import { type CopiedFiles, copiedValue } from '../../values/copied-files.ts';
import { nonEmptyObject } from '../../values/non-empty.ts';

/** Namespace and subsystem of `nvme0n1` from /sys, with what `nvme` adds. Undefined for other disks, and when nothing is known. */
export function readNvmeNamespace(
  files: CopiedFiles,
  name: string,
  { listed, controller }: { listed: ListedNamespace | undefined; controller: NvmeInfo | undefined },
): NvmeNamespace | undefined {
  const [, device] = /^(nvme\d+)(?:n\d+)?$/.exec(name) ?? [];
  if (device === undefined) return undefined;
  const text = (path: string): string | undefined => meaningfulIdentity(copiedValue(files, path));
  const block = (file: string): string | undefined => text(`sys/block/${name}/${file}`);
  const namespace = definedOnly<NvmeNamespace>({
    namespaceId: wholeNumber(block('nsid')) ?? listed?.namespaceId,
    nguid: identifier(block('nguid')),
    eui64: identifier(block('eui')?.replaceAll(' ', '')),
    uuid: identifier(block('uuid')),
    usedBytes: listed?.usedBytes,
    metadataBytes: wholeNumber(copiedValue(files, `sys/block/${name}/metadata_bytes`)),
    subsystemNqn: text(`sys/class/nvme/${device}/subsysnqn`) ?? listed?.subsystemNqn ?? controller?.subsystemNqn,
    controllerId: wholeNumber(copiedValue(files, `sys/class/nvme/${device}/cntlid`)) ?? controller?.controllerId ?? listed?.controllerId,
  });
  return nonEmptyObject(namespace);
}

/** Drives that have no such identifier report zeros. */
function identifier(raw: string | undefined): string | undefined {
  return raw === undefined || /^[0-]+$/.test(raw) || !/^[0-9a-f-]+$/i.test(raw) ? undefined : raw.toLowerCase();
}
