import { z } from 'zod';
import { STEERING } from './values/terminal-text.ts';

const short = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .exactOptional()
    .catch(undefined as never);
const count = z
  .int()
  .nonnegative()
  .exactOptional()
  .catch(undefined as never);

/**
 * What a machine's boot loader and initrd said about it, long before there is a record. Anybody on the wire can say anything here: a value
 * that is not of its kind is as good as missing, and all are short.
 */
export const EarlyFacts = z.looseObject({
  vendor: short(100).meta({ description: 'maker of the machine (iPXE, from SMBIOS type 1)' }),
  product: short(100).meta({ description: 'model of the machine (iPXE, from SMBIOS type 1)' }),
  serial: short(100).meta({ description: 'serial number (iPXE, from SMBIOS type 1)' }),
  uuid: short(40).meta({ description: 'system UUID (iPXE, from SMBIOS type 1)' }),
  boardSerial: short(100).meta({ description: 'serial number of the main board (iPXE, from SMBIOS type 2)' }),
  chassisSerial: short(100).meta({ description: 'serial number of the chassis (iPXE, from SMBIOS type 3)' }),
  assetTag: short(100).meta({ description: 'label that its owner gave it (iPXE, from SMBIOS type 3)' }),
  firmwareVersion: short(100).meta({ description: 'version of BIOS or UEFI (iPXE, from SMBIOS type 0)' }),
  platform: short(20).meta({ description: 'pcbios or efi, as iPXE runs' }),
  buildArchitecture: short(20).meta({ description: 'processor that iPXE was built for; i386 also on 64-bit machines with BIOS' }),
  secureBoot: z
    .literal(true)
    .exactOptional()
    .catch(undefined as never)
    .meta({ description: 'GRUB says that Secure Boot is on; it asks for a script only where no iPXE may run' }),
  nicPciId: z
    .string()
    .regex(/^[0-9a-f]{4}:[0-9a-f]{4}$/)
    .exactOptional()
    .catch(undefined as never)
    .meta({ description: 'PCI vendor and device of the network card that it boots from' }),
  nicAddress: short(20).meta({ description: 'PCI address of that card' }),
  nicChip: short(40).meta({ description: "iPXE's name for its driver" }),
  nicDriver: short(40).meta({ description: "Linux's driver of that card (initrd)" }),
  memoryBytes: count.meta({ description: 'installed memory as the firmware lists it (iPXE, SMBIOS type 17 or 19), in bytes' }),
  ramBytes: count.meta({ description: 'MemTotal in the initrd, in bytes' }),
  availableRamBytes: count.meta({ description: 'MemAvailable in the initrd before the root image is fetched, in bytes' }),
  neededRamBytes: count.meta({ description: 'what MemAvailable should have been; only when it was not enough' }),
  kernelSeconds: count.meta({ description: 'from the start of the kernel to the first request of the root image' }),
  leaseSeconds: count.meta({ description: 'from the first carrier on the boot interface to its lease, in the initrd' }),
  unanswered: z
    .enum(['firmware', 'infiniband', 'discovery-over'])
    .exactOptional()
    .catch(undefined as never)
    .meta({
      description:
        'why DHCP did not answer it: no loader for its firmware, no hardware address because it asks over InfiniBand, or discovery was over',
    }),
  wrongHashes: count.meta({ description: 'how often the root image arrived with a wrong sha256' }),
});
export type EarlyFacts = z.infer<typeof EarlyFacts>;

/** Only what could be read; undefined when that is nothing. Never throws. */
export function readEarlyFacts(value: unknown): EarlyFacts | undefined {
  const parsed = EarlyFacts.safeParse(value);
  if (!parsed.success) return undefined;
  const known = Object.keys(EarlyFacts.shape).flatMap((key) => {
    const found = parsed.data[key];
    return found === undefined ? [] : [[key, typeof found === 'string' ? plainText(found) : found] as const];
  });
  const facts = Object.fromEntries(known.filter(([, found]) => found !== '')) as EarlyFacts;
  return Object.keys(facts).length === 0 ? undefined : facts;
}

/** What a machine says of itself ends up on screens and in tables: nothing that steers them, single blanks. */
function plainText(text: string): string {
  return text.replaceAll(STEERING, ' ').replaceAll(/\s+/g, ' ').trim();
}
