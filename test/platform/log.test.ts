import assert from 'node:assert/strict';
import { it, type TestContext } from 'node:test';
import { silentLog, stderrLog } from '../../src/platform/log.ts';

function written(t: TestContext): string[] {
  const lines: string[] = [];
  t.mock.method(process.stderr, 'write', (line: string) => lines.push(line) > 0);
  return lines;
}

for (const debug of [true, false]) {
  it(`says on standard error what is for people${debug ? ', and more when it is asked to' : ''}`, (t) => {
    const lines = written(t);
    const log = stderrLog({ debug });
    log.info('ready');
    log.warn('no cable');
    log.debug('3 ms');
    assert.deepEqual(lines, ['ready\n', 'warning: no cable\n', ...(debug ? ['debug: 3 ms\n'] : [])]);
  });
}

it('says nothing at all in a test', (t) => {
  const lines = written(t);
  silentLog.info('x');
  silentLog.warn('x');
  silentLog.debug('x');
  assert.deepEqual(lines, []);
});
