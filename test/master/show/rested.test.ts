import assert from 'node:assert/strict';
import { it } from 'node:test';
import { rested } from '../../../src/master/show/rested.ts';
import { appFixture } from '../app-fixture.ts';

it('keeps what took long for nine times as long, and makes what is of few machines anew', () => {
  let nowMs = 0;
  const made: number[] = [];
  const of = (count: number) =>
    rested(
      () => {
        made.push(nowMs);
        nowMs += 100;
        return count;
      },
      (value) => value,
      () => nowMs,
    );
  const many = of(201);
  for (const at of [0, 100, 999, 1000, 1999, 2000]) {
    nowMs = at;
    many();
  }
  assert.deepEqual(made.splice(0), [0, 1000, 2000]);
  const few = of(200);
  for (let at = 0; at < 3; at += 1) few();
  assert.equal(made.length, 3);
});

it('does not count thousands of machines for each who asks for the visit', async () => {
  let looked = 0;
  await using fixture = await appFixture({
    tarball: () => {
      looked += 1;
      return undefined;
    },
  });
  for (let at = 0; at < 4000; at += 1) {
    const mac = `02:00:00:00:${(at >> 8).toString(16).padStart(2, '0')}:${(at & 255).toString(16).padStart(2, '0')}`;
    fixture.deps.ledger.add({ mac, stage: 'kernel', address: '10.77.1.1' });
  }
  for (let at = 0; at < 40; at += 1) {
    const answer = await fixture.app.inject({ url: '/visit', headers: { host: 'bang' } });
    assert.equal(answer.json().counts.total, 4000);
  }
  assert.ok(looked <= 20, `${looked} times of 40`);
});
