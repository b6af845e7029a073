import { z } from 'zod';
import { Stage } from '../stages.ts';
import { BootChoiceText } from './boot-choice.ts';
import { NewNode } from './node-patch.ts';
import { Person, PoolRole } from './person.ts';
import { PoolName } from './pool-name.ts';
import { PoolNode, PoolRule } from './pool-settings.ts';

const Moment = z.iso.datetime();

/** What was seen of one machine on the private side; the head fills it in. */
export const BootedMachine = z.object({
  mac: z.string(),
  address: z.string().exactOptional(),
  vendor: z.string().exactOptional(),
  product: z.string().exactOptional(),
  serial: z.string().exactOptional(),
  uuid: z.string().exactOptional(),
  memoryBytes: z.number().exactOptional(),
  firmware: z.enum(['bios', 'uefi']).exactOptional(),
  architecture: z.enum(['x86_64', 'arm64']).exactOptional(),
  switch: z.string().exactOptional(),
  port: z.string().exactOptional(),
  askedAt: Moment.exactOptional().meta({ description: 'when it was given a script last' }),
  given: z.string().exactOptional().meta({ description: 'what that script boots, as compute@3' }),
  runs: z.string().exactOptional().meta({ description: 'what it said itself that it runs, as compute@3' }),
  runsSince: Moment.exactOptional(),
  aliveAt: Moment.exactOptional().meta({ description: 'its last sign of life' }),
  memAvailableBytes: z.number().exactOptional().meta({ description: 'what it says that it has free, in bytes' }),
  rootUsedPercent: z.number().exactOptional().meta({ description: 'how full its root is' }),
  kernelRelease: z.string().exactOptional(),
  stage: z
    .object({
      name: Stage,
      at: Moment,
      detail: z.string().exactOptional().meta({ description: 'a sentence of its ramdisk: words of a machine' }),
    })
    .exactOptional()
    .meta({ description: 'how far it is on its way; docs/boot.md has the stages' }),
  problem: z
    .object({
      code: z.string(),
      at: Moment,
      sentence: z.string().meta({ description: 'words of a machine' }),
      hint: z.string(),
      isOfLastBoot: z.boolean().meta({ description: 'false: it has asked for another script since' }),
    })
    .exactOptional()
    .meta({ description: 'why a boot of it did not go on, until one comes up' }),
  linkSeconds: z
    .number()
    .exactOptional()
    .meta({ description: 'until the link of its card was there; 20 and more: the port of the switch waits for spanning tree' }),
  dmesgAt: Moment.exactOptional().meta({ description: "when it sent its kernel's messages; nodes/NAME/dmesg has them" }),
  frozen: z
    .object({ at: Moment, why: z.string() })
    .exactOptional()
    .meta({ description: 'it is given no files until a person releases it' }),
});
export type BootedMachine = z.infer<typeof BootedMachine>;

const NextBoot = z.object({
  choice: z.string(),
  by: z.enum(['once', 'loop-guard', 'node', 'group', 'rule', 'default', 'unknown']),
  name: z.string().exactOptional().meta({ description: 'of the group or rule that decides' }),
  place: z.string().exactOptional(),
});

/** One node as page and `recon node` show it. */
export const NodeView = PoolNode.extend({
  name: PoolName,
  macs: z.array(z.string()),
  place: z.string().exactOptional().meta({ description: 'where it is written' }),
  assigned: z.string().meta({ description: 'what it boots when no one-shot is armed' }),
  next: NextBoot,
  seen: BootedMachine.exactOptional(),
  wouldRun: z.string().meta({ description: 'what its next boot comes up as, with the version that the profile means now: compute@4' }),
  wouldDiffer: z.boolean().meta({ description: 'it runs something else than it would after a reboot' }),
});
export type NodeView = z.infer<typeof NodeView>;

/** What the kernel of a machine said, as it sent it last. */
export const NodeDmesg = z.object({ at: Moment, text: z.string().meta({ description: 'lines; words of a machine' }) });
export type NodeDmesg = z.infer<typeof NodeDmesg>;

/** What one line of an import would do. */
export const ImportLine = z.object({
  line: z.int().exactOptional().meta({ description: 'of the list, from 1' }),
  name: z.string().exactOptional(),
  macs: z.array(z.string()).exactOptional(),
  outcome: z.enum(['added', 'changed', 'same', 'refused']),
  says: z.array(z.string()).meta({ description: 'what changes of the node, or why the line is refused' }),
});
export type ImportLine = z.infer<typeof ImportLine>;

/** The machines of a visit as nodes that they may become. */
export const VisitReading = z.object({
  site: z.string(),
  createdAt: z.string(),
  nodes: z.array(NewNode),
  known: z.array(z.object({ mac: z.string(), name: z.string() })).meta({ description: 'machines of it that are nodes already' }),
  faults: z.array(z.string()).meta({ description: 'what could not be read of the tarball' }),
});
export type VisitReading = z.infer<typeof VisitReading>;

export const ImportPreview = z.object({
  revision: z.int(),
  lines: z.array(ImportLine),
  mistakes: z.array(z.string()).meta({ description: 'what no line alone is to blame for' }),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

/** A machine that asked and is no node. */
export const NewMachine = BootedMachine.extend({
  next: NextBoot,
  looksLike: PoolName.exactOptional().meta({ description: 'the node that it may be with another card; replace-nic says so' }),
});
export type NewMachine = z.infer<typeof NewMachine>;

export const PoolMistake = z.object({ file: z.string(), line: z.int(), message: z.string(), hint: z.string().exactOptional() });

const Uncommitted = z.string().exactOptional().meta({ description: 'why the folder is a git checkout and has not got the last change' });

export const PoolOverview = z.object({
  revision: z.int(),
  summary: z.string(),
  nodes: z.int(),
  groups: z.int(),
  profiles: z.int(),
  unknown: z.string(),
  default: z.string(),
  rules: z.array(PoolRule).meta({ description: 'the first that fits a machine counts' }),
  mistakes: z.array(PoolMistake).meta({ description: 'what is wrong in the folder; the revision serves meanwhile' }),
  uncommitted: Uncommitted,
  certificate: z.string().exactOptional().meta({ description: 'what is wrong with the certificate of the page, or soon will be' }),
});
export type PoolOverview = z.infer<typeof PoolOverview>;

/** The answer to every change. */
export const ChangeReport = z.object({
  revision: z.int(),
  isChanged: z.boolean().meta({ description: 'false: it was so already, and there is no new revision' }),
  what: z.string(),
  nodes: z.array(z.string()).exactOptional().meta({ description: 'nodes that it is about' }),
  uncommitted: Uncommitted,
});
export type ChangeReport = z.infer<typeof ChangeReport>;

export const RevisionSummary = z.object({ revision: z.int(), at: Moment, by: z.string(), what: z.string() });
export type RevisionSummary = z.infer<typeof RevisionSummary>;

export const FolderFiles = z.record(z.string().max(200), z.string().max(8_000_000)).meta({ description: 'files of the folder, by path' });

export const PoolDiff = z.object({
  from: z.int(),
  to: z.int(),
  files: z.array(z.object({ path: z.string(), lines: z.array(z.string()).meta({ description: '`+`, `-` or blank, and the line' }) })),
});
export type PoolDiff = z.infer<typeof PoolDiff>;

export const AssignmentView = z.object({ node: z.string(), assigned: z.string(), once: z.string().exactOptional(), next: NextBoot });

export const AssignOrder = z.strictObject({
  selector: z
    .string()
    .min(1)
    .max(4000)
    .exactOptional()
    .meta({ description: 'node-000, node-[000-039], group:rack1, tag:gpu, serial:CZ3*, all' }),
  names: z
    .array(PoolName)
    .min(1)
    .max(100_000)
    .exactOptional()
    .meta({ description: 'instead of a selector: these nodes, each by its name' }),
  boot: BootChoiceText.exactOptional(),
  once: z.boolean().exactOptional().meta({ description: 'for the next boot only; with clear: only the one-shot goes' }),
  clear: z.literal(true).exactOptional().meta({ description: 'groups and rules say again what it boots' }),
  dryRun: z.boolean().exactOptional().meta({ description: 'only says which nodes would be meant' }),
});

export const PoolImageView = z.looseObject({
  name: z.string(),
  version: z.int(),
  kind: z.string().exactOptional(),
  sizeBytes: z.number().exactOptional(),
  builtAt: z.string().exactOptional(),
  usedBy: z.array(z.string()).exactOptional().meta({ description: 'profiles that name it' }),
});
export type PoolImageView = z.infer<typeof PoolImageView>;

export const AuditEntry = z.object({
  number: z.int(),
  at: Moment,
  who: z.string(),
  from: z.string().meta({ description: 'address that it was asked from' }),
  what: z.string(),
  nodes: z.array(z.string()).exactOptional(),
  revision: z.int().exactOptional(),
  before: z.record(z.string(), z.string()).exactOptional(),
  after: z.record(z.string(), z.string()).exactOptional(),
  previous: z.string().meta({ description: 'sha256 of the line before' }),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditCheck = z.object({
  lines: z.int(),
  brokenAt: z.int().exactOptional().meta({ description: 'first line that does not carry the sha256 of the line before' }),
  torn: z.array(z.int()).meta({ description: 'lines that a power cut ended' }),
});
export type AuditCheck = z.infer<typeof AuditCheck>;

export const TokenView = z.object({
  id: z.string(),
  name: z.string(),
  role: PoolRole,
  groups: z.array(z.string()).exactOptional(),
  createdAt: Moment,
  expiresAt: Moment.exactOptional(),
  by: z.string(),
  owner: z.string().exactOptional().meta({ description: 'the user whose it is; it may never more than they may' }),
});
export type TokenView = z.infer<typeof TokenView>;

export const UserView = z.object({
  name: z.string(),
  role: PoolRole,
  groups: z.array(z.string()).exactOptional().meta({ description: 'only nodes of these may be assigned; missing: all' }),
  hasPassword: z.boolean(),
  linkUntil: Moment.exactOptional().meta({ description: 'until when a link may set a password that was not used yet' }),
});
export type UserView = z.infer<typeof UserView>;

/** The answer that holds a set-up link: the only place where its secret is. */
export const UserLink = z.object({
  user: z.string(),
  secret: z.string().meta({ description: 'of the address https://HEAD/#setup=SECRET, which sets a password once' }),
  until: Moment,
});
export type UserLink = z.infer<typeof UserLink>;

export const SessionView = z.object({
  person: Person.exactOptional().meta({ description: 'missing: nobody is signed in' }),
  issuer: z.object({ title: z.string() }).exactOptional().meta({ description: 'people may sign in with it, too' }),
});
export type SessionView = z.infer<typeof SessionView>;
