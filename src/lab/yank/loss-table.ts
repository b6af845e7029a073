import type { CheckedStick } from './guest/task.ts';
import { LOSS_MODELS, type Yank } from './yanks.ts';

/** A yank, and what was found on its stick. */
export interface YankResult {
  yank: Yank;
  stick: CheckedStick;
}

/** A line for each model: how many yanks, how many of them lost something, receipts looked for and lost, yanks with other trouble. */
export function lossTable(results: readonly YankResult[]): string[] {
  const rows = [...LOSS_MODELS, 'all'].map((model) => {
    const own = results.filter(({ yank }) => model === 'all' || yank.model === model);
    const sum = (count: (one: YankResult) => number): string => String(own.reduce((total, one) => total + count(one), 0));
    return [
      model,
      String(own.length),
      sum(({ stick }) => (stick.lost.length > 0 ? 1 : 0)),
      sum(({ stick }) => stick.checked),
      sum(({ stick }) => stick.lost.length),
      sum(({ stick }) => (stick.trouble.length > 0 ? 1 : 0)),
    ];
  });
  const all = [['what the stick kept', 'yanks', 'with a loss', 'receipts', 'lost', 'other trouble'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all.map((row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
  );
}

/** Each loss by name. */
export function lossFindings(results: readonly YankResult[]): string[] {
  return results.flatMap(({ yank, stick }) => {
    const where = `yank ${yank.number} (${yank.model}, after ${yank.at} requests)`;
    return [
      ...stick.lost.map(({ mac, revision, instead }) => `${where}: ${mac} revision ${revision}: ${instead}`),
      ...stick.trouble.map((one) => `${where}: ${one}`),
    ];
  });
}
