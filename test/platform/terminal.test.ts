import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTerminal, type Terminal } from '../../src/platform/terminal.ts';

/** Clears the screen, sets a title, colours in the eight-bit form, goes back to the line's start, turns the direction of writing. */
const HOSTILE = 'S-1\u001b[2J\u001b]0;owned\u0007\u009b31m\rS-2\u202e\tend\r\n';
const HARMLESS = 'S-1?[2J?]0;owned??31m?S-2?\tend\n';

test('what a machine says of itself steers no terminal; only data for a program goes out as it is', () => {
  const said = (isTTY: boolean, use: (terminal: Terminal) => void): string => {
    const pieces: unknown[] = [];
    const stream = { isTTY, write: (piece: unknown) => pieces.push(piece) > 0 };
    use(openTerminal({ stdout: stream, stderr: stream }));
    return pieces.join('');
  };
  for (const isTTY of [true, false]) {
    assert.equal(
      said(isTTY, ({ print }) => print(HOSTILE)),
      HARMLESS,
    );
    assert.equal(
      said(isTTY, ({ printError }) => printError(HOSTILE)),
      HARMLESS,
    );
    assert.equal(
      said(isTTY, ({ printData }) => printData(HOSTILE)),
      isTTY ? HARMLESS : HOSTILE,
    );
  }
});
