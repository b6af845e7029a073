import type { Capture } from '../../domain/capture.ts';
import { cleanValue, decodeText } from '../../domain/values/text.ts';

/** What was copied of /proc, /sys and /dev: files, directories, and where links lead. */
export type CopiedFiles = Pick<Capture, 'file' | 'list' | 'index'>;

/** The one value that a file of /sys or /proc holds; undefined when it was not copied or holds nothing but blanks. */
export function copiedValue(files: Pick<CopiedFiles, 'file'>, path: string): string | undefined {
  return cleanValue(copiedText(files, path));
}

/** A file of several lines as text, empty when it was not copied. */
export function copiedText(files: Pick<CopiedFiles, 'file'>, path: string): string {
  return decodeText(files.file(path));
}

/** Where a link leads, as a path below the root; undefined when it was not followed. */
export function linkTarget({ index }: Pick<CopiedFiles, 'index'>, path: string): string | undefined {
  return index.links?.[path];
}

/** The last part of where a link leads: the driver, the IOMMU group, the physical function. */
export function linkedName(files: Pick<CopiedFiles, 'index'>, path: string): string | undefined {
  return linkTarget(files, path)?.split('/').at(-1);
}
