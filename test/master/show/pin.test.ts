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

  it('does not let wrong PINs of others lock the right one out, however many there were', () => {
    const { check } = pinFixture();
    for (let host = 0; host < 5000; host += 1) check(`10.77.${host % 200}.${host % 250}`, '000000');
    assert.equal(check('10.77.255.2', '123456'), 'right');
  });

  it('after many wrong ones of everybody, whoever was wrong once waits for the hour', () => {
    const { check, wait } = pinFixture();
    for (let host = 0; host < 100; host += 1) assert.equal(check(`10.77.2.${host}`, '000000'), 'pin-wrong');
    assert.equal(check('10.77.2.7', '123456'), 'pin-locked');
    wait(3_600_001);
    assert.equal(check('10.77.2.7', '123456'), 'right');
  });

  it('counts all addresses of an IPv6 network as one client', () => {
    const { check } = pinFixture();
    for (let host = 1; host <= 5; host += 1) assert.equal(check(`2001:db8::${host}`, '000000'), 'pin-wrong');
    assert.equal(check('2001:db8::ffff', '123456'), 'pin-locked');
    assert.equal(check('2001:db8:0:1::1', '123456'), 'right');
  });
});
