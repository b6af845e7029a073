import { z } from 'zod';
import { NodeSummary } from './api.ts';
import { CONTROL_ACTIONS } from './page-paths.ts';
import { RecordFinding } from './record/finding.ts';
import { NodeRecord } from './record/node-record.ts';
import { TimelineEntry } from './timeline.ts';
import { EarlierVisit, VisitStart } from './visit/visit-start.ts';

/** The machines that a person expects, laid against those that were seen. */
const Expected = z.looseObject({ mac: z.string().exactOptional(), serial: z.string().exactOptional(), name: z.string().exactOptional() });
const ExpectedAndSeen = Expected.extend({ seenAs: z.string().meta({ description: 'MAC address that it is listed by' }) });

/** One network interface of the master: whether it is served, and if not, why. */
export const SegmentView = z.looseObject({
  interface: z.string(),
  address: z.string().exactOptional().meta({ description: "the master's address there, while it is served" }),
  guest: z.string().exactOptional().meta({ description: 'address and prefix length that a laptop may take there, while it is served' }),
  state: z.enum(['serving', 'quiet', 'probing', 'no-link', 'gone', 'refused']),
  sentence: z.string().exactOptional(),
  hint: z.string().exactOptional(),
  earlier: z
    .array(z.looseObject({ at: z.iso.datetime(), sentence: z.string() }))
    .exactOptional()
    .meta({ description: 'why it was not served before it was looked at again, oldest first' }),
});
export type SegmentView = z.infer<typeof SegmentView>;

/** What keeps records, or the tarball, from the stick. */
export const StorageTrouble = z.looseObject({
  state: z.enum(['gone', 'read-only', 'failing', 'no-room-for-tarball', 'full', 'nearly-full']),
  sentence: z.string(),
  hint: z.string(),
  reason: z.string().exactOptional().meta({ description: "in the system's words" }),
});
export type StorageTrouble = z.infer<typeof StorageTrouble>;

/** `GET /visit`: the visit as a whole. */
export const VisitSummary = z.looseObject({
  now: z.iso.datetime().meta({ description: "the master's clock (UTC); the clocks of phones are not to be trusted" }),
  version: z.string(),
  site: z.string().exactOptional(),
  visit: VisitStart.exactOptional().meta({ description: 'all that is listed is of this visit' }),
  earlier: z
    .array(EarlierVisit)
    .exactOptional()
    .meta({ description: 'what else is on the stick: it counts for nothing here, the oldest first' }),
  counts: z.looseObject({
    total: z.int().nonnegative(),
    found: z.int().nonnegative(),
    loading: z.int().nonnegative(),
    inventorying: z.int().nonnegative(),
    done: z.int().nonnegative(),
    stuck: z.int().nonnegative(),
  }),
  machinesPerMinute: z.number().nonnegative().exactOptional(),
  remainingSeconds: z.number().nonnegative().exactOptional().meta({ description: 'only when somebody said how many machines there are' }),
  segments: z.array(SegmentView),
  storage: z.enum(['stick', 'ram']),
  readable: z
    .array(z.string())
    .exactOptional()
    .meta({ description: 'what on the stick can be read by whoever has it, although the tarball is encrypted' }),
  stickSaid: z.array(z.string()).exactOptional().meta({ description: 'how settings and lists on the stick were read, a line each' }),
  storageTrouble: StorageTrouble.exactOptional().meta({ description: 'there as long as it is so' }),
  tarball: z
    .looseObject({
      name: z.string(),
      sizeBytes: z.int().nonnegative(),
      sha256: z.string(),
      machines: z.int().nonnegative(),
      isWithoutCaptures: z.boolean().exactOptional().meta({ description: 'there was no room for the raw captures' }),
      isCurrent: z.boolean().meta({ description: 'nothing has changed since it was sealed' }),
      code: z.string().exactOptional().meta({ description: 'of the key that signed it; recon verify prints it again' }),
    })
    .exactOptional(),
  expected: z
    .looseObject({
      expectedCount: z.int().nonnegative(),
      missingCount: z.int().nonnegative().meta({ description: 'records that are still to come' }),
      notSeenCount: z.int().nonnegative().meta({ description: 'listed machines that were never seen' }),
      unexpectedCount: z.int().nonnegative().meta({ description: 'machines that were seen and are on no list' }),
      hasList: z.boolean(),
    })
    .exactOptional(),
  arrivals: z
    .looseObject({
      arrived: z.array(ExpectedAndSeen),
      underWay: z.array(ExpectedAndSeen),
      missing: z.array(Expected),
      unexpected: z.array(z.string()),
    })
    .exactOptional()
    .meta({ description: 'the list in full; only in GET /visit, because it is long' }),
  discoveryOver: z.string().exactOptional().meta({ description: 'why no new machine is answered any more' }),
  actions: z.array(z.enum(CONTROL_ACTIONS)),
});
export type VisitSummary = z.infer<typeof VisitSummary>;

/** Data of an event of `GET /live`, and the answer of `GET /changes?since=`. */
export const LiveChanges = z.looseObject({
  id: z.string().meta({ description: 'where the list stands after these changes; give it back as `since`' }),
  isWhole: z.boolean().meta({ description: 'the first part of a whole list: what the page knew before is void' }),
  isLast: z.boolean().meta({ description: 'nothing more is waiting' }),
  nodes: z.array(NodeSummary),
  gone: z.array(z.string()).meta({ description: 'MAC addresses that are no longer listed' }),
  visit: VisitSummary.exactOptional(),
});
export type LiveChanges = z.infer<typeof LiveChanges>;

/** `GET /nodes/<mac>`: all that is known of one machine. */
export const NodePage = z.looseObject({
  summary: NodeSummary,
  timeline: z.array(TimelineEntry),
  findings: z.array(RecordFinding),
  record: NodeRecord.exactOptional(),
});
export type NodePage = z.infer<typeof NodePage>;
