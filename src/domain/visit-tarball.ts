import { z } from 'zod';
import { NodeRecord } from './record/node-record.ts';
import { MacAddress } from './values/mac.ts';
import { Verdict } from './verdict.ts';
import { EarlierVisit, VisitStart } from './visit/visit-start.ts';

/** The newest layout of the tarball that this program knows. */
export const KNOWN_MANIFEST_VERSION = 1;

/** One row of the manifest. */
export const ManifestFile = z.looseObject({
  name: z.string().meta({ description: 'path in the tarball' }),
  sizeBytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ManifestFile = z.infer<typeof ManifestFile>;

/** One of the tarballs that a merged one was made of. */
export const MergedSource = z.looseObject({
  name: z.string().meta({ description: 'file name of the tarball' }),
  site: z.string(),
  createdAt: z.string(),
  machines: z.int().nonnegative(),
  sha256: z.string().meta({ description: 'of the whole file, as it was given' }),
  code: z.string().exactOptional().meta({ description: 'code of its signature, where that was good' }),
  visit: VisitStart.exactOptional().meta({ description: 'the visit that it is of, where it names one' }),
});
export type MergedSource = z.infer<typeof MergedSource>;

/** `manifest.json`, the tarball's last file: a tarball without it was cut. */
export const VisitManifest = z.looseObject({
  manifestVersion: z.int().positive(),
  site: z.string(),
  createdAt: z.string().meta({ description: 'UTC, ISO 8601, by the clock of the master' }),
  imageVersion: z.string(),
  machines: z.int().nonnegative().exactOptional().meta({ description: 'machines with a record; one under two addresses counts once' }),
  visit: VisitStart.exactOptional().meta({
    description: 'the visit that all records are of; missing in merged tarballs and in older ones',
  }),
  earlierVisits: z.array(EarlierVisit).exactOptional().meta({ description: 'what else was on the stick; nothing of it is in the tarball' }),
  notes: z.array(z.string()).exactOptional().meta({ description: 'what the master could not put in, and why' }),
  withoutCaptures: z
    .boolean()
    .exactOptional()
    .meta({ description: 'the stick had no room for the raw captures; they are on it below records/' }),
  sources: z.array(MergedSource).exactOptional().meta({ description: 'of a merged tarball: what it was made of, the oldest first' }),
  signingCode: z
    .string()
    .exactOptional()
    .meta({ description: 'code of the key that signed this manifest: one that names it and comes without its signature was changed' }),
  files: z.array(ManifestFile).meta({ description: 'all files but the manifest itself and its signature' }),
});
export type VisitManifest = z.infer<typeof VisitManifest>;

/** One line of `nodes.jsonl`. */
export const VisitNode = z.looseObject({
  mac: MacAddress,
  revision: z.int().exactOptional(),
  origin: z.string().exactOptional().meta({ description: 'boot-loader or initrd: no record was ever received' }),
  sameAs: MacAddress.exactOptional().meta({ description: 'an older record of the machine that is listed by this address' }),
  source: z.string().exactOptional().meta({ description: 'of a merged tarball: name of the tarball that it came from' }),
  visit: z.string().exactOptional().meta({ description: 'id of the visit that the record is of' }),
  storedAt: z.string().exactOptional().meta({ description: "when the record was stored, by the master's clock (UTC)" }),
  unleased: z
    .literal(true)
    .exactOptional()
    .meta({ description: 'it came from an address that was not leased to the machine: anybody there may have sent it' }),
  folder: z.string().exactOptional().meta({ description: 'of a merged tarball: where the files of an older record are' }),
  verdict: Verdict.exactOptional(),
  record: NodeRecord,
});
export type VisitNode = z.infer<typeof VisitNode>;

/** One line of `verdicts.jsonl`: an address that asked and gave no record. */
export const VerdictRow = z.looseObject({
  mac: MacAddress,
  stage: z.string(),
  at: z.string().exactOptional(),
  address: z.string().exactOptional(),
  verdict: Verdict.exactOptional(),
  portOf: MacAddress.exactOptional().meta({ description: 'the listed machine that the address is a port of' }),
});
export type VerdictRow = z.infer<typeof VerdictRow>;
