import assert from 'node:assert/strict';
import test from 'node:test';
import { captureFromFiles } from '../../src/inventory/capture-from-files.ts';
import { normalise } from '../../src/inventory/normalise.ts';
import { dataOf } from './capture-fixture.ts';
import { manyDisks } from './many-disks.ts';

const ROUNDS = 3;

/** The least of several rounds: a busy machine adds to what a round takes, and never takes away. */
function cpuMs(count: number): number {
  const capture = captureFromFiles(manyDisks(count));
  const rounds = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    const { sections } = normalise(capture);
    const { user, system } = process.cpuUsage(before);
    assert.equal(dataOf(sections.disks).length, count);
    assert.equal(dataOf(sections.storage).controllers?.[0]?.physicalDrives.length, count);
    return (user + system) / 1000;
  });
  return Math.min(...rounds);
}

test('four times as many disks take about four times as much CPU', () => {
  cpuMs(50);
  const [few, many] = [cpuMs(600), cpuMs(2400)];
  // sixteen where each disk is looked for among all
  assert.ok(many / few < 8, `${many.toFixed(0)} ms of CPU for 2,400 disks, ${few.toFixed(0)} ms for 600`);
});
