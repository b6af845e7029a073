import { ReconError } from '../../domain/errors.ts';

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** Reads `30m`, `12h`, `2d`, `1w`, or a date: the moment that lies so far back, ISO 8601. @throws ReconError `usage` */
export function sinceMoment(text: string, now: Date): string {
  const [, digits, unit = ''] = /^(\d{1,6})([mhdw])$/.exec(text) ?? [];
  const lengthMs = UNIT_MS[unit];
  if (digits !== undefined && lengthMs !== undefined) return new Date(now.getTime() - Number(digits) * lengthMs).toISOString();
  const date = /^\d{4}-\d{2}-\d{2}/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  throw new ReconError('usage', `${text} is no time`, { hint: 'Write 30m, 12h, 2d, 1w, or a date such as 2026-11-29.' });
}
