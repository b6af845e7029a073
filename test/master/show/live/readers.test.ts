import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { ChangeText } from '../../../../src/master/show/live/feed.ts';
import { liveReaders } from '../../../../src/master/show/live/readers.ts';

/** A page that takes what it is sent, until it is told not to. */
class Page extends EventEmitter {
  readonly got: string[] = [];
  isFull = false;
  ended = Promise.withResolvers<'end' | 'destroy'>();

  write(text: string): boolean {
    this.got.push(text);
    return !this.isFull;
  }

  end = (): this => {
    this.ended.resolve('end');
    return this;
  };

  destroy = (): this => {
    this.ended.resolve('destroy');
    this.emit('close');
    return this;
  };
}

/** Readers of a list whose changes are numbered, on a clock that the test moves. */
function setting() {
  let atMs = 0;
  let newest = 1;
  let refreshed = 0;
  const after = (id: string | undefined): ChangeText | undefined =>
    Number(id ?? 0) < newest ? { id: String(Number(id ?? 0) + 1), text: `change ${Number(id ?? 0) + 1}`, isLast: true } : undefined;
  const state = { feed: { update: () => {}, after }, tickMs: 1, refresh: () => void refreshed++ };
  const readers = liveReaders({ state, now: () => new Date(0), patienceMs: 5000, nowMs: () => atMs });
  return {
    readers,
    add: (page: Page, address = '10.77.1.1', id?: string): void =>
      // a page has what is used of a response
      readers.add({ response: page as unknown as Parameters<typeof readers.add>[0]['response'], address, id }),
    pass: (milliseconds: number): void => {
      atMs += milliseconds;
    },
    change: (): void => {
      newest += 1;
    },
    refreshed: (): number => refreshed,
  };
}

test('a page is told all that it lacks, in order, and nothing twice', () => {
  const { readers, add, change } = setting();
  change();
  const [whole, later] = [new Page(), new Page()];
  add(whole);
  add(later, '10.77.1.1', '1');
  assert.deepEqual(whole.got, ['id: 1\ndata: change 1\n\n', 'id: 2\ndata: change 2\n\n']);
  assert.deepEqual(later.got, ['id: 2\ndata: change 2\n\n']);
  readers.endAll();
});

test('a page that is full waits until it has taken what it was sent', () => {
  const { readers, add, change } = setting();
  change();
  const page = new Page();
  page.isFull = true;
  add(page);
  assert.equal(page.got.length, 1);
  page.isFull = false;
  page.emit('drain');
  assert.equal(page.got.length, 2);
  readers.endAll();
});

test('a page that takes nothing for too long is let go, others stay', async () => {
  const { readers, add, pass } = setting();
  const [stuck, well] = [new Page(), new Page()];
  stuck.isFull = true;
  add(stuck);
  add(well);
  pass(5001);
  assert.equal(await stuck.ended.promise, 'destroy');
  readers.endAll();
  assert.equal(await well.ended.promise, 'end');
});

test('a page hears of us when there is nothing to tell, so that it knows that we are there', () => {
  const { readers, add, pass } = setting();
  const page = new Page();
  add(page);
  pass(9999);
  page.emit('drain');
  assert.equal(page.got.length, 1);
  pass(1);
  page.emit('drain');
  assert.deepEqual(page.got.slice(1), ['event: beat\ndata: 1970-01-01T00:00:00.000Z\n\n']);
  page.emit('drain');
  assert.equal(page.got.length, 2);
  readers.endAll();
});

test('room for fifty pages, eight of one address, and again when they are gone', () => {
  const { readers, add } = setting();
  const pages = Array.from({ length: 50 }, () => new Page());
  const addressOf = (at: number): string => `10.77.1.${Math.floor(at / 8)}`;
  for (const [at, page] of pages.entries()) {
    readers.requireRoomFor(addressOf(at));
    add(page, addressOf(at));
    if (at === 7) assert.throws(() => readers.requireRoomFor(addressOf(at)), { code: 'busy' });
  }
  assert.throws(() => readers.requireRoomFor('10.77.9.9'), { code: 'busy' });
  pages[0]?.emit('close');
  readers.requireRoomFor('10.77.9.9');
  readers.requireRoomFor(addressOf(0));
  readers.endAll();
});

test('while nobody reads nothing is refreshed', async () => {
  const { readers, add, refreshed } = setting();
  const page = new Page();
  add(page);
  while (refreshed() < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  page.emit('close');
  const before = refreshed();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(refreshed(), before);
  readers.endAll();
});
