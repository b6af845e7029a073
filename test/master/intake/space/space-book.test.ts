import assert from 'node:assert/strict';
import { test } from 'node:test';
import { spaceBook } from '../../../../src/master/intake/space/space-book.ts';
import { NO_BOUND, recordBound, tarballBound } from '../../../../src/seal/largest-tarball.ts';

const NOTHING = { ledgerBytes: 0, partialBytes: 0, missingCount: 0 };
const EMPTY = tarballBound({ machines: NO_BOUND, ...NOTHING }, 0).wholeBytes;
const TOTAL = 16_000;
/** kept for records */
const MARGIN = TOTAL / 16;
const tarball = (machines: { recordBytes: number; captureBytes: number }) => tarballBound({ machines, ...NOTHING }, 2 ** 30);

/** A medium of clusters of one byte; `free` is beside two empty tarballs. */
function medium(free: number) {
  let freeBytes = free + 2 * EMPTY;
  const state = { isAway: false };
  const space = async () => {
    if (state.isAway) throw new Error('the stick is away');
    return { freeBytes, totalBytes: TOTAL, clusterBytes: 1 };
  };
  const book = spaceBook({ space, beside: async () => ({ ...NOTHING, ledgerGrowthBytes: 0 }), spoolMemoryBytes: 2 ** 30, floorBytes: 0 });
  const take = (bytes: number): void => {
    freeBytes -= bytes;
  };
  return { book, take, state };
}

test('a record is let in when it can be stored and sealed twice, and not with a byte less', async () => {
  const bound = recordBound(100);
  const needed = 500 + 4 + 2 * (tarball(bound).wholeBytes - EMPTY);
  await assert.rejects(medium(needed - 1).book.enter('record', 500, bound), {
    code: 'disk-full',
    httpStatus: 503,
    message: /the stick is full: \d+ MiB are free, and all of it is kept for the tarball/,
  });
  await medium(needed).book.enter('record', 500, bound);
});

test('what was let in counts until it is ended, and as a machine from then on', async () => {
  const bound = { recordBytes: 0, captureBytes: 1000 };
  const { book, take } = medium(5000);
  const first = await book.enter('record', 500, bound);
  await assert.rejects(book.enter('record', 600, bound), { code: 'disk-full' });
  first.wrote(500);
  take(500);
  await first.measured({ recordBytes: 0, captureBytes: 1100 });
  book.keep('a', first.bound);
  first.end();
  await assert.rejects(book.enter('record', 400, bound), { code: 'disk-full' });
  // the same machine again takes the place of its record before
  book.keep('a', { recordBytes: 700, captureBytes: 0 });
  book.keep('a', NO_BOUND);
  const again = await book.enter('record', 500, bound);
  again.end();
  await book.enter('record', 2400, bound);
});

test('a body that turns out to need more than is left is refused, and its place is free again', async () => {
  const { book } = medium(3000);
  const booking = await book.enter('record', 10, NO_BOUND);
  await assert.rejects(booking.measured({ recordBytes: 0, captureBytes: 2000 }), { code: 'disk-full' });
  await book.enter('record', 2900, NO_BOUND);
});

test('raw captures stop before records do, for good, and that is remembered', async () => {
  const { book } = medium(MARGIN + 100);
  assert.deepEqual([book.shortage, book.isRamShort], [undefined, false]);
  await assert.rejects(book.enter('capture', 97, NO_BOUND), { code: 'capture-left-out', httpStatus: 413 });
  assert.equal(book.shortage, 'captures');
  (await book.enter('capture', 96, NO_BOUND)).end();
  assert.equal(book.shortage, undefined);
  (await book.enter('record', MARGIN, NO_BOUND)).end();
  await assert.rejects(book.enter('record', MARGIN + 100, NO_BOUND), { code: 'disk-full' });
  assert.equal(book.shortage, 'records');
  await assert.rejects(book.enter('capture', 97, NO_BOUND), { code: 'capture-left-out' });
  assert.equal(book.shortage, 'records', 'a capture that is left out says nothing of records');
  (await book.enter('record', 1, NO_BOUND)).end();
  assert.equal(book.shortage, 'captures');
});

test('a record that takes the last byte is no shortage', async () => {
  const { book } = medium(100);
  await book.enter('record', 96, NO_BOUND);
  assert.equal(book.shortage, undefined);
});

test('on a stick that takes no records either, a capture is asked to wait', async () => {
  await assert.rejects(medium(MARGIN / 16 - 1).book.enter('capture', 80, NO_BOUND), { code: 'disk-full' });
  await assert.rejects(medium(MARGIN / 16).book.enter('capture', 80, NO_BOUND), { code: 'capture-left-out' });
});

test('what is measured takes the place of what was expected, to the last byte', async () => {
  const bound = { recordBytes: 1000, captureBytes: 500 };
  const added = tarball(bound).wholeBytes - EMPTY;
  const { book, take } = medium(10 + 4 + 2 * added);
  const booking = await book.enter('record', 10, bound);
  take(10 + 4);
  await booking.measured(bound);
  book.keep('a', booking.bound);
  booking.end();
  book.keep('a', bound);
  take(-4);
  (await book.enter('record', 0, NO_BOUND)).end();
  take(1);
  await assert.rejects(book.enter('record', 0, NO_BOUND), { code: 'disk-full' });
});

test('a body whose medium goes away at the second look holds no place', async () => {
  const { book, state } = medium(1004);
  const booking = await book.enter('record', 1000, { recordBytes: 0, captureBytes: 0 });
  state.isAway = true;
  await assert.rejects(booking.measured({ recordBytes: 0, captureBytes: 100 }), { message: 'the stick is away' });
  state.isAway = false;
  await book.enter('record', 1000, NO_BOUND);
});

test('while others are written or a tarball is made, a capture is asked to wait', async () => {
  const { book } = medium(MARGIN + 100);
  const other = await book.enter('record', 50, NO_BOUND);
  await assert.rejects(book.enter('capture', 80, NO_BOUND), { code: 'disk-full' });
  other.end();
  const done = Promise.withResolvers<{ sizeBytes: number }>();
  const sealing = book.whileSealing(() => done.promise);
  await assert.rejects(book.enter('capture', 97, NO_BOUND), { code: 'disk-full' });
  done.resolve({ sizeBytes: 0 });
  await sealing;
  await assert.rejects(book.enter('capture', 97, NO_BOUND), { code: 'capture-left-out' });
  const again = Promise.withResolvers<{ sizeBytes: number }>();
  const sealingAgain = book.whileSealing(() => again.promise);
  await assert.rejects(book.enter('capture', 97, NO_BOUND), { code: 'disk-full' }, 'the next tarball as well');
  again.resolve({ sizeBytes: 0 });
  await sealingAgain;
});

test('two that come at the same moment do not get the same room', async () => {
  const { book } = medium(1000);
  const both = await Promise.allSettled([book.enter('record', 600, NO_BOUND), book.enter('record', 600, NO_BOUND)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});

test('the tarball that is replaced gives its room to the next, and says what fits', async () => {
  const { book, take } = medium(0);
  await assert.rejects(book.enter('record', 100, NO_BOUND), { code: 'disk-full' });
  await book.whileSealing(async () => ({ sizeBytes: 500 }));
  take(500 - 104);
  await book.enter('record', 100, NO_BOUND);
  const short = medium(0);
  assert.equal(await short.book.fitting(), 'whole');
  short.book.keep('a', { recordBytes: 0, captureBytes: EMPTY + 1 });
  assert.equal(await short.book.fitting(), 'without-captures');
  short.book.keep('b', { recordBytes: EMPTY + 1, captureBytes: 0 });
  assert.equal(await short.book.fitting(), undefined);
});

test('a body that is refused at its second look holds no place, and one that fits holds it to its end', async () => {
  const { book } = medium(3000);
  const booking = await book.enter('record', 1000, NO_BOUND);
  await booking.measured({ recordBytes: 0, captureBytes: 500 });
  await assert.rejects(book.enter('record', 2600, NO_BOUND), { code: 'disk-full' }, 'its part of two tarballs');
  booking.end();
  await book.enter('record', 2600, NO_BOUND);
});

test('what is written already does not make others wait', async () => {
  const { book } = medium(MARGIN + 100);
  const other = await book.enter('record', 50, NO_BOUND);
  other.wrote(49);
  await assert.rejects(book.enter('capture', 100, NO_BOUND), { code: 'disk-full' }, 'a byte of it is to come');
  other.wrote(1);
  await assert.rejects(book.enter('capture', 100, NO_BOUND), { code: 'capture-left-out' });
});

test('a body that was looked at makes nobody wait', async () => {
  const { book } = medium(MARGIN + 100);
  const other = await book.enter('record', 50, NO_BOUND);
  await other.measured(NO_BOUND);
  await assert.rejects(book.enter('capture', 100, NO_BOUND), { code: 'capture-left-out' });
});

test('it is said how many whole MiB are free', async () => {
  const free = async (freeBytes: number): Promise<string> => {
    const space = async () => ({ freeBytes, totalBytes: 2 ** 40, clusterBytes: 1 });
    const book = spaceBook({
      space,
      beside: async () => ({ ...NOTHING, ledgerGrowthBytes: 0 }),
      spoolMemoryBytes: 2 ** 30,
      floorBytes: 2 ** 40,
    });
    return book.enter('record', 1, NO_BOUND).then(
      () => 'let in',
      (error: Error) => /\d+ MiB/.exec(error.message)?.[0] ?? '',
    );
  };
  assert.deepEqual([await free(5 * 1024 ** 2), await free(6 * 1024 ** 2 - 1)], ['5 MiB', '5 MiB']);
});

test('a tarball may have the floor, to the last byte', async () => {
  const spoolMemoryBytes = 2 ** 30;
  const fitting = async (beyond: number): Promise<string | undefined> => {
    const space = async () => ({ freeBytes: EMPTY + beyond, totalBytes: TOTAL, clusterBytes: 1 });
    const beside = async () => ({ ...NOTHING, ledgerGrowthBytes: 0 });
    return spaceBook({ space, beside, spoolMemoryBytes, floorBytes: 5000 }).fitting();
  };
  assert.deepEqual([await fitting(0), await fitting(-1)], ['whole', undefined]);
});

test('a tarball without raw captures fits to the last byte as well', async () => {
  const { book, take } = medium(0);
  book.keep('a', { recordBytes: 0, captureBytes: 3 * EMPTY });
  take(EMPTY);
  assert.equal(await book.fitting(), 'without-captures');
  take(1);
  assert.equal(await book.fitting(), undefined);
});

test('it is known where room is wanting before anybody uploads: of a tarball too', async () => {
  const space = async () => ({ freeBytes: 0, totalBytes: TOTAL, clusterBytes: 1, isRam: true });
  const book = spaceBook({ space, beside: async () => ({ ...NOTHING, ledgerGrowthBytes: 0 }), spoolMemoryBytes: 2 ** 30, floorBytes: 0 });
  assert.equal(await book.fitting(), undefined);
  assert.equal(book.isRamShort, true);
});

test('of those that are measured by one look, no more are taken than fit together', async () => {
  const bound = recordBound(100);
  const two = 2 * (tarball({ recordBytes: 2 * bound.recordBytes, captureBytes: 0 }).wholeBytes - EMPTY);
  const { book } = medium(two + 4);
  const places = [
    await book.enter('record', 0, NO_BOUND),
    await book.enter('record', 0, NO_BOUND),
    await book.enter('record', 0, NO_BOUND),
  ];
  const measured = await Promise.allSettled(places.map((place) => place.measured(bound)));
  assert.deepEqual(
    measured.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected'],
  );
});

test('those that ask at once share a look at the medium, and who asks while somebody looks has a later one', async () => {
  const looks: PromiseWithResolvers<void>[] = [];
  const space = async () => {
    const look = Promise.withResolvers<void>();
    looks.push(look);
    await look.promise;
    return { freeBytes: 2 ** 40, totalBytes: 2 ** 40, clusterBytes: 1 };
  };
  const book = spaceBook({ space, beside: async () => ({ ...NOTHING, ledgerGrowthBytes: 0 }), spoolMemoryBytes: 2 ** 30, floorBytes: 0 });
  const entered = Array.from({ length: 20 }, () => book.enter('record', 10, NO_BOUND));
  for (let look = 0; look < 2; look += 1) {
    while (looks[look] === undefined) await new Promise((resolve) => setImmediate(resolve));
    looks[look]?.resolve();
  }
  await Promise.all(entered);
  assert.equal(looks.length, 2);
});
