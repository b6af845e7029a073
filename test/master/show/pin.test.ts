import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ReconError } from '../../../src/domain/errors.ts';
import { newPin } from '../../../src/master/show/pin.ts';

function pinFixture() {
  let nowMs = 1_000_000;
  const pin = newPin({ digits: '123456', nowMs: () => nowMs });
  const check = (address: string, given: string | undefined): string => {
    try {
      pin.check(address, given);
      return 'right';
    } catch (error) {
      assert.ok(error instanceof ReconError);
      return error.code;
    }
  };
  return {
    check,
    wait: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe('PIN', () => {
  it('is six random digits', () => {
    const pins = Array.from({ length: 50 }, () => newPin().digits);
    for (const pin of pins) assert.match(pin, /^\d{6}$/);
    assert.ok(new Set(pins).size > 40);
  });

  it('is right or wrong; nothing given costs no try', () => {
    const { check } = pinFixture();
    for (let times = 0; times < 20; times += 1) assert.equal(check('10.77.1.1', undefined), 'pin-wrong');
    assert.equal(check('10.77.1.1', '12345'), 'pin-wrong');
    assert.equal(check('10.77.1.1', '123456'), 'right');
  });

  it('after five wrong ones makes that address wait, longer each time, even with the right one', () => {
    const { check, wait } = pinFixture();
    for (let times = 0; times < 5; times += 1) assert.equal(check('10.77.1.1', '000000'), 'pin-wrong');
    assert.equal(check('10.77.1.1', '123456'), 'pin-locked');
    assert.equal(check('10.77.1.2', '123456'), 'right', 'another address is free');
    wait(30_000);
    assert.equal(check('10.77.1.1', '000000'), 'pin-wrong');
    wait(30_000);
    assert.equal(check('10.77.1.1', '123456'), 'pin-locked', 'the second wait is longer');
    wait(30_000);
    assert.equal(check('10.77.1.1', '123456'), 'right');
    assert.equal(check('10.77.1.1', '000000'), 'pin-wrong', 'a right one wipes the slate');
  });

  it('bounds the tries of all addresses together, but lets those in that had it right', () => {
    const { check, wait } = pinFixture();
    assert.equal(check('10.77.1.1', '123456'), 'right');
    let wrong = 0;
    for (let host = 0; host < 300; host += 1) if (check(`10.77.2.${host}`, '000000') === 'pin-wrong') wrong += 1;
    assert.equal(wrong, 100);
    assert.equal(check('10.77.9.9', '123456'), 'pin-locked');
    assert.equal(check('10.77.1.1', '123456'), 'right');
    wait(3_600_001);
    assert.equal(check('10.77.9.9', '123456'), 'right');
  });
});
