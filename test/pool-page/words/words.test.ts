import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Profile } from '../../../src/domain/pool/profile.ts';
import { profileOptions, versionOptions } from '../../../src/pool-page/words/boot-options.ts';
import { defaultNames } from '../../../src/pool-page/words/default-names.ts';
import { byText, nodesText, stageText, troubleText, wouldRunText } from '../../../src/pool-page/words/node-words.ts';
import { ago, NOW_MS, nodeView } from '../nodes.ts';

test('names for new nodes go on with those that are there', () => {
  assert.deepEqual(defaultNames([], 1), ['node-000']);
  assert.deepEqual(defaultNames(['gw', 'node-000', 'node-002', 'r1'], 2), ['node-003', 'node-004']);
  assert.deepEqual(defaultNames(['gpu-09'], 2), ['gpu-10', 'gpu-11']);
  assert.deepEqual(defaultNames(['a-1', 'gpu-03'], 3, 'gpu-02'), ['gpu-02', 'gpu-04', 'gpu-05'], 'a name that is taken is left out');
  assert.deepEqual(defaultNames([], 3, 'gateway'), ['gateway', 'gateway-2', 'gateway-3']);
});

test('what may be assigned: own profiles first, and the versions of their images', () => {
  const profiles: Record<string, Profile> = {
    'local-disk': { kind: 'local-disk' },
    gpu: { kind: 'compute', image: 'debian@newest', root: 'squashfs', disks: 'read-only', title: 'With drivers' },
    failsafe: { kind: 'failsafe' },
  };
  assert.deepEqual(
    profileOptions(profiles).map(({ text }) => text),
    ['gpu: With drivers', 'failsafe', 'local-disk'],
  );
  const images = [3, 10, 4].map((version) => ({ name: 'debian', version }));
  assert.deepEqual(
    versionOptions('gpu', profiles['gpu'], images).map(({ value }) => value),
    ['', '@newest', '@10', '@4', '@3'],
  );
  assert.deepEqual(versionOptions('local-disk', profiles['local-disk'], images), []);
  assert.equal(versionOptions('gpu', profiles['gpu'], images)[0]?.text, 'as the profile says (newest)');
});

test('words for lines, numbers and troubles', () => {
  assert.deepEqual([byText({ choice: 'x', by: 'group', name: 'rack1' }), byText({ choice: 'x', by: 'once' })], ['group rack1', 'once']);
  assert.deepEqual([['a'], ['a', 'b'], ['a', 'b', 'c']].map(nodesText), ['a', 'a and b', '3 nodes']);
  assert.deepEqual([wouldRunText(nodeView('n')), wouldRunText(nodeView('n', { wouldRun: 'compute' }))], ['as compute@3', '']);
  const silent = nodeView('n', { seen: { mac: '', runs: 'compute@3', aliveAt: ago(600) } });
  assert.match(troubleText(silent, 'silent', NOW_MS)?.sentence ?? '', /10 min ago/);
  assert.equal(troubleText(silent, 'running', NOW_MS), undefined);
  const problem = { code: 'root-missing', at: ago(9), sentence: 'the root did not arrive', hint: 'Is it in?', isOfLastBoot: true };
  const stuck = nodeView('n', { seen: { mac: '', problem } });
  assert.deepEqual(troubleText(stuck, 'stuck', NOW_MS), { sentence: 'The root did not arrive.', hint: 'Is it in?' });
  assert.match(troubleText(stuck, 'held', NOW_MS)?.sentence ?? '', /is held, and waits\. The root did not arrive\.$/);
});

test('how far a node is, in its own words too, until it runs', () => {
  assert.equal(stageText({ name: 'root-image', at: ago(9), detail: 'fetching the root' }), 'loads the root image: fetching the root');
  assert.equal(stageText({ name: 'handover', at: ago(9) }), 'hands over to its system');
  for (const name of ['up', 'gone'] as const) assert.equal(stageText({ name, at: ago(9) }), '');
});
