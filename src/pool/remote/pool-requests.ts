import { z } from 'zod';
import {
  AuditCheck,
  AuditEntry,
  ChangeReport,
  FolderFiles,
  NewMachine,
  NodeDmesg,
  NodeView,
  PoolDiff,
  PoolMistake,
  PoolOverview,
  RevisionSummary,
  TokenView,
} from '../../domain/pool/api-views.ts';
import type { HeadClient } from './head-client.ts';

const NodeList = z.object({ revision: z.int(), nodes: z.array(NodeView), newMachines: z.array(NewMachine) });
const OneNode = NodeView.extend({ revision: z.int() });
const Released = z.object({ released: z.string(), why: z.string() });
const Why = z.object({ text: z.string(), because: z.array(z.looseObject({})) });
const Checked = z.object({
  summary: z.string().exactOptional(),
  mistakes: z.array(PoolMistake),
  uncommitted: PoolOverview.shape.uncommitted,
  certificate: PoolOverview.shape.certificate,
});
const Exported = z.object({ revision: z.int(), files: FolderFiles });
const WholeRevision = RevisionSummary.extend({ files: FolderFiles });
const MadeToken = z.object({ token: TokenView, secret: z.string() });
const RevokedToken = z.object({ revoked: z.string() });

type Query = Readonly<Record<string, string | undefined>>;
/** A change of the pool, below the API's own path. */
export interface ChangeRequest {
  method: 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  /** the state that it was thought out on; missing: whatever is there */
  ifRevision?: number | undefined;
}

/** What commands ask a head for; each throws what the head answered. */
export type PoolRequests = ReturnType<typeof poolRequests>;

export function poolRequests(client: HeadClient) {
  const name = encodeURIComponent;
  return {
    change: ({ method, path, body, ifRevision }: ChangeRequest) => client.send(method, path, ChangeReport, { body, ifRevision }),
    nodes: (selector?: string) => client.get('/nodes', NodeList, { selector }),
    node: (node: string) => client.get(`/nodes/${name(node)}`, OneNode),
    why: (node: string) => client.get(`/nodes/${name(node)}/why`, Why),
    dmesg: (node: string) => client.get(`/nodes/${name(node)}/dmesg`, NodeDmesg),
    release: (node: string) => client.send('POST', `/nodes/${name(node)}/release`, Released),
    check: () => client.send('POST', '/pool/check', Checked, { body: {} }),
    exported: () => client.get('/pool/export', Exported),
    history: (limit: number) => client.get('/pool/history', z.array(RevisionSummary), { limit: String(limit) }),
    revision: (number: number) => client.get(`/pool/revisions/${number}`, WholeRevision),
    diff: (from: number, to: number) => client.get('/pool/diff', PoolDiff, { from: String(from), to: String(to) }),
    tokens: () => client.get('/tokens', z.array(TokenView)),
    createToken: (body: object) => client.send('POST', '/tokens', MadeToken, { body }),
    revokeToken: (id: string) => client.send('DELETE', `/tokens/${name(id)}`, RevokedToken),
    audit: (query: Query) => client.get('/audit', z.array(AuditEntry), query),
    auditCheck: () => client.get('/audit/check', AuditCheck),
  };
}
