import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { captureTo } from '../../src/peer/capture/capture.ts';
import { silentLog } from '../../src/platform/log.ts';
import { recordedTexts } from '../inventory/recordings/recorded-texts.ts';
import { recordedText, recordingFile, recordings } from '../inventory/recordings/recording-files.ts';

/** of 277 kB, the longest tool output among the recordings */
const LONGEST_DMIDECODE = 'jc/tests/fixtures/centos-7.7/dmidecode.out';

export interface LargestRecording {
  path: string;
  what: string;
}

/**
 * A capture directory below `work` with more in it than any single recorded machine: the largest tree of /proc and /sys, the longest dmidecode text, and
 * one output of each other tool.
 */
export async function largestRecording(work: string): Promise<LargestRecording> {
  const captures: { path: string; name: string; bytes: number; files: number }[] = [];
  for (const name of recordings('ghw/testdata/snapshots/')) {
    const [tree, commands, path] = ['tree', 'commands', 'capture'].map((part) => join(work, name, part)) as [string, string, string];
    await mkdir(tree, { recursive: true });
    await mkdir(commands);
    execFileSync('tar', ['-xzf', recordingFile(name), '-C', tree, '--no-same-owner'], { timeout: 60_000 });
    const outputs = { ...recordedTexts()[0]?.outputs, dmidecode: recordedText(LONGEST_DMIDECODE) };
    for (const [id, text] of Object.entries(outputs)) await writeFile(join(commands, `${id}.out`), text, 'latin1');
    await captureTo(path, { log: silentLog, root: tree, commands });
    captures.push({ path, name, ...(await sizeOf(path)) });
  }
  const largest = captures.toSorted((a, b) => b.bytes - a.bytes)[0];
  assert.ok(largest !== undefined);
  return {
    path: largest.path,
    what: `${basename(largest.name)} with all recorded tools: ${largest.files} files, ${Math.round(largest.bytes / 1024)} KiB`,
  };
}

async function sizeOf(directory: string): Promise<{ bytes: number; files: number }> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).size));
  return { files: files.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
