import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import type { RecordFinding } from '../../../src/domain/record/finding.ts';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { normalise } from '../../../src/inventory/normalise.ts';
import { recordFindings } from '../../../src/judge/findings/findings.ts';
import { CAPTURE_COMMANDS } from '../../../src/peer/capture/commands/commands.ts';
import { fixtureCapture } from '../capture-fixture.ts';

const MACHINES = fileURLToPath(new URL('../../../../shared/machines', import.meta.url));
const skip = existsSync(MACHINES) ? false : 'the recordings of real machines are not beside this checkout';
const COMMANDS = [
  ...CAPTURE_COMMANDS.map((rule) => ('each' in rule ? `${rule.id}-${rule.each === 'nvmeControllers' ? 'nvme0' : 'sda'}` : rule.id)),
  ...['storcli-a', 'perccli-a', 'ssacli', 'mdadm-examine', 'smartctl-behind-a', 'ipmi-sensor', 'smartctl-nvme0n1'],
];
const FILES = { 'sys/block/sda/size': '2048\n', 'sys/block/nvme0n1/size': '2048\n', 'sys/class/net/sda/address': '52:54:00:00:00:01\n' };

/** Each recording as the output of every command: the readers take what is theirs. */
async function recordsOfRecordings(): Promise<{ name: string; record: NodeRecord }[]> {
  const entries = await readdir(MACHINES, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found: { name: string; record: NodeRecord }[] = [];
  for (const path of paths.sort()) {
    if ((await stat(path)).size > 512 * 1024) continue;
    const bytes = await readFile(path);
    const outputs = Object.fromEntries(COMMANDS.map((id) => [id, bytes]));
    found.push({ name: relative(MACHINES, path), record: NodeRecord.parse(normalise(fixtureCapture({ outputs, files: FILES }))) });
  }
  return found;
}

/** What stands at a path such as `memory.dimms[3].ecc`, below sections and through `data`. */
function evidenceOf({ sections }: NodeRecord, { evidence }: RecordFinding): unknown {
  const [section = '', ...steps] = evidence.split(/[.[\]]+/).filter((step) => step !== '');
  const data = (sections[section] as { data?: unknown } | undefined)?.data;
  return steps.reduce((at: unknown, step) => (at as Record<string, unknown> | undefined)?.[step], data);
}

test('findings of real recordings: the evidence of each stands in the record, and they can be made again', {
  skip,
}, async () => {
  const codes = new Set<string>();
  for (const { name, record } of await recordsOfRecordings()) {
    assert.deepEqual(recordFindings(record), record.findings, name);
    for (const finding of record.findings ?? []) {
      assert.notEqual(evidenceOf(record, finding), undefined, `${name}: ${finding.message}: ${finding.evidence}`);
      codes.add(finding.code);
    }
  }
  for (const code of ['dimm-unequal', 'raid-degraded', 'raid-drive', 'psu', 'ecc-off', 'disk-errors']) assert.ok(codes.has(code), code);
});
