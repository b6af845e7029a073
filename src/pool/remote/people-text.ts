import type { AuditCheck, AuditEntry, TokenView } from '../../domain/pool/api-views.ts';
import { counted } from '../../domain/values/counted.ts';
import { minuteText, textTable } from './text-table.ts';

interface ListedUser {
  name: string;
  role: string;
  groups?: readonly string[];
  hasPassword: boolean;
}

export function userListText(users: readonly ListedUser[]): string {
  if (users.length === 0) return 'There is no user yet: recon user add NAME --role admin\n';
  return textTable(
    users.map(({ name, role, groups, hasPassword }) => [name, role, groupsText(groups), hasPassword ? '' : 'has set no password yet']),
  );
}

export function tokenListText(tokens: readonly TokenView[]): string {
  if (tokens.length === 0) return 'There is no token.\n';
  return textTable(
    tokens.map(({ id, name, role, groups, createdAt, expiresAt, by }) => [
      ...[id, name, role, groupsText(groups), `made ${minuteText(createdAt)} by ${by}`],
      expiresAt === undefined ? 'for ever' : `until ${minuteText(expiresAt)}`,
    ]),
  );
}

function groupsText(groups: readonly string[] | undefined): string {
  return groups === undefined ? 'all nodes' : `nodes of ${groups.join(', ') || 'no group'}`;
}

export function auditText(entries: readonly AuditEntry[]): string {
  if (entries.length === 0) return 'Nothing.\n';
  return textTable(
    entries.map(({ number, at, who, from, what, revision }) => [
      ...[String(number).padStart(5), minuteText(at), who, from],
      `${what}${revision === undefined ? '' : ` (revision ${revision})`}`,
    ]),
  );
}

export function auditCheckText({ lines, brokenAt, torn }: AuditCheck): string {
  if (brokenAt !== undefined) return `BROKEN at line ${brokenAt} of ${lines}: it does not carry the sum of the line before\n`;
  const tornText = torn.length === 0 ? '' : `; a power cut ended ${torn.length === 1 ? 'line' : 'lines'} ${torn.join(', ')}`;
  return `whole: ${counted(lines, 'line')}, each carries the sum of the one before${tornText}\n`;
}
