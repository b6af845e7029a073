import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Pool } from '../../../src/domain/pool/pool.ts';
import { followFolder } from '../../../src/pool/head/follow-folder.ts';
import type { PoolState } from '../../../src/pool/store/pool-store.ts';

const MISTAKE = { file: 'nodes.yaml', line: 2, message: 'unknown key mac', hint: undefined };

/** A folder whose looks are made by hand: the time of the test is the test's own. */
function rig(t: TestContext) {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const said: string[] = [];
  const found: { state: PoolState; error?: Error; changes: number } = {
    state: { revision: 1, pool: {} as Pool, files: new Map(), mistakes: [] },
    changes: 0,
  };
  const follower = followFolder({
    store: {
      state: () => found.state,
      refresh: async () => {
        if (found.error !== undefined) throw found.error;
        return found.state;
      },
    },
    everyMs: 2000,
    onChange: async () => {
      found.changes += 1;
    },
    log: { info: (line) => said.push(line), warn: (line) => said.push(`! ${line}`), debug: () => {} },
  });
  const look = async (): Promise<string[]> => {
    t.mock.timers.tick(2000);
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    return said.splice(0);
  };
  return { found, follower, look, said };
}

test('a new revision is told and taken once', async (t) => {
  const { found, look } = rig(t);
  assert.deepEqual(await look(), []);
  found.state = { ...found.state, revision: 2 };
  assert.deepEqual([await look(), found.changes], [['revision 2 of the pool serves'], 1]);
  assert.deepEqual([await look(), found.changes], [[], 1]);
});

test('what is wrong is said once, with its line, and that it is mended', async (t) => {
  const { found, look } = rig(t);
  found.state = { ...found.state, mistakes: [MISTAKE] };
  assert.deepEqual(await look(), ["! the pool's folder is broken; revision 1 goes on serving:\nnodes.yaml line 2: unknown key mac"]);
  assert.deepEqual(await look(), []);
  found.state = { ...found.state, mistakes: [{ ...MISTAKE, line: 3 }] };
  assert.match((await look()).join(), /line 3/);
  found.state = { ...found.state, mistakes: [] };
  assert.deepEqual([await look(), found.changes], [["the pool's folder is valid again"], 0]);
});

test('a folder that cannot be read is said, and looked at again; after the end nothing is', async (t) => {
  const { found, follower, look } = rig(t);
  found.error = new Error('no such server');
  assert.deepEqual(await look(), ["! the pool's folder cannot be read: no such server"]);
  delete found.error;
  found.state = { ...found.state, revision: 2 };
  assert.deepEqual(await look(), ['revision 2 of the pool serves']);
  await follower.stop();
  found.state = { ...found.state, revision: 3 };
  assert.deepEqual([await look(), found.changes], [[], 1]);
});

test('what keeps git from a change is said once, and that it is over', async (t) => {
  const { found, look } = rig(t);
  found.state = { ...found.state, uncommitted: 'git is not installed' };
  assert.deepEqual(await look(), ['! changes of the pool stand, but git does not get them: git is not installed']);
  assert.deepEqual(await look(), []);
  found.state = { ...found.state, uncommitted: undefined };
  assert.deepEqual(await look(), ['changes of the pool are committed again']);
});
