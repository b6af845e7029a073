import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LiveChanges } from '../../../src/domain/web-api.ts';
import { type EventHandlers, openLink, POLL_MS, SILENCE_MS } from '../../../src/web/parts/link.ts';

const changes = (id: string): LiveChanges => ({ id, isWhole: false, isLast: true, nodes: [], gone: [] });

/** A link whose network and clock are ours. */
function linkFixture() {
  const streams: (EventHandlers & { since: string | undefined; isOpen: boolean })[] = [];
  const timers = new Set<{ atMs: number; work: () => void }>();
  const asked: (string | undefined)[] = [];
  const states: string[] = [];
  const taken: string[] = [];
  let nowMs = 0;
  let answer: () => Promise<LiveChanges | undefined> = async () => undefined;
  const link = openLink({
    openEvents: (since, handlers) => {
      const stream = { ...handlers, since, isOpen: true };
      streams.push(stream);
      return {
        close: () => {
          stream.isOpen = false;
        },
      };
    },
    ask: (since) => {
      asked.push(since);
      return answer();
    },
    onChanges: ({ id }) => taken.push(id),
    onState: (state) => states.push('sinceMs' in state ? `lost since ${state.sinceMs}` : state.state),
    nowMs: () => nowMs,
    after: (delayMs, work) => {
      const timer = { atMs: nowMs + delayMs, work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  });
  return {
    link,
    streams,
    asked,
    states,
    taken,
    answers: (next: typeof answer) => {
      answer = next;
    },
    newest: () => {
      const stream = streams.at(-1);
      assert.ok(stream?.isOpen, 'no stream is open');
      return stream;
    },
    /** lets time pass, and what is due happen */
    pass: async (durationMs: number) => {
      const endMs = nowMs + durationMs;
      for (;;) {
        const due = [...timers].filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (due === undefined) break;
        timers.delete(due);
        nowMs = due.atMs;
        due.work();
        await new Promise(setImmediate);
      }
      nowMs = endMs;
      await new Promise(setImmediate);
    },
    timers,
  };
}

describe('the link to the master', () => {
  it('is live from the first message on, and goes on where it stopped', async () => {
    const fixture = linkFixture();
    fixture.newest().onMessage(JSON.stringify(changes('a-1')));
    assert.deepEqual([fixture.states, fixture.taken], [['connecting', 'live'], ['a-1']]);
    fixture.answers(async () => changes('a-2'));
    fixture.newest().onError();
    await fixture.pass(0);
    assert.deepEqual(fixture.asked, ['a-1']);
    assert.equal(fixture.states.at(-1), 'polling');
    await fixture.pass(POLL_MS * 6);
    assert.equal(fixture.newest().since, 'a-2', 'after some polls it tries to be live again');
  });

  it('takes silence for a broken line, but not while the master gives signs of life', async () => {
    const fixture = linkFixture();
    fixture.newest().onMessage(JSON.stringify(changes('a-1')));
    for (let beat = 0; beat < 5; beat += 1) {
      await fixture.pass(SILENCE_MS - 1);
      fixture.newest().onBeat();
    }
    assert.deepEqual([fixture.streams.length, fixture.asked.length], [1, 0]);
    await fixture.pass(SILENCE_MS);
    assert.equal(fixture.asked.length, 1);
  });

  it('says since when the master is gone, goes on trying, and comes back', async () => {
    const fixture = linkFixture();
    fixture.newest().onMessage(JSON.stringify(changes('a-1')));
    fixture.answers(() => Promise.reject(new TypeError('no route')));
    await fixture.pass(1000);
    fixture.newest().onError();
    await fixture.pass(0);
    await fixture.pass(60_000);
    assert.deepEqual([...new Set(fixture.states.slice(2))], ['lost since 1000'], 'the time is that of the first failure');
    assert.ok(fixture.asked.length > 5 && fixture.asked.length < 20, `asked ${fixture.asked.length} times in a minute`);
    fixture.answers(async () => undefined);
    await fixture.pass(10_000);
    assert.equal(fixture.states.at(-1), 'polling');
  });

  it('asks at once for the rest of a long answer', async () => {
    const fixture = linkFixture();
    const parts = [{ ...changes('a-1'), isLast: false }, { ...changes('a-2'), isLast: false }, changes('a-3')];
    fixture.answers(async () => parts.shift());
    fixture.newest().onError();
    for (let part = 0; part < 3; part += 1) await fixture.pass(0);
    assert.deepEqual(
      [fixture.asked, fixture.taken],
      [
        [undefined, 'a-1', 'a-2'],
        ['a-1', 'a-2', 'a-3'],
      ],
    );
    await fixture.pass(POLL_MS - 1);
    assert.equal(fixture.asked.length, 3);
    await fixture.pass(1);
    assert.equal(fixture.asked.length, 4);
  });

  it('tries at once when the screen is switched on again after a while, and ends when closed', async () => {
    const fixture = linkFixture();
    fixture.newest().onMessage(JSON.stringify(changes('a-1')));
    fixture.link.wake();
    assert.equal(fixture.streams.length, 1, 'it is live already');
    await fixture.pass(SILENCE_MS - 1);
    const [old] = fixture.streams;
    fixture.link.wake();
    assert.equal(fixture.streams.length, 2);
    old?.onMessage(JSON.stringify(changes('a-0')));
    assert.deepEqual(fixture.taken, ['a-1'], 'an old stream has nothing to say');
    fixture.link.close();
    assert.equal(fixture.timers.size, 0);
    assert.ok(fixture.streams.every(({ isOpen }) => !isOpen));
  });
});
