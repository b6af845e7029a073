import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { it } from 'node:test';
import { readInBatches } from '../../../src/platform/process/read-in-batches.ts';

it('hands over the first piece at once, and what comes meanwhile at the next look', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const stream = new PassThrough();
  const taken: string[] = [];
  const look = (): void => {
    context.mock.timers.tick(5);
  };
  readInBatches(stream, 5, (chunk) => taken.push(chunk.toString()));
  stream.emit('data', Buffer.from('first'));
  assert.deepEqual(taken, ['first']);
  assert.equal(stream.isPaused(), true, 'each line that is written would wake us');
  look();
  assert.equal(stream.isPaused(), false);
  stream.emit('data', Buffer.from('second and third'));
  assert.deepEqual(taken, ['first', 'second and third']);
  stream.emit('close');
  look();
  assert.equal(stream.isPaused(), true, 'nothing is looked at that is closed');
});

it('waits for nothing when whoever writes has ended', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const stream = new PassThrough();
  const taken: string[] = [];
  const readOn = readInBatches(stream, 5, (chunk) => taken.push(chunk.toString()));
  stream.emit('data', Buffer.from('first'));
  assert.equal(stream.isPaused(), true);
  readOn();
  assert.equal(stream.isPaused(), false);
  stream.emit('data', Buffer.from('last words'));
  assert.equal(stream.isPaused(), false, 'what comes behind them would be lost');
  assert.deepEqual(taken, ['first', 'last words']);
});
