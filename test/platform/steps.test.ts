import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Log, stderrLog } from '../../src/platform/log.ts';
import { formatSeconds, startSteps } from '../../src/platform/steps.ts';

it('numbers the steps, and says how long each took or after how long it failed', async (t) => {
  let nowMs = 1000;
  t.mock.method(performance, 'now', () => nowMs);
  const lines: string[] = [];
  const log: Log = {
    info: (line) => lines.push(line),
    warn: (line) => lines.push(`warning: ${line}`),
    debug: (line) => lines.push(`debug: ${line}`),
  };
  const steps = startSteps({ log, total: 10 });
  nowMs += 5000;
  const result = await steps.step('unpack', async (say) => {
    nowMs += 61_000;
    say('halfway');
    return 'done';
  });
  assert.equal(result, 'done');
  const failure = new Error('no room');
  await assert.rejects(
    steps.step('pack', async () => {
      nowMs += 2000;
      throw failure;
    }),
    failure,
  );
  assert.equal(steps.elapsed(), '1:08');
  assert.deepEqual(lines, [
    '[ 1/10] 0:05  unpack',
    '        1:06    halfway',
    'debug: unpack: 1:01',
    '[ 2/10] 1:06  pack',
    'warning: pack: failed after 0:02',
  ]);
});

const times: readonly [seconds: number, text: string][] = [
  [0, '0:00'],
  [9.99, '0:09'],
  [59, '0:59'],
  [60, '1:00'],
  [119, '1:59'],
  [3661, '61:01'],
];
for (const [seconds, text] of times) it(`${seconds} seconds are ${text}`, () => assert.equal(formatSeconds(seconds), text));

it('logs to standard error, details only when asked for', (t) => {
  const written: string[] = [];
  t.mock.method(process.stderr, 'write', (text: string) => written.push(text) > 0);
  const lines = (debug: boolean): string => {
    written.length = 0;
    const log = stderrLog({ debug });
    log.info('a');
    log.warn('b');
    log.debug('c');
    return written.join('');
  };
  const [quiet, loud] = [lines(false), lines(true)];
  t.mock.restoreAll();
  assert.deepEqual([quiet, loud], ['a\nwarning: b\n', 'a\nwarning: b\ndebug: c\n']);
});
