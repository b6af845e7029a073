import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LiveChanges } from '../../../../src/domain/web-api.ts';
import { type LiveFeed, openLiveFeed } from '../../../../src/master/show/live/feed.ts';
import { machine, visit } from '../../../web/machines.ts';

/** Reads all that waits for a reader, part by part. */
function read(feed: LiveFeed, id: string | undefined): LiveChanges[] {
  const parts: LiveChanges[] = [];
  let at = id;
  for (let next = feed.after(at); next !== undefined; next = feed.after(at)) {
    parts.push(LiveChanges.parse(JSON.parse(next.text)));
    at = next.id;
    assert.ok(parts.length < 1000, 'it does not come to an end');
  }
  return parts;
}
const macs = (parts: readonly LiveChanges[]): string[] => parts.flatMap(({ nodes }) => nodes.map(({ mac }) => mac));
const many = (count: number) => Array.from({ length: count }, (_, at) => machine(`m${at}`));

describe('live feed', () => {
  it('gives a new reader everything in parts of bounded size, and then only what changed', () => {
    const feed = openLiveFeed();
    feed.update(many(5000), visit());
    const whole = read(feed, undefined);
    assert.equal(new Set(macs(whole)).size, 5000);
    assert.ok(whole.every(({ nodes }) => nodes.length <= 200));
    assert.deepEqual([whole.map(({ isWhole }) => isWhole).indexOf(true, 1), whole[0]?.isWhole, whole.at(-1)?.isLast], [-1, true, true]);
    assert.ok(whole[0]?.visit !== undefined);
    const { id = '' } = whole.at(-1) ?? {};
    feed.update(many(5000), visit({ now: '2026-11-20T12:00:09.000Z' }));
    assert.equal(feed.after(id), undefined, 'that time passes is no news');
    feed.update(many(5000).with(7, machine('m7', { stage: 'kernel' })), visit());
    const delta = read(feed, id);
    assert.deepEqual([macs(delta), delta.length, delta[0]?.visit], [['m7'], 1, undefined]);
  });

  it('tells a reader that was away the latest state once, and what is gone', () => {
    const feed = openLiveFeed();
    feed.update(many(3), visit());
    const id = read(feed, undefined).at(-1)?.id;
    for (const stage of ['kernel', 'initrd', 'root-image'] as const) feed.update([machine('m0', { stage }), machine('m1')], visit());
    const [change, ...more] = read(feed, id);
    assert.deepEqual([change?.nodes.map(({ stage }) => stage), change?.gone, more], [['root-image'], ['m2'], []]);
    assert.deepEqual(
      read(feed, undefined).flatMap(({ gone }) => gone),
      [],
      'a new reader never knew it',
    );
    feed.update(many(3), visit());
    assert.ok(macs(read(feed, change?.id)).includes('m2'), 'it came back');
  });

  it('starts over for a position of another start, from the future, or none at all', () => {
    const feed = openLiveFeed();
    feed.update(many(2), visit());
    for (const id of ['00000000-1', 'nonsense', '', `${read(feed, undefined)[0]?.id}9`]) assert.equal(read(feed, id)[0]?.isWhole, true, id);
  });
});
