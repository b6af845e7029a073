import type { Gpu } from '../../domain/record/accelerators.ts';
import { definedOnly } from '../../domain/values/defined-only.ts';
import { meaningful, meaningfulIdentity } from '../../domain/values/placeholder.ts';
import { decodeText, wholeLines, wholeNumber } from '../../domain/values/text.ts';
import { asText, isObject, member, parseToolJson } from '../values/json-value.ts';
import { pciAddress } from '../values/pci-address.ts';

/** The cards in the output of `rocm-smi -a`, with `--json` or as text. A card whose PCI address is not there is left out. */
export function parseRocmSmi(bytes: Uint8Array | undefined): Gpu[] {
  const { cards, driverVersion } = fromJson(parseToolJson(bytes)) ?? fromText(wholeLines(decodeText(bytes)));
  return cards.flatMap((card) => {
    const address = pciAddress(card.get('pci bus'));
    return address === undefined ? [] : [readCard(card, address, driverVersion)];
  });
}

interface Cards {
  /** keys in lower case: releases differ in it */
  cards: ReadonlyMap<string, string>[];
  driverVersion: string | undefined;
}

function readCard(card: ReadonlyMap<string, string>, address: string, driverVersion: string | undefined): Gpu {
  return definedOnly<Gpu>({
    pciAddress: address,
    vendor: meaningful(card.get('card vendor')),
    model: meaningful(card.get('card series')),
    serial: meaningfulIdentity(card.get('serial number')),
    uuid: meaningfulIdentity(card.get('unique id')),
    vbios: meaningful(card.get('vbios version')),
    partNumber: meaningful(card.get('card sku')),
    memoryBytes: wholeNumber(card.get('vram total memory (b)')) || undefined,
    driverVersion,
  });
}

/** `card0`, `card1` … and `system`. */
function fromJson(root: unknown): Cards | undefined {
  if (!isObject(root)) return undefined;
  const found = Object.entries(root).filter(([name]) => /^card\d+$/.test(name));
  const cards = found.map(
    ([, card]) => new Map(Object.entries(isObject(card) ? card : {}).map(([key, value]) => [keyOf(key), asText(value) ?? ''])),
  );
  return { cards, driverVersion: meaningful(asText(member(root, 'system', 'Driver version'))) };
}

/** `GPU[0]		: PCI Bus: 0000:83:00.0`. */
function fromText(text: string): Cards {
  const cards = new Map<string, Map<string, string>>();
  for (const [, card = '', key = '', value = ''] of text.matchAll(/^GPU\[(\d+)\]\s*: ([^:\n]+):[ \t]*(.*)$/gm)) {
    const fields = cards.get(card) ?? new Map<string, string>();
    if (!fields.has(keyOf(key))) fields.set(keyOf(key), value.trim());
    cards.set(card, fields);
  }
  return { cards: [...cards.values()], driverVersion: meaningful(/^Driver version:[ \t]*(.*)$/m.exec(text)?.[1]) };
}

function keyOf(key: string): string {
  return key.trim().toLowerCase();
}
