import assert from 'node:assert/strict';
import test from 'node:test';
import type { RecordFinding } from '../../../src/domain/record/finding.ts';
import { NodeRecord } from '../../../src/domain/record/node-record.ts';
import { normalise } from '../../../src/inventory/normalise.ts';
import { recordFindings } from '../../../src/judge/findings/findings.ts';
import { CAPTURE_COMMANDS } from '../../../src/peer/capture/commands/commands.ts';
import { fixtureCapture } from '../capture-fixture.ts';
import { recording, recordings } from './recording-files.ts';

const COMMANDS = [
  ...CAPTURE_COMMANDS.map((rule) => ('each' in rule ? `${rule.id}-${rule.each === 'nvmeControllers' ? 'nvme0' : 'sda'}` : rule.id)),
  ...['storcli-a', 'perccli-a', 'ssacli', 'mdadm-examine', 'smartctl-behind-a', 'ipmi-sensor', 'smartctl-nvme0n1'],
];
const FILES = { 'sys/block/sda/size': '2048\n', 'sys/block/nvme0n1/size': '2048\n', 'sys/class/net/sda/address': '52:54:00:00:00:01\n' };

/** Each recording as the output of every command: the readers take what is theirs. */
function recordsOfRecordings(): { name: string; record: NodeRecord }[] {
  return recordings().flatMap((name) => {
    const bytes = recording(name);
    if (bytes.length > 512 * 1024) return [];
    const outputs = Object.fromEntries(COMMANDS.map((id) => [id, bytes]));
    return [{ name, record: NodeRecord.parse(normalise(fixtureCapture({ outputs, files: FILES }))) }];
  });
}

/** What stands at a path such as `memory.dimms[3].ecc`, below sections and through `data`, or at `rawFiles[0].path`. */
function evidenceOf({ sections, rawFiles }: NodeRecord, { evidence }: RecordFinding): unknown {
  const [section = '', ...steps] = evidence.split(/[.[\]]+/).filter((step) => step !== '');
  const data = section === 'rawFiles' ? rawFiles : (sections[section] as { data?: unknown } | undefined)?.data;
  return steps.reduce((at: unknown, step) => (at as Record<string, unknown> | undefined)?.[step], data);
}

test('findings of real recordings: the evidence of each stands in the record, and they can be made again', () => {
  const codes = new Set<string>();
  for (const { name, record } of recordsOfRecordings()) {
    assert.deepEqual(recordFindings(record), record.findings, name);
    for (const finding of record.findings ?? []) {
      assert.notEqual(evidenceOf(record, finding), undefined, `${name}: ${finding.message}: ${finding.evidence}`);
      codes.add(finding.code);
    }
  }
  for (const code of ['dimm-unequal', 'raid-degraded', 'raid-drive', 'psu', 'ecc-off', 'disk-errors']) assert.ok(codes.has(code), code);
});
