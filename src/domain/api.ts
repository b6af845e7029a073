import { z } from 'zod';
import { PAGE_PATHS } from './page-paths.ts';
import { FindingCounts } from './record/finding.ts';
import { Stage } from './stages.ts';
import { type MacAddress, macWithHyphens } from './values/mac.ts';
import { Verdict } from './verdict.ts';
import { VisitStart } from './visit/visit-start.ts';

/** Paths that master and peers agree on. Both import them, neither owns them. */
export const PATHS = {
  menu: '/menu.ipxe',
  install: '/install/recon/',
  isos: '/isos/',
  post: '/post.tgz',
  ready: '/ready',
  about: '/about',
  ...PAGE_PATHS,
} as const;

/** The machine's own iPXE script. */
export const bootScriptPath = (mac: MacAddress): string => `/nodes/${macWithHyphens(mac)}/boot.ipxe`;
/** A cpio archive with the machine's token, loaded as a second initrd so that it is not in /proc/cmdline. */
export const tokenArchivePath = (mac: MacAddress): string => `/nodes/${macWithHyphens(mac)}/token.cpio`;
/** POST: a new token, as text, for a machine whose token the master does not know any more; it asks from its own address. */
export const tokenPath = (mac: MacAddress): string => `/nodes/${macWithHyphens(mac)}/token`;
/** PUT: attachments of the record (gzipped capture), before the record itself. */
export const capturePath = (mac: MacAddress): string => `/nodes/${macWithHyphens(mac)}/capture`;
/** PUT: the node record; the answer is the receipt. GET: the newest record. */
export const recordPath = (mac: MacAddress): string => `/nodes/${macWithHyphens(mac)}/record`;
/** PUT: files that an initrd could read on a machine that gets no further, as lines of path and base64. */
export const factsPath = (mac: MacAddress): string => `/nodes/${macWithHyphens(mac)}/facts`;
/** POST: where the peer is. */
export const progressPath = (mac: MacAddress): string => `/nodes/${macWithHyphens(mac)}/progress`;

/** Code of the answer to what is not HTTP: a good client's request was damaged on its way, and may come again. */
export const REQUEST_DAMAGED = 'request-damaged';

/** Header with the per-boot token (256 bit, hexadecimal). */
export const TOKEN_HEADER = 'x-recon-token';
/** Header with the sha256 of the body, which the master checks before it stores. */
export const SHA256_HEADER = 'x-recon-sha256';
/** Header of the record PUT that names the sha256 of the capture uploaded before. */
export const CAPTURE_HEADER = 'x-recon-capture';

/** Where the token lies in the initrd's file system; a dracut hook moves it to {@link TOKEN_FILE}. */
export const TOKEN_INITRD_FILE = 'recon-token';
/** Where the live system finds its token; mode 0600. */
export const TOKEN_FILE = '/run/recon/token';

/** Largest accepted bodies, in bytes, as sent. */
export const LIMITS = {
  recordBytes: 4 * 1024 * 1024,
  captureBytes: 32 * 1024 * 1024,
  captureUnpackedBytes: 128 * 1024 * 1024,
  progressBytes: 8 * 1024,
} as const;

/** Proof that a record lies on the stick: hashes of what was read back from there. */
export const Receipt = z.looseObject({
  recordSha256: z.string().regex(/^[0-9a-f]{64}$/),
  captureSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .exactOptional(),
  revision: z
    .int()
    .positive()
    .meta({ description: '1 for the first record that the stick has of a machine; equal content of one visit keeps its number' }),
  storage: z.enum(['stick', 'ram']).meta({ description: 'ram: the boot medium has no data partition' }),
  masterSequence: z.int().nonnegative(),
  visit: VisitStart.exactOptional().meta({ description: 'the visit that the record is of; missing in what an older version stored' }),
  cameBy: z.string().exactOptional().meta({
    description: 'the address that it was sent under, when that is not the one it is listed by: the record of another machine stands there',
  }),
  storedAt: z.iso.datetime().exactOptional().meta({ description: "when it was stored, by the master's clock (UTC)" }),
  unleased: z
    .literal(true)
    .exactOptional()
    .meta({ description: 'it came from an address that was not leased to the machine: anybody there may have sent it' }),
});
export type Receipt = z.infer<typeof Receipt>;

export const Progress = z.looseObject({
  stage: Stage,
  detail: z.string().max(2000).exactOptional(),
  facts: z.unknown().optional().meta({ description: 'from the initrd: what early-facts.ts knows' }),
});
export type Progress = z.infer<typeof Progress>;

/** `GET /about`: for a machine that booted from a medium of its own, and asks whether this is a master that takes its record. */
export const MasterAbout = z.looseObject({
  program: z.literal('recon'),
  role: z.literal('master'),
  version: z.string().max(100).meta({ description: 'of the image' }),
  recordSchema: z.int().positive().meta({ description: 'form of the records that it takes' }),
});
export type MasterAbout = z.infer<typeof MasterAbout>;

/** One row of `GET /nodes`. */
export const NodeSummary = z.looseObject({
  mac: z.string(),
  address: z.string().exactOptional(),
  stage: Stage,
  stages: z.record(z.string(), z.string()).meta({ description: 'stage → time of its latest event' }),
  detail: z.string().exactOptional(),
  vendor: z.string().exactOptional(),
  product: z.string().exactOptional(),
  serial: z.string().exactOptional(),
  macs: z.array(z.string()).exactOptional().meta({ description: 'MAC addresses of all its network ports and of its BMC, from the record' }),
  numbers: z
    .array(z.string())
    .exactOptional()
    .meta({ description: 'serial numbers of machine, chassis and board, UUID and asset tags, from the record or the boot loader' }),
  bytes: z.int().nonnegative().exactOptional().meta({ description: 'bytes that the machine has of what it loads' }),
  totalBytes: z.int().nonnegative().exactOptional().meta({ description: 'size of what it loads, in bytes' }),
  findings: FindingCounts.exactOptional().meta({ description: 'what an engineer would circle in its record' }),
  duplicates: z
    .array(z.looseObject({ mac: z.string(), verdict: z.enum(['same', 'different', 'unclear']) }))
    .exactOptional()
    .meta({ description: 'other records with a key of this machine: of the same machine, of another one, or not clear' }),
  verdict: Verdict.exactOptional().meta({ description: 'why it does not go on, in words, and what to try' }),
  portOf: z.string().exactOptional().meta({ description: 'the machine with a receipt that this address is a port of, by its record' }),
  notes: z.array(z.string()).exactOptional().meta({ description: 'what is worth a word although it goes on' }),
  hasReceipt: z.boolean(),
  isMaster: z.boolean(),
});
export type NodeSummary = z.infer<typeof NodeSummary>;

/** Body of every failed request. */
export const ApiError = z.looseObject({ code: z.string(), message: z.string(), hint: z.string().exactOptional() });
