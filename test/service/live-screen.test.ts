import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ScreenRow } from '../../src/master/show/console-screen.ts';
import { closingText, openingText, redrawText } from '../../src/service/live-screen.ts';

/** A terminal of 80x24 with a scrolling region: as much of a VT100 as the live screen uses. */
class Terminal {
  rows = Array.from({ length: 24 }, () => '');
  private row = 0;
  private saved = 0;
  private top = 0;
  private bottom = 23;

  write(text: string): void {
    for (const [part = ''] of text.replaceAll(/\r/g, '').matchAll(/\u001b\[[\d;]*[A-Za-z]|\u001b[78]|\n|[^\u001b\n]+/g)) {
      const numbers = /\[([\d;]*)/.exec(part)?.[1]?.split(';').map(Number) ?? [];
      if (part === '\n') this.newline();
      else if (part === '\u001b7') this.saved = this.row;
      else if (part === '\u001b8') this.row = this.saved;
      else if (part.endsWith('H')) this.row = (numbers[0] ?? 1) - 1;
      else if (part.endsWith('K')) this.rows[this.row] = '';
      else if (part === '\u001b[r') [this.top, this.bottom] = [0, 23];
      else if (part.endsWith('r')) [this.top, this.bottom] = [(numbers[0] ?? 1) - 1, (numbers[1] ?? 24) - 1];
      else if (!part.endsWith('m') || !part.startsWith('\u001b')) this.rows[this.row] += part;
    }
  }

  private newline(): void {
    if (this.row !== this.bottom) this.row = Math.min(23, this.row + 1);
    else
      this.rows = [
        ...this.rows.slice(0, this.top),
        ...this.rows.slice(this.top + 1, this.bottom + 1),
        '',
        ...this.rows.slice(this.bottom + 1),
      ];
  }
}

const table = (...texts: string[]): ScreenRow[] => texts.map((text) => [{ text, colour: 'green' }]);

describe('live screen', () => {
  it('keeps the table in place while events scroll below it', () => {
    const terminal = new Terminal();
    terminal.write('boot messages\n');
    terminal.write(openingText(3));
    terminal.write(redrawText(table('one', 'two', 'three'), []));
    for (let event = 1; event <= 50; event += 1) terminal.write(`event ${event}\n`);
    terminal.write(redrawText(table('one', 'TWO', 'three'), table('one', 'two', 'three')));
    terminal.write('event 51\n');
    assert.deepEqual(terminal.rows.slice(0, 3), ['one', 'TWO', 'three']);
    assert.deepEqual(terminal.rows.slice(20, 24), ['event 49', 'event 50', 'event 51', '']);
  });

  it('draws nothing when nothing changed, and only the rows that did', () => {
    assert.equal(redrawText(table('a', 'b'), table('a', 'b')), '');
    const text = redrawText(table('a', 'c'), table('a', 'b'));
    assert.match(text, /c/);
    assert.doesNotMatch(text, /a/);
  });

  it('gives the whole terminal back', () => {
    const terminal = new Terminal();
    terminal.write(openingText(3) + redrawText(table('one', 'two', 'three'), []) + closingText());
    for (let line = 1; line <= 30; line += 1) terminal.write(`line ${line}\n`);
    assert.equal(terminal.rows[0], 'line 8');
  });

  it('reads as lines in a recording of the serial port', () => {
    const recorded = `event 1\n${redrawText(table('one', 'two'), [])}event 2\n`.split('\n');
    assert.ok(recorded.some((line) => line.endsWith('event 2') && !line.includes('two')));
  });
});
