import { z } from 'zod';
import { MacAddress } from '../values/mac.ts';

/** Where a master stands, as far as it can tell without touching anything: what its firmware and its network cards say, and the person. */
export const VisitPlace = z.looseObject({
  site: z.string().exactOptional().meta({ description: '`site` of recon.yaml' }),
  uuid: z.string().exactOptional().meta({ description: 'system UUID of the machine that boots the stick (SMBIOS type 1)' }),
  serial: z.string().exactOptional().meta({ description: 'its system serial number (SMBIOS type 1)' }),
  product: z.string().exactOptional().meta({ description: 'its product name, for people' }),
  isPortable: z
    .literal(true)
    .exactOptional()
    .meta({ description: 'it is a laptop or the like (SMBIOS type 3), which goes from hall to hall itself' }),
  isHidden: z
    .literal(true)
    .exactOptional()
    .meta({ description: 'the stick may not tell where it was: records are encrypted as they arrive (encryptRecords)' }),
  macs: z.array(MacAddress).meta({ description: 'its own network ports; none that is on USB, because it may travel with the stick' }),
});
export type VisitPlace = z.infer<typeof VisitPlace>;

/** One visit of a stick: what all of its records carry. */
export const VisitStart = z.looseObject({
  id: z
    .string()
    .regex(/^[0-9a-f]{8}$/)
    .meta({ description: 'by chance; tells it from the visits of all other sticks' }),
  number: z.int().positive().meta({ description: 'the how many-th visit of this stick it is' }),
  begunAt: z.iso.datetime().meta({ description: "time by the master's clock (UTC)" }),
  isDayKnown: z
    .boolean()
    .meta({ description: "false: the master's clock was not set, it was more than a day before the time at which its image was built" }),
  place: VisitPlace,
});
export type VisitStart = z.infer<typeof VisitStart>;

/** A line of `visits.jsonl` on RECONDATA: a visit begins. */
export const VisitBeginning = z.looseObject({
  begun: VisitStart,
  untold: z.array(z.string()).meta({ description: 'records that were there before and have no receipt which would name their visit' }),
});
export type VisitBeginning = z.infer<typeof VisitBeginning>;

/** A line of `visits.jsonl`: a visit goes on after another boot, maybe on another machine, or makes a tarball. */
export const VisitSign = z.looseObject({
  visit: z.string().meta({ description: 'id of the visit' }),
  at: z.iso.datetime(),
  place: VisitPlace.exactOptional().meta({ description: 'of the boot that goes on with it' }),
  tarball: z.string().exactOptional().meta({ description: 'the name that its next tarball is about to take' }),
  holds: z.array(z.string()).exactOptional().meta({ description: 'records that are in it, such as `52-54-00-00-00-01/0001`' }),
});
export type VisitSign = z.infer<typeof VisitSign>;

/** A visit before the one that is told of, and how much of it is on the stick. */
export const EarlierVisit = z.looseObject({
  visit: VisitStart.omit({ place: true }).exactOptional().meta({
    description: 'not where it was, which may be no business of who reads this. Missing: its records name none, an older version took them',
  }),
  machines: z.int().nonnegative().meta({ description: 'machines with a record of it that can be read here' }),
  isUnread: z
    .literal(true)
    .exactOptional()
    .meta({ description: 'with encryptRecords nobody here can tell what there is of it: recon recover --identity does' }),
});
export type EarlierVisit = z.infer<typeof EarlierVisit>;
