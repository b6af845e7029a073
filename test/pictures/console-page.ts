import type { Colour, ScreenRow } from '../../src/master/show/console-screen.ts';

/** Those of a Linux text console. */
const COLOURS: Readonly<Record<Colour, string>> = {
  ...{ plain: 'color:#aaa', title: 'color:#000;background:#aaa', green: 'color:#3c3', yellow: 'color:#cb3' },
  ...{ red: 'color:#f55;font-weight:bold', dim: 'color:#2aa' },
};

/** The master's screen as a page: what its code draws, in a terminal's colours. */
export function consolePage(rows: readonly ScreenRow[]): string {
  const lines = rows.map((row) => row.map(({ text, colour }) => `<span style="${COLOURS[colour]}">${escaped(text)}</span>`).join(''));
  const style = 'margin:0;padding:16px 20px;background:#000;font:16px/1.25 monospace;width:79ch';
  return `<!doctype html><meta charset="utf-8"><body style="margin:0;background:#000"><pre style="${style}">${lines.join('\n')}</pre>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
