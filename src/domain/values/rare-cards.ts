/** A card's PCI id, or all cards of a vendor (`1da8:*`). */
export const RARE_CARD = /^[0-9a-f]{4}:([0-9a-f]{4}|\*)$/;

/**
 * Whether a machine boots with the archive of rare drivers behind its initrd: when it boots from such a card, and when it cannot tell from which
 * (GRUB knows no PCI ids, nor do old loaders).
 */
export function bootsWithRareDrivers(rareCards: readonly string[], nicPciId: string | undefined): boolean {
  if (nicPciId === undefined) return true;
  return rareCards.includes(nicPciId) || rareCards.includes(`${nicPciId.slice(0, 4)}:*`);
}
